import { ActionIcon } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowDocument } from '../../document/document.ts';
import { useOpenFlow } from '../../document/use-document.ts';
import { isMac, isShortcut } from '../../ui/commands.ts';
import type { ControlProps } from '../form/FieldFrame.tsx';
import { useForm, useKnown } from '../form/form-context.ts';
import { completed, type Suggestion, suggest, type Writing, writingAt } from './complete.ts';
import { Mirror } from './Mirror.tsx';
import { Suggestions } from './Suggestions.tsx';
import classes from './template-area.module.css';

interface TemplateAreaProps {
  control: ControlProps;
  value: string;
  onChange: (text: string) => void;
  /** Enter makes no new line then. */
  isOneLine?: boolean;
  /** Without variables: names, patterns and the like stay as they are. */
  isLiteral?: boolean;
  placeholder?: string | undefined;
  /** Instead of a label that points at it. */
  label?: string | undefined;
  /** A toolbar has the button for variables already. */
  hasToolbar?: boolean;
  areaRef?: RefObject<HTMLTextAreaElement | null>;
  onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  onBlur?: () => void;
}

/** A text with variables: completes after `{{`, underlines what nothing sets, grows with its lines. */
export function TemplateArea(props: TemplateAreaProps) {
  const { control, value, onChange, isOneLine = false, isLiteral = false, placeholder, label } = props;
  const { t } = useTranslation('inspector');
  const { settle, isReadOnly } = useForm();
  const known = useKnown();
  const { document } = useOpenFlow();
  const own = useRef<HTMLTextAreaElement>(null);
  const area = props.areaRef ?? own;
  const [writing, setWriting] = useState<Writing | null>(null);
  const [active, setActive] = useState(0);
  const suggestions = writing && !isLiteral ? suggest(writing.word, known) : [];
  const isOpen = suggestions.length > 0;
  const hasInsert = !isLiteral && !isReadOnly && !props.hasToolbar;
  const listId = `${control.id}-completion`;

  const look = (element: HTMLTextAreaElement) => {
    const found = isLiteral ? null : writingAt(element.value, element.selectionStart);
    setWriting(found);
    if (found?.word !== writing?.word) setActive(0);
  };
  const take = (chosen: Suggestion) => {
    const element = area.current;
    if (!element || !writing) return;
    const next = completed(element.value, element.selectionStart, writing, chosen);
    onChange(next.text);
    setWriting(null);
    element.focus();
    // After React has set the text, which moves the caret to its end
    requestAnimationFrame(() => element.setSelectionRange(next.caret, next.caret));
  };

  const insert = () => {
    const element = area.current;
    if (!element) return;
    const [from, to] = [element.selectionStart, element.selectionEnd];
    settle();
    onChange(`${value.slice(0, from)}{{}}${value.slice(to)}`);
    element.focus();
    requestAnimationFrame(() => {
      element.setSelectionRange(from + 2, from + 2);
      look(element);
    });
  };

  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isOpen) {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step !== 0) setActive((active + step + suggestions.length) % suggestions.length);
      const chosen = event.key === 'Enter' || event.key === 'Tab' ? suggestions[active] : undefined;
      if (chosen) take(chosen);
      if (event.key === 'Escape') setWriting(null);
      if (step !== 0 || chosen || event.key === 'Escape') {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
    }
    if (undoes(event, document)) return;
    if (isOneLine && event.key === 'Enter') event.preventDefault();
    props.onKeyDown?.(event);
  };

  return (
    <div
      className={classes.box}
      data-inserts={hasInsert || undefined}
      data-one-line={isOneLine || undefined}
      data-invalid={control['aria-invalid']}
    >
      <Mirror text={value} isLiteral={isLiteral} />
      <textarea
        {...control}
        ref={area}
        className={classes.area}
        rows={1}
        dir="auto"
        value={value}
        readOnly={isReadOnly}
        placeholder={placeholder}
        aria-label={label}
        aria-autocomplete={isLiteral ? undefined : 'list'}
        aria-haspopup={isLiteral ? undefined : 'listbox'}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen ? `${listId}-${active}` : undefined}
        spellCheck={!isLiteral}
        onChange={(event) => {
          const text = event.currentTarget.value;
          onChange(isOneLine ? text.replace(/\s*\n\s*/g, ' ') : text);
          look(event.currentTarget);
        }}
        onClick={(event) => look(event.currentTarget)}
        onKeyDown={keys}
        onKeyUp={(event) => {
          if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) look(event.currentTarget);
        }}
        onBlur={() => {
          setWriting(null);
          settle();
          props.onBlur?.();
        }}
      />
      {hasInsert ? (
        <ActionIcon
          className={classes.insert}
          variant="subtle"
          color="gray"
          size="sm"
          // By keyboard it is two braces in the text: a stop of its own beside each field would be in the way
          tabIndex={-1}
          aria-label={t('toolbar.variable')}
          title={`${t('toolbar.variable')} ({{)`}
          onMouseDown={(event) => event.preventDefault()}
          onClick={insert}
        >
          <IconBraces size={15} aria-hidden="true" />
        </ActionIcon>
      ) : null}
      {isOpen ? (
        <Suggestions
          id={listId}
          label={t('completion.label')}
          suggestions={suggestions}
          active={active}
          onTake={take}
          onPoint={setActive}
        />
      ) : null}
    </div>
  );
}

/** Undo in a field is the document's own: the browser's would not know of what was completed or formatted. */
function undoes(event: KeyboardEvent<HTMLTextAreaElement>, document: FlowDocument): boolean {
  const is = (shortcut: string) => isShortcut(shortcut, event, isMac());
  if (is('mod+z')) document.undo();
  else if (is('mod+shift+z') || is('mod+y')) document.redo();
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

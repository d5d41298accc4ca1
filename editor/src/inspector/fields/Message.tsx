import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormattedText } from '../../chat/FormattedText.tsx';
import { isMac, isShortcut } from '../../ui/commands.ts';
import { useStable } from '../../ui/use-stable.ts';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { MARKS, type Mark, toggleMark } from '../text/marks.ts';
import { TemplateArea } from '../text/TemplateArea.tsx';
import { MARK_KEYS, Toolbar } from '../text/Toolbar.tsx';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { Length } from './Length.tsx';
import classes from './message.module.css';

/** A message of WhatsApp: its marks, emoji and variables, how long it is, and how the phone shows it. */
export function Message(props: FieldProps) {
  const { field, path } = props;
  const { t } = useTranslation('inspector');
  const { change, isReadOnly, settle } = useForm();
  const text = asText(useValue(path));
  const area = useRef<HTMLTextAreaElement>(null);
  const [isPreview, setPreview] = useState(false);
  const set = (next: string) => change(path, next === '' && !field.isRequired ? undefined : next);

  const select = (from: number, to: number) => {
    const element = area.current;
    element?.focus();
    // After React has set the text, which moves the caret to its end
    requestAnimationFrame(() => element?.setSelectionRange(from, to));
  };
  const mark = (name: Mark) => {
    const element = area.current;
    if (!element) return;
    const marked = toggleMark(element.value, element.selectionStart, element.selectionEnd, name);
    settle();
    set(marked.text);
    settle();
    select(marked.from, marked.to);
  };
  const insert = (piece: string, caret = piece.length) => {
    const element = area.current;
    const [from, to] = element ? [element.selectionStart, element.selectionEnd] : [text.length, text.length];
    settle();
    set(text.slice(0, from) + piece + text.slice(to));
    select(from + caret, from + caret);
  };
  const keys = (event: KeyboardEvent) => {
    const name = MARKS.find((one) => isShortcut(MARK_KEYS[one], event, isMac()));
    if (!name) return;
    event.preventDefault();
    event.stopPropagation();
    mark(name);
  };

  const tools = {
    onMark: useStable(mark),
    onEmoji: useStable((emoji: string) => insert(emoji)),
    onVariable: useStable(() => {
      insert('{{}}', 2);
      // The completion opens by the caret's place
      requestAnimationFrame(() => requestAnimationFrame(() => area.current?.click()));
    }),
    onPreview: useStable(() => setPreview(!isPreview)),
  };

  return (
    <FieldFrame {...props} aside={<Length text={text} limit={field.maxLength} />}>
      {(control) => (
        <div className={classes.message}>
          {isReadOnly ? null : (
            <Toolbar label={t('toolbar.label', { field: props.label })} isPreview={isPreview} {...tools} />
          )}
          <TemplateArea
            control={control}
            areaRef={area}
            hasToolbar
            value={text}
            placeholder={field.placeholder ?? undefined}
            onChange={set}
            onKeyDown={keys}
          />
          {isPreview ? (
            <figure className={classes.preview} aria-label={t('toolbar.previewOf', { field: props.label })} dir="auto">
              {text === '' ? t('toolbar.empty') : <FormattedText text={text} />}
            </figure>
          ) : null}
        </div>
      )}
    </FieldFrame>
  );
}

import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { CodeArea } from '../monaco/CodeArea.tsx';
import { TemplateArea } from '../text/TemplateArea.tsx';
import type { FieldProps } from './field-props.ts';

/** Any value: JSON, or one lone variable. What does not read as JSON yet is kept here until it does. */
export function Json(props: FieldProps) {
  const { field, path } = props;
  const { t } = useTranslation('inspector');
  const { change, settle, known, isReadOnly } = useForm();
  const value = useValue(path);
  const saved = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  const [typed, setTyped] = useState<{ text: string; over: string } | null>(null);
  // What was typed counts as long as the document did not change from elsewhere, such as by undo
  const draft = typed && typed.over === saved ? typed.text : null;
  const text = draft ?? saved;
  const set = (next: string) => {
    const read = readJson(next);
    if (read === null) {
      setTyped({ text: next, over: saved });
      return;
    }
    const written =
      read.value === undefined ? '' : typeof read.value === 'string' ? read.value : JSON.stringify(read.value, null, 2);
    setTyped({ text: next, over: written });
    change(path, read.value === undefined && field.isRequired ? '' : read.value);
  };
  const looksLikeLine = typeof value !== 'object' && !/^\s*[[{](?!\{)/.test(text);
  // Another kind of field under somebody's hands would lose what they type
  const [held, setHeld] = useState<boolean | null>(null);
  const isLine = held ?? looksLikeLine;
  return (
    <FieldFrame {...props} isGroup={!isLine}>
      {(control) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: it only hears when the keys come into the field and leave it
        <div
          onFocus={() => setHeld(isLine)}
          onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || setHeld(null)}
        >
          {isLine ? (
            <TemplateArea
              control={control}
              isOneLine
              value={text}
              placeholder={field.placeholder ?? t('json.placeholder')}
              onChange={set}
            />
          ) : (
            <CodeArea
              label={props.label}
              language="json"
              value={text}
              known={known}
              isReadOnly={isReadOnly}
              describedBy={control['aria-describedby']}
              onChange={set}
              onBlur={settle}
            />
          )}
          {draft !== null && readJson(draft) === null ? (
            <Text size="xs" c="var(--mantine-color-error)" role="alert">
              {t('json.broken')}
            </Text>
          ) : null}
        </div>
      )}
    </FieldFrame>
  );
}

/** The value that a text stands for: JSON where it looks like it, else the text itself; null where it only looks like JSON. */
export function readJson(text: string): { value: unknown } | null {
  const trimmed = text.trim();
  if (trimmed === '') return { value: undefined };
  if (/^[[{"](?!\{)/.test(trimmed) || /^(true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/.test(trimmed)) {
    try {
      return { value: JSON.parse(trimmed) };
    } catch {
      return null;
    }
  }
  return { value: text };
}

import { pointer } from '@parley/runtime';
import { writtenJson } from '../../document/held-texts.ts';
import { useHeldText } from '../../document/use-held-text.ts';
import { controlId, useForm, useValue } from '../form/form-context.ts';
import { asValue } from './as-text.ts';
import type { FieldProps } from './field-props.ts';

export interface JsonText {
  text: string;
  /** It does not read as JSON yet: it is kept here, and the document has the last that did. */
  isBroken: boolean;
  /** Short words or a variable rather than a list or an object. */
  isLine: boolean;
  write: (text: string) => void;
}

/** Any value as the text that a person writes it in; what does not read as JSON yet is kept until it does. */
export function useJsonText({ field, path }: FieldProps): JsonText {
  const { id, node, change } = useForm();
  const value = useValue(path);
  const saved = writtenJson(value);
  const [typed, setTyped] = useHeldText(controlId(id, path));
  // What was typed counts as long as the document did not change from elsewhere, such as by undo
  const draft = typed && typed.over === saved ? typed.text : null;
  const text = draft ?? saved;
  return {
    text,
    isBroken: draft !== null && readJson(draft) === null,
    isLine: typeof value !== 'object' && !/^\s*[[{](?!\{)/.test(text),
    write: (next) => {
      const read = readJson(next);
      const unread = read || node === undefined ? undefined : { node, field: pointer(path) };
      setTyped({ text: next, over: read ? writtenJson(read.value) : saved, unread });
      if (read) change(path, read.value === undefined && field.isRequired ? '' : read.value);
    },
  };
}

/** The value that a text stands for: JSON where it looks like it, else the text itself; null where it only looks like JSON. */
export function readJson(text: string): { value: unknown } | null {
  const trimmed = text.trim();
  if (trimmed === '') return { value: undefined };
  // A number that would come back changed is a text: a telephone number, more digits than a number holds
  const value = asValue(trimmed);
  if (typeof value === 'number') return { value };
  if (/^[[{"](?!\{)/.test(trimmed) || /^(true|false|null)$/.test(trimmed)) {
    try {
      return { value: JSON.parse(trimmed) };
    } catch {
      return null;
    }
  }
  return { value: text };
}

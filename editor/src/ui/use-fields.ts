import { type SubmitEvent, useEffect, useRef, useState } from 'react';

/** Gives the words for what is wrong with a value, or null. */
export type FieldCheck = (value: string) => string | null;

/** A form of plain texts: checked when it is sent, each error at its field, the first of them focused. */
export function useFields<Name extends string>(
  initial: Record<Name, string>,
  checks: Partial<Record<Name, FieldCheck>>,
  /** Whether the first field that is still empty takes the focus: where the form is all of the page. */
  focusesFirst = false,
) {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Partial<Record<Name, string>>>({});
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    for (const input of form.current?.querySelectorAll('input') ?? []) {
      if (focusesFirst && input.value === '') return input.focus();
    }
  }, [focusesFirst]);

  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);

  const field = (name: Name) => ({
    name,
    value: values[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
  });

  /** Empties fields, such as secrets that have been sent. */
  const clear = (names: Iterable<Name>) =>
    setValues((before) => ({ ...before, ...Object.fromEntries([...names].map((name) => [name, ''])) }));

  const onSubmit = (send: (values: Record<Name, string>) => void) => (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const names = Object.keys(checks) as Name[];
    const found: Partial<Record<Name, string>> = {};
    for (const name of names) {
      const words = checks[name]?.(values[name]);
      if (words) found[name] = words;
    }
    setErrors(found);
    if (Object.keys(found).length === 0) send(values);
  };

  return {
    form,
    field,
    onSubmit,
    setErrors,
    clear,
    isField: (name: string): name is Name => Object.hasOwn(initial, name),
  };
}

import { TextInput } from '@mantine/core';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { asText, asValue } from './as-text.ts';
import type { FieldProps } from './field-props.ts';

/** A number; what is none yet stays as it was typed, and the problem says so. */
export function NumberField(props: FieldProps) {
  const { field, path } = props;
  const { change, settle, isReadOnly } = useForm();
  const value = useValue(path);
  const step = (by: number) => {
    const now = typeof value === 'number' ? value : Number(field.fallback ?? field.least ?? 0);
    const next = Math.min(
      Math.max(now + by, field.least ?? Number.NEGATIVE_INFINITY),
      field.most ?? Number.POSITIVE_INFINITY,
    );
    change(path, next);
  };
  return (
    <FieldFrame {...props}>
      {(control) => (
        <TextInput
          {...control}
          role="spinbutton"
          aria-valuenow={typeof value === 'number' ? value : undefined}
          aria-valuemin={field.least ?? undefined}
          aria-valuemax={field.most ?? undefined}
          inputMode={field.isWhole ? 'numeric' : 'decimal'}
          dir="ltr"
          maw="9rem"
          readOnly={isReadOnly}
          value={asText(value)}
          placeholder={field.fallback === undefined ? undefined : asText(field.fallback)}
          onKeyDown={(event) => {
            const by = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
            if (by === 0 || isReadOnly) return;
            event.preventDefault();
            step(by);
          }}
          onChange={(event) => {
            const text = event.currentTarget.value.trim().replace(',', '.');
            change(path, text === '' ? undefined : asValue(text));
          }}
          onBlur={settle}
        />
      )}
    </FieldFrame>
  );
}

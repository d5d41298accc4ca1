import { TextInput } from '@mantine/core';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';

/** A time of the day, hours and minutes. */
export function Time(props: FieldProps) {
  const { change, isReadOnly } = useForm();
  const value = useValue(props.path) ?? props.field.fallback;
  return (
    <FieldFrame {...props}>
      {(control) => (
        <TextInput
          {...control}
          type="time"
          maw="9rem"
          readOnly={isReadOnly}
          value={asText(value)}
          onChange={(event) => change(props.path, event.currentTarget.value || undefined)}
        />
      )}
    </FieldFrame>
  );
}

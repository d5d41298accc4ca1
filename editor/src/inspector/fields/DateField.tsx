import { TextInput } from '@mantine/core';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';

/** A day of the calendar. */
export function DateField(props: FieldProps) {
  const { change, isReadOnly } = useForm();
  const value = useValue(props.path);
  return (
    <FieldFrame {...props}>
      {(control) => (
        <TextInput
          {...control}
          type="date"
          maw="12rem"
          readOnly={isReadOnly}
          value={asText(value)}
          onChange={(event) => change(props.path, event.currentTarget.value || undefined)}
        />
      )}
    </FieldFrame>
  );
}

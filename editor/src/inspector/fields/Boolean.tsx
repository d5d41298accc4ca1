import { Switch } from '@mantine/core';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import type { FieldProps } from './field-props.ts';

/** Yes or no. */
export function BooleanField(props: FieldProps) {
  const { field, path } = props;
  const { change, settle, isReadOnly } = useForm();
  const value = useValue(path) ?? field.fallback ?? false;
  return (
    <FieldFrame
      {...props}
      aside={
        <Switch
          aria-label={props.label}
          checked={value === true}
          disabled={isReadOnly}
          onChange={(event) => {
            change(path, event.currentTarget.checked);
            settle();
          }}
        />
      }
    >
      {() => null}
    </FieldFrame>
  );
}

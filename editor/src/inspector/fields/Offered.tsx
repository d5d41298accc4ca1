import { TextInput } from '@mantine/core';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';

interface OfferedProps extends FieldProps {
  options: readonly { value: string; label: string }[];
  placeholder?: string | undefined;
  /** As it is kept, of what was typed. */
  read?: (text: string) => string;
}

/** A text for which known values are offered while one types; any other, such as a variable, is fine too. */
export function Offered({ options, placeholder, read = (text) => text, ...props }: OfferedProps) {
  const { change, settle, isReadOnly } = useForm();
  const value = useValue(props.path);
  return (
    <FieldFrame {...props}>
      {(control) => (
        <>
          <TextInput
            {...control}
            dir="ltr"
            spellCheck={false}
            autoComplete="off"
            list={`${control.id}-options`}
            readOnly={isReadOnly}
            value={asText(value)}
            placeholder={placeholder ?? (asText(props.field.fallback) || undefined)}
            onChange={(event) => {
              const text = read(event.currentTarget.value);
              change(props.path, text === '' && !props.field.isRequired ? undefined : text);
            }}
            onBlur={settle}
          />
          <datalist id={`${control.id}-options`}>
            {options.map((one) => (
              <option key={one.value} value={one.value}>
                {one.label}
              </option>
            ))}
          </datalist>
        </>
      )}
    </FieldFrame>
  );
}

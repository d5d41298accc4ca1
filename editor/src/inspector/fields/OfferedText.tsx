import { TextInput } from '@mantine/core';
import type { ControlProps } from '../form/FieldFrame.tsx';
import { useForm } from '../form/form-context.ts';

interface OfferedTextProps {
  control: ControlProps;
  value: string;
  options: readonly { value: string; label?: string }[];
  placeholder: string | undefined;
  onText: (text: string) => void;
}

/** One line for which the browser offers known values while one types; any other is fine too. */
export function OfferedText({ control, value, options, placeholder, onText }: OfferedTextProps) {
  const { settle, isReadOnly } = useForm();
  const list = `${control.id}-offered`;
  return (
    <>
      <TextInput
        {...control}
        dir="ltr"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        list={list}
        readOnly={isReadOnly}
        value={value}
        placeholder={placeholder}
        onChange={(event) => onText(event.currentTarget.value)}
        onBlur={settle}
      />
      <datalist id={list}>
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </datalist>
    </>
  );
}

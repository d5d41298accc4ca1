import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { OfferedText } from './OfferedText.tsx';

interface OfferedProps extends FieldProps {
  options: readonly { value: string; label?: string }[];
  placeholder?: string | undefined;
  /** As it is kept, of what was typed. */
  read?: (text: string) => string;
}

/** A text for which known values are offered while one types; any other, such as a variable, is fine too. */
export function Offered({ options, placeholder, read = (text) => text, ...props }: OfferedProps) {
  const { change } = useForm();
  const { field, path } = props;
  const value = useValue(path);
  return (
    <FieldFrame {...props}>
      {(control) => (
        <OfferedText
          control={control}
          options={options}
          value={asText(value)}
          placeholder={placeholder ?? (asText(field.fallback) || undefined)}
          onText={(typed) => {
            const text = read(typed);
            change(path, text === '' && !field.isRequired ? undefined : text);
          }}
        />
      )}
    </FieldFrame>
  );
}

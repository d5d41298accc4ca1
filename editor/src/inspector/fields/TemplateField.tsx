import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { TemplateArea } from '../text/TemplateArea.tsx';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { Length } from './Length.tsx';

interface TemplateFieldProps extends FieldProps {
  isOneLine?: boolean;
  placeholder?: string | undefined;
  /** Empty, it stays an empty text. */
  isKept?: boolean;
  /** As it is kept, of what was typed. */
  read?: (text: string) => unknown;
}

/** A text with variables. An empty one is taken away, as if it had never been filled in, unless there must be one. */
export function TemplateField(props: TemplateFieldProps) {
  const { field, path, isOneLine = false, placeholder, read = asTyped } = props;
  const isKept = props.isKept ?? field.isRequired;
  const { change } = useForm();
  const text = asText(useValue(path));
  return (
    <FieldFrame {...props} aside={<Length text={text} limit={field.maxLength} />}>
      {(control) => (
        <TemplateArea
          control={control}
          isOneLine={isOneLine}
          value={text}
          placeholder={placeholder ?? field.placeholder ?? undefined}
          onChange={(next) => change(path, next === '' && !isKept ? undefined : read(next))}
        />
      )}
    </FieldFrame>
  );
}

const asTyped = (text: string): unknown => text;

import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { TemplateArea } from '../text/TemplateArea.tsx';
import { asText, asValue } from './as-text.ts';
import type { FieldProps } from './field-props.ts';

/** A text, a number or a variable: digits alone are a number. */
export function Value(props: FieldProps) {
  const { field, path } = props;
  const { change } = useForm();
  const value = useValue(path);
  return (
    <FieldFrame {...props}>
      {(control) => (
        <TemplateArea
          control={control}
          isOneLine
          value={asText(value)}
          placeholder={field.placeholder ?? undefined}
          onChange={(next) => change(path, next === '' && !field.isRequired ? undefined : asValue(next))}
        />
      )}
    </FieldFrame>
  );
}

import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { TemplateArea } from '../text/TemplateArea.tsx';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { Length } from './Length.tsx';

/** Several lines, with variables. */
export function LongText(props: FieldProps) {
  const { field, path } = props;
  const { change } = useForm();
  const text = asText(useValue(path));
  return (
    <FieldFrame {...props} aside={<Length text={text} limit={field.maxLength} />}>
      {(control) => (
        <TemplateArea
          control={control}
          value={text}
          placeholder={field.placeholder ?? undefined}
          onChange={(next) => change(path, next === '' && !field.isRequired ? undefined : next)}
        />
      )}
    </FieldFrame>
  );
}

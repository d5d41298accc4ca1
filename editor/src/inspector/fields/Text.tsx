import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { TemplateArea } from '../text/TemplateArea.tsx';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { Length } from './Length.tsx';

/** One line, with variables. An empty one is taken away, as if it had never been filled in. */
export function Text(props: FieldProps) {
  const { field, path } = props;
  const { change } = useForm();
  const text = asText(useValue(path));
  return (
    <FieldFrame {...props} aside={<Length text={text} limit={field.maxLength} />}>
      {(control) => (
        <TemplateArea
          control={control}
          isOneLine
          value={text}
          placeholder={field.placeholder ?? fallbackText(field.fallback)}
          onChange={(next) => change(path, next === '' && !field.isRequired ? undefined : next)}
        />
      )}
    </FieldFrame>
  );
}

const fallbackText = (fallback: unknown): string | undefined =>
  typeof fallback === 'string' || typeof fallback === 'number' ? String(fallback) : undefined;

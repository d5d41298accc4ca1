import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { TemplateArea } from '../text/TemplateArea.tsx';
import { asText, asValue } from './as-text.ts';
import type { FieldProps } from './field-props.ts';

/** One side of a comparison: words, a number or a variable. */
export function ConditionValue(props: FieldProps) {
  const { change } = useForm();
  const value = useValue(props.path);
  return (
    <FieldFrame {...props}>
      {(control) => (
        <TemplateArea
          control={control}
          isOneLine
          value={asText(value)}
          placeholder={props.path.at(-1) === 'left' ? '{{contact.name}}' : undefined}
          onChange={(text) => change(props.path, asValue(text))}
        />
      )}
    </FieldFrame>
  );
}

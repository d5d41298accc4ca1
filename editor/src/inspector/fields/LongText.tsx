import type { FieldProps } from './field-props.ts';
import { TemplateField } from './TemplateField.tsx';

/** Several lines, with variables. */
export function LongText(props: FieldProps) {
  return <TemplateField {...props} />;
}

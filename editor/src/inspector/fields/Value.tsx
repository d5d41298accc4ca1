import { asValue } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { TemplateField } from './TemplateField.tsx';

/** A text, a number or a variable: digits alone are a number. */
export function Value(props: FieldProps) {
  return <TemplateField {...props} isOneLine read={asValue} />;
}

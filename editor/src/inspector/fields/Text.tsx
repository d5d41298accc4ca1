import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { TemplateField } from './TemplateField.tsx';

/** One line, with variables. */
export function Text(props: FieldProps) {
  const { placeholder, fallback } = props.field;
  return <TemplateField {...props} isOneLine placeholder={placeholder ?? (asText(fallback) || undefined)} />;
}

import { useTranslation } from 'react-i18next';
import { asValue } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { RecordField } from './RecordField.tsx';

/** Variables and the value that each gets: a text, a number, a variable, or JSON where it is no text. */
export function Assignments(props: FieldProps) {
  const { t } = useTranslation('inspector');
  return (
    <RecordField {...props} nameLabel={t('record.variable')} addLabel={t('record.addVariable')} read={valueFrom} />
  );
}

/** `true`, lists and objects are read as JSON; whatever does not read stays the text it is. */
function valueFrom(text: string): unknown {
  if (!/^(\[[\s\S]*\]|\{[^{][\s\S]*\}|true|false|null)$/.test(text.trim())) return asValue(text);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

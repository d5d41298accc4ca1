import { useTranslation } from 'react-i18next';
import type { FieldProps } from './field-props.ts';
import { RecordField } from './RecordField.tsx';

/** Names with a text each: headers, a query, a template's parameters. */
export function Pairs(props: FieldProps) {
  const { t } = useTranslation('inspector');
  return (
    <RecordField {...props} isFree nameLabel={t('record.name')} addLabel={t('record.add')} read={(text) => text} />
  );
}

import { useTranslation } from 'react-i18next';
import { useKnown } from '../form/form-context.ts';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { Offered } from './Offered.tsx';

/** The name of a variable that the node sets; blanks become `_`, known names are offered. */
export function Variable(props: FieldProps) {
  const { t } = useTranslation('inspector');
  const own = useKnown().filter(({ from }) => from === 'flow' || from === 'node');
  return (
    <Offered
      {...props}
      options={own.map(({ name }) => ({ value: name }))}
      placeholder={asText(props.field.fallback) || t('variable.placeholder')}
      read={(text) => text.replace(/[{}]/g, '').replace(/\s/g, '_')}
    />
  );
}

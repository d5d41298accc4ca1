import { useTranslation } from 'react-i18next';
import { asValue } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { TemplateField } from './TemplateField.tsx';

/** One side of a comparison: words, a number or a variable. Empty it stays where it is: a comparison with nothing. */
export function ConditionValue(props: FieldProps) {
  const { t } = useTranslation('inspector');
  const placeholder = props.path.at(-1) === 'left' ? t('condition.placeholder') : undefined;
  return <TemplateField {...props} isOneLine read={asValue} placeholder={placeholder} isKept />;
}

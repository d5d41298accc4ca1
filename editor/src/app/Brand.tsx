import { useTranslation } from 'react-i18next';
import classes from './brand.module.css';

/** The name with its sign, or where there is little room the sign alone. */
export function Brand({ isSign = false }: { isSign?: boolean }) {
  const { t } = useTranslation('app');
  return (
    <span className={classes.brand} translate="no">
      <img src="/icon.svg" alt={isSign ? t('product') : ''} width={28} height={28} />
      {!isSign && t('product')}
    </span>
  );
}

import { useTranslation } from 'react-i18next';
import type { Side } from '../document/workbench.ts';

/** `Draft`, `Version 3`. */
export function useSideName(): (side: Side) => string {
  const { t } = useTranslation('publish');
  return (side) => (side === 'draft' ? t('draft.name') : t('version', { version: side }));
}

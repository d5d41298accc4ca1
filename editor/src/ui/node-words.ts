import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { PSEUDO } from './i18n.ts';
import { pseudo } from './pseudo.ts';

/**
 * Words that node types bring along in English (titles, descriptions, labels of fields, names of ports) in the person's
 * language. The English words are the key, so that a package's own, which nobody translated, show as they are.
 */
export function useNodeWords(): (english: string) => string {
  const { t, i18n } = useTranslation('node-types');
  const isPseudo = i18n.language === PSEUDO;
  return useMemo(
    () =>
      isPseudo
        ? pseudo
        : (english: string) => t(english, { defaultValue: english, keySeparator: false, nsSeparator: false }),
    [t, isPseudo],
  );
}

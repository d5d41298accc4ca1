import { useTranslation } from 'react-i18next';

/**
 * Words that node types bring along in English (titles, descriptions, labels of fields, names of ports) in the person's
 * language. The English words are the key, so that a package's own, which nobody translated, show as they are.
 */
export function useNodeWords(): (english: string) => string {
  const { t } = useTranslation('node-types');
  return (english) => t(english, { defaultValue: english, keySeparator: false, nsSeparator: false });
}

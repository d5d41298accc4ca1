import { NativeSelect } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, isLanguage, LANGUAGES } from '../ui/i18n.ts';

/** Each language by its own name: who cannot read the page finds the way out. */
export function LanguageSelect() {
  const { t, i18n } = useTranslation('app');
  return (
    <NativeSelect
      aria-label={t('shell.language')}
      leftSection={<IconLanguage size={18} aria-hidden />}
      translate="no"
      data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
      value={isLanguage(i18n.language) ? i18n.language : 'en'}
      onChange={({ currentTarget: { value } }) => isLanguage(value) && void changeLanguage(value)}
    />
  );
}

import { NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { languageName } from '../translations/language-name.ts';

/** Languages that WhatsApp has templates in. */
const LANGUAGES =
  'af sq ar az bn bg ca zh-CN zh-HK zh-TW hr cs da nl en en-GB en-US et fil fi fr ka de el gu ha he hi hu id ga it ja kn ' +
  'kk rw-RW ko ky-KG lo lv lt mk ms ml mr nb fa pl pt-BR pt-PT pt pa ro ru sr sk sl es es-AR es-ES es-MX sw sv ta te th tr ' +
  'uk ur uz vi zu';

interface LanguageSelectProps {
  label: string;
  value: string;
  /** Shown where nothing is chosen. */
  empty?: string;
  without?: readonly string[];
  isReadOnly: boolean;
  onLanguage: (code: string) => void;
}

/** A language by its name in the person's own. */
export function LanguageSelect({ label, value, empty, without = [], isReadOnly, onLanguage }: LanguageSelectProps) {
  const { i18n } = useTranslation('inspector');
  const options = useMemo(
    () =>
      [...new Set([...LANGUAGES.split(' '), ...(value === '' ? [] : [value])])]
        .map((code) => ({ value: code, label: languageName(code, i18n.language) }))
        .sort((one, other) => one.label.localeCompare(other.label, i18n.language)),
    [i18n.language, value],
  );
  return (
    <NativeSelect
      label={label}
      data={[
        ...(empty === undefined ? [] : [{ value: '', label: empty }]),
        ...options.filter((one) => !without.includes(one.value)),
      ]}
      value={value}
      disabled={isReadOnly}
      onChange={(event) => event.currentTarget.value && onLanguage(event.currentTarget.value)}
    />
  );
}

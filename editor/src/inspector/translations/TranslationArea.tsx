import { useTranslation } from 'react-i18next';
import { useOpenFlow } from '../../document/use-document.ts';
import { TemplateArea } from '../text/TemplateArea.tsx';
import { languageName } from './language-name.ts';

const LINE = 80; // characters: a longer original gets room for several lines

interface TranslationAreaProps {
  /** Tells the areas of one list from another's. */
  id: string;
  language: string;
  /** Of the text in the flow's translations. */
  translationKey: string;
  original: string;
  value: string;
  isReadOnly: boolean;
  onBegin?: () => void;
}

/** A text of the bot in another language; emptied, it is once more missing. */
export function TranslationArea(props: TranslationAreaProps) {
  const { id, language, translationKey: key, original, value, isReadOnly, onBegin } = props;
  const { t, i18n } = useTranslation('inspector');
  const { document } = useOpenFlow();
  return (
    <TemplateArea
      control={{
        id: `${id}-${language}-${key}`,
        'aria-describedby': undefined,
        'aria-invalid': undefined,
        'aria-required': undefined,
      }}
      isOneLine={!original.includes('\n') && original.length < LINE}
      label={t('translations.of', { text: original, language: languageName(language, i18n.language) })}
      placeholder={t('translations.missing')}
      value={value}
      onChange={(next) => {
        if (isReadOnly) return;
        onBegin?.();
        document.apply(
          [{ edit: 'setTranslation', language, key, text: next === '' ? null : next }],
          'translation',
          `translation ${language} ${key}`,
        );
      }}
    />
  );
}

import type { Flow, FlowNode } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { languageName } from '../translations/language-name.ts';
import { TranslationArea } from '../translations/TranslationArea.tsx';
import { textsOfNode } from '../translations/texts-of-node.ts';
import classes from './panels.module.css';

/** The node's words in the flow's other languages, beside its own. */
export function NodeTexts({ flow, node, isReadOnly }: { flow: Flow; node: FlowNode; isReadOnly: boolean }) {
  const { t, i18n } = useTranslation('inspector');
  const languages = Object.keys(flow.translations);
  const texts = textsOfNode(node);
  if (languages.length === 0 || texts.length === 0) return null;
  return (
    <section className={classes.section} aria-label={t('translations.ofNode')}>
      <h4 className={classes.sectionTitle}>{t('translations.ofNode')}</h4>
      {languages.map((language) => (
        <div key={language} className={classes.card}>
          <strong>{languageName(language, i18n.language)}</strong>
          {texts.map(({ key, text }) => (
            <div key={key} className={classes.list}>
              <p className={classes.quiet} dir="auto">
                {text}
              </p>
              <TranslationArea
                id="translation"
                language={language}
                translationKey={key}
                original={text}
                value={flow.translations[language]?.[key] ?? ''}
                isReadOnly={isReadOnly}
              />
            </div>
          ))}
        </div>
      ))}
    </section>
  );
}

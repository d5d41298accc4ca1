import type { Flow, FlowNode } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { useOpenFlow } from '../../document/use-document.ts';
import { TemplateArea } from '../text/TemplateArea.tsx';
import { languageName } from '../translations/language-name.ts';
import { textsOfNode } from '../translations/texts-of-node.ts';
import classes from './panels.module.css';

/** The node's words in the flow's other languages, beside its own. */
export function NodeTexts({ flow, node, isReadOnly }: { flow: Flow; node: FlowNode; isReadOnly: boolean }) {
  const { t, i18n } = useTranslation('inspector');
  const { document } = useOpenFlow();
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
              <TemplateArea
                control={{
                  id: `translation-${language}-${key}`,
                  'aria-describedby': undefined,
                  'aria-invalid': undefined,
                  'aria-required': undefined,
                }}
                isOneLine={!text.includes('\n') && text.length < 80}
                label={t('translations.of', { text, language: languageName(language, i18n.language) })}
                placeholder={t('translations.missing')}
                value={flow.translations[language]?.[key] ?? ''}
                onChange={(next) =>
                  isReadOnly ||
                  document.apply(
                    [{ edit: 'setTranslation', language, key, text: next === '' ? null : next }],
                    'translation',
                    `translation ${language} ${key}`,
                  )
                }
              />
            </div>
          ))}
        </div>
      ))}
    </section>
  );
}

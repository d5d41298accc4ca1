import { Badge, Button, Switch } from '@mantine/core';
import type { Edit, Flow } from '@parley/runtime';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenFlow } from '../../document/use-document.ts';
import { languageName } from '../translations/language-name.ts';
import { missingIn, textsOfNode } from '../translations/texts-of-node.ts';
import { LanguageSelect } from './LanguageSelect.tsx';
import classes from './panels.module.css';
import { TranslationTable } from './TranslationTable.tsx';

/** The bot's words in other languages: what is there, what is missing. */
export function BotLanguages({ flow, isReadOnly }: { flow: Flow; isReadOnly: boolean }) {
  const { t, i18n } = useTranslation('inspector');
  const { document } = useOpenFlow();
  const [added, setAdded] = useState<string[]>([]);
  const [open, setOpen] = useState<string | null>(null);
  const [isMissingOnly, setMissingOnly] = useState(false);
  const languages = [...new Set([...Object.keys(flow.translations), ...added])];
  const total = flow.nodes.flatMap(textsOfNode).length;
  const remove = (language: string) => {
    const texts = Object.keys(flow.translations[language] ?? {});
    document.apply(
      texts.map((key): Edit => ({ edit: 'setTranslation', language, key, text: null })),
      'translation',
    );
    setAdded(added.filter((one) => one !== language));
    setOpen(null);
  };
  return (
    <section className={classes.section} aria-label={t('translations.title')}>
      <h3 className={classes.sectionTitle}>{t('translations.title')}</h3>
      <p className={classes.quiet}>
        {t('translations.about', { language: languageName(flow.settings.language, i18n.language) })}
      </p>
      <ul className={classes.list}>
        {languages.map((language) => {
          const name = languageName(language, i18n.language);
          const missing = missingIn(flow.nodes, flow.translations[language] ?? {}).length;
          const isOpen = open === language;
          return (
            <li key={language} className={classes.card}>
              <div className={classes.line}>
                <Button
                  variant="subtle"
                  size="compact-md"
                  aria-expanded={isOpen}
                  onClick={() => setOpen(isOpen ? null : language)}
                >
                  {name}
                </Button>
                <Badge variant="light" color={missing === 0 ? 'teal' : 'orange'} className={classes.quiet}>
                  {missing === 0 ? t('translations.whole') : t('translations.missingCount', { count: missing, total })}
                </Badge>
              </div>
              {isOpen ? (
                <>
                  <div className={classes.line}>
                    <Switch
                      size="xs"
                      label={t('translations.missingOnly')}
                      checked={isMissingOnly}
                      onChange={(event) => setMissingOnly(event.currentTarget.checked)}
                    />
                    {isReadOnly ? null : (
                      <Button variant="subtle" color="red" size="compact-sm" onClick={() => remove(language)}>
                        {t('translations.remove', { language: name })}
                      </Button>
                    )}
                  </div>
                  <TranslationTable
                    flow={flow}
                    language={language}
                    isMissingOnly={isMissingOnly}
                    isReadOnly={isReadOnly}
                  />
                </>
              ) : null}
            </li>
          );
        })}
      </ul>
      {isReadOnly ? null : (
        <LanguageSelect
          label={t('translations.add')}
          value=""
          empty={t('choose')}
          without={[...languages, flow.settings.language]}
          isReadOnly={false}
          onLanguage={(code) => {
            setAdded([...added, code]);
            setOpen(code);
          }}
        />
      )}
    </section>
  );
}

import type { Flow } from '@parley/runtime';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenFlow } from '../../document/use-document.ts';
import { useNodeName } from '../node-name.ts';
import { TemplateArea } from '../text/TemplateArea.tsx';
import { languageName } from '../translations/language-name.ts';
import { textsOfNode } from '../translations/texts-of-node.ts';
import classes from './panels.module.css';

interface TranslationTableProps {
  flow: Flow;
  language: string;
  isMissingOnly: boolean;
  isReadOnly: boolean;
}

/** Every text of the bot beside its words in one language, node by node. */
export function TranslationTable({ flow, language, isMissingOnly, isReadOnly }: TranslationTableProps) {
  const { t, i18n } = useTranslation('inspector');
  const { document, workbench } = useOpenFlow();
  const nameOf = useNodeName();
  const texts = flow.translations[language] ?? {};
  // What was missing when the list was narrowed stays in it while it is being written
  const [begun, setBegun] = useState<ReadonlySet<string>>(new Set());
  const nodes = flow.nodes
    .map((node) => ({
      node,
      rows: textsOfNode(node).filter(({ key }) => !isMissingOnly || !texts[key] || begun.has(key)),
    }))
    .filter(({ rows }) => rows.length > 0);
  if (nodes.length === 0) return <p className={classes.quiet}>{t('translations.nothing')}</p>;
  return nodes.map(({ node, rows }) => (
    <div key={node.id} className={classes.list}>
      <button type="button" className={classes.nodeLink} onClick={() => workbench.show({ node: node.id })}>
        {nameOf(node)}
      </button>
      {rows.map(({ key, text }) => (
        <div key={key} className={classes.list}>
          <p className={classes.quiet} dir="auto">
            {text}
          </p>
          <TemplateArea
            control={{
              id: `bot-translation-${language}-${key}`,
              'aria-describedby': undefined,
              'aria-invalid': undefined,
              'aria-required': undefined,
            }}
            isOneLine={!text.includes('\n') && text.length < 80}
            label={t('translations.of', { text, language: languageName(language, i18n.language) })}
            placeholder={t('translations.missing')}
            value={texts[key] ?? ''}
            onChange={(next) => {
              if (isReadOnly) return;
              setBegun(new Set([...begun, key]));
              document.apply(
                [{ edit: 'setTranslation', language, key, text: next === '' ? null : next }],
                'translation',
                `translation ${language} ${key}`,
              );
            }}
          />
        </div>
      ))}
    </div>
  ));
}

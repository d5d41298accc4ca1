import type { Flow } from '@parley/runtime';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNodeName } from '../../document/node-name.ts';
import { useOpenFlow } from '../../document/use-document.ts';
import { TranslationArea } from '../translations/TranslationArea.tsx';
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
  const { t } = useTranslation('inspector');
  const { workbench } = useOpenFlow();
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
          <TranslationArea
            id="bot-translation"
            language={language}
            translationKey={key}
            original={text}
            value={texts[key] ?? ''}
            isReadOnly={isReadOnly}
            onBegin={() => setBegun(new Set([...begun, key]))}
          />
        </div>
      ))}
    </div>
  ));
}

import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import type { FlowNode } from '@parley/runtime';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './panels.module.css';

const SHOWN_FOR = 1_500; // ms that a copied text is said to be

/** What programs and scripts know a step by; nobody needs it to build a bot. */
export function NodeDetails({ node }: { node: FlowNode }) {
  const { t } = useTranslation('inspector');
  const rows = [
    { label: t('details.id'), value: node.id },
    { label: t('details.type'), value: node.type },
    { label: t('details.version'), value: String(node.version ?? 1) },
  ];
  return (
    <details className={classes.details}>
      <summary>{t('details.title')}</summary>
      <dl>
        {rows.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <code dir="ltr">{value}</code>
              <Copy value={value} label={label} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Copy({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation('inspector');
  return (
    <CopyButton value={value} timeout={SHOWN_FOR}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('details.copied') : t('details.copy', { what: label })}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={copied ? t('details.copied') : t('details.copy', { what: label })}
            onClick={copy}
          >
            {copied ? <IconCheck size={15} aria-hidden="true" /> : <IconCopy size={15} aria-hidden="true" />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

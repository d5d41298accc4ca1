import { ActionIcon, Badge, Menu, Text } from '@mantine/core';
import { nodeTypes } from '@parley/nodes';
import { IconArrowBackUp, IconDots, IconEye, IconGitCompare, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowSummary } from '../api/flows.ts';
import type { VersionSummary } from '../api/versions.ts';
import { useFlow, useWorkbench } from '../document/use-document.ts';
import { useVersionFlow } from '../document/use-live.ts';
import { RelativeTime } from '../ui/RelativeTime.tsx';
import { describeDifference } from './describe-difference.ts';
import { NameVersion } from './NameVersion.tsx';
import { RestoreDialog } from './RestoreDialog.tsx';
import { useFactWords } from './use-fact-words.ts';
import { useViewing } from './use-viewing.ts';
import classes from './versions.module.css';

interface VersionRowProps {
  version: VersionSummary;
  /** Of the bot, for the version that customers get. */
  status: FlowSummary['status'] | null;
  /** The version before it, which it is described beside. */
  before: number | null;
}

const SHOWN_FACTS = 2;

/** One version: who made it, when, what it changed, and what can be done with it. */
export function VersionRow({ version, status, before }: VersionRowProps) {
  const { t } = useTranslation('publish');
  const [isNaming, setNaming] = useState(false);
  const flow = useVersionFlow(version.version).data ?? null;
  const beforeFlow = useVersionFlow(before).data ?? null;
  const draft = useFlow((one) => one);
  const { look, compare } = useViewing();
  const [isRestoring, setRestoring] = useState(false);
  const isShown = useWorkbench(
    ({ viewing }) => viewing !== null && 'version' in viewing.what && viewing.what.version === version.version,
  );
  const number = t('version', { version: version.version });
  const title = version.name ?? number;
  return (
    <li className={classes.version} data-shown={isShown || undefined}>
      <div className={classes.row}>
        <span className={classes.title}>{title}</span>
        {status && (
          <Badge variant="light" color={status === 'active' ? 'teal' : 'gray'}>
            {t(status === 'active' ? 'live' : 'off')}
          </Badge>
        )}
        {/* It stays open where the rows above grow, as their changes come in, and push this one out of sight */}
        <Menu position="bottom-end" withinPortal hideDetached={false}>
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              className={classes.menu}
              aria-label={t('actions', { version: title })}
            >
              <IconDots size={18} aria-hidden="true" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconEye size={16} aria-hidden="true" />}
              disabled={!flow}
              onClick={() => flow && look(version.version, flow)}
            >
              {t('action.look')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconGitCompare size={16} aria-hidden="true" />}
              disabled={!flow}
              onClick={() => flow && compare(version.version, flow, 'draft', draft)}
            >
              {t('action.compareDraft')}
            </Menu.Item>
            {before !== null && (
              <Menu.Item
                leftSection={<IconGitCompare size={16} aria-hidden="true" />}
                disabled={!flow || !beforeFlow}
                onClick={() => flow && beforeFlow && compare(before, beforeFlow, version.version, flow)}
              >
                {t('action.compareBefore')}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconPencil size={16} aria-hidden="true" />} onClick={() => setNaming(true)}>
              {t('action.name')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowBackUp size={16} aria-hidden="true" />}
              disabled={!flow}
              onClick={() => setRestoring(true)}
            >
              {t('action.restore')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <span className={classes.who} title={version.hash}>
        {version.name !== null && `${number} · `}
        {version.author ?? t('somebody')}
        {' · '}
        <RelativeTime at={version.at} now={new Date()} />
      </span>
      {version.note && <Text size="sm">{version.note}</Text>}
      <Summary flow={flow} before={before} beforeFlow={beforeFlow} />
      {isRestoring && flow && (
        <RestoreDialog version={version.version} name={version.name} flow={flow} onClose={() => setRestoring(false)} />
      )}
      {isNaming && <NameVersion version={version} onClose={() => setNaming(false)} />}
    </li>
  );
}

type Flow = ReturnType<typeof useVersionFlow>['data'];

function Summary({ flow, before, beforeFlow }: { flow: Flow | null; before: number | null; beforeFlow: Flow | null }) {
  const { t } = useTranslation('publish');
  const { line } = useFactWords();
  if (before === null) return <span className={classes.facts}>{t('history.first')}</span>;
  if (!flow || !beforeFlow) return null;
  const facts = describeDifference(beforeFlow, flow, nodeTypes);
  const rest = facts.length - SHOWN_FACTS;
  return (
    <ul className={classes.facts}>
      {facts.slice(0, SHOWN_FACTS).map((fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts of two versions never change
        <li key={index}>{line(fact)}</li>
      ))}
      {rest > 0 && <li>{t('moreChanges', { count: rest })}</li>}
      {facts.length === 0 && <li>{t('history.inside')}</li>}
    </ul>
  );
}

import { Badge, Button, Text } from '@mantine/core';
import { nodeTypes } from '@parley/nodes';
import { IconChevronDown, IconGitCompare, IconRocket } from '@tabler/icons-react';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFlow } from '../document/use-document.ts';
import { describeDifference } from './describe-difference.ts';
import { askToPublish } from './publish-requests.ts';
import { RecentSavings } from './RecentSavings.tsx';
import { useSideFlow } from './use-versions.ts';
import { useViewing } from './use-viewing.ts';
import classes from './versions.module.css';

/** What is on the canvas: how far it went since the live version, and who saved lately. */
export function DraftCard({ live }: { live: number | null }) {
  const { t } = useTranslation('publish');
  const draft = useFlow((flow) => flow);
  const liveFlow = useSideFlow(live);
  const { compare } = useViewing();
  const [isOpen, setOpen] = useState(false);
  const list = useId();
  const count = useMemo(
    () => (liveFlow ? describeDifference(liveFlow, draft, nodeTypes).length : null),
    [liveFlow, draft],
  );
  return (
    <section className={classes.card} aria-label={t('draft.name')}>
      <div className={classes.row}>
        <h3 className={classes.heading}>{t('draft.name')}</h3>
        {count !== 0 && (
          <Badge variant="light" color="gray">
            {t('draft.badge')}
          </Badge>
        )}
      </div>
      <Text size="sm">
        {live === null
          ? t('draft.never')
          : count === null
            ? t('changes.loading')
            : count === 0
              ? t('draft.same', { version: live })
              : t('draft.ahead', { count, version: live })}
      </Text>
      <div className={classes.actions}>
        {count !== 0 && (
          <Button size="xs" leftSection={<IconRocket size={16} aria-hidden="true" />} onClick={() => askToPublish()}>
            {t('draft.publish')}
          </Button>
        )}
        {live !== null && liveFlow && count !== 0 && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconGitCompare size={16} aria-hidden="true" />}
            onClick={() => compare(live, liveFlow, 'draft', draft)}
          >
            {t('draft.compare')}
          </Button>
        )}
      </div>
      <button
        type="button"
        className={classes.fold}
        aria-expanded={isOpen}
        aria-controls={list}
        onClick={() => setOpen(!isOpen)}
      >
        <IconChevronDown size={16} aria-hidden="true" data-open={isOpen || undefined} />
        {t('draft.savings')}
      </button>
      <div id={list} hidden={!isOpen}>
        {isOpen && <RecentSavings />}
      </div>
    </section>
  );
}

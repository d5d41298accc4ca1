import { Popover, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FlowSummary } from '../api/flows.ts';
import { useKnownState, useVersionFlow } from '../document/use-live.ts';
import classes from './live-badge.module.css';
import { ReachCard } from './ReachCard.tsx';
import { reachOf } from './reach-of.ts';
import { useChannels } from './use-reach.ts';

type State = Pick<FlowSummary, 'status' | 'published'>;

/** Whether customers get the bot and, pressed, where they reach it; follows a publishing. */
export function LiveBadge({ first, className = '' }: { first: State; className?: string | undefined }) {
  const { t } = useTranslation('publish');
  const { status, published }: State = useKnownState() ?? first;
  const isLive = status === 'active';
  const flow = useVersionFlow(isLive ? (published?.version ?? null) : null).data ?? null;
  const channels = useChannels().data;
  const reach = isLive && flow && channels ? reachOf(flow, channels) : null;
  const isUnheard = reach !== null && reach.numbers.length === 0;
  const version = published?.version ?? 0;
  return (
    <Popover position="bottom-start" width={340} withinPortal trapFocus returnFocus shadow="md">
      <Popover.Target>
        <UnstyledButton
          className={`${classes.badge} ${className}`}
          data-tone={isLive ? (isUnheard ? 'waits' : 'live') : undefined}
        >
          <span>{t(`state.${status}`)}</span>
          {isUnheard && <span>{t(reach.trials.length > 0 ? 'state.trial' : 'state.noNumber')}</span>}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('state.title')} className={classes.drop}>
        <Text size="sm">{t(`state.more.${status}`, { version })}</Text>
        {isLive && flow && <ReachCard flow={flow} />}
      </Popover.Dropdown>
    </Popover>
  );
}

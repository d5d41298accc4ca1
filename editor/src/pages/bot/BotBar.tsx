import { ActionIcon, Tooltip } from '@mantine/core';
import { type Icon, IconArrowBackUp, IconArrowForwardUp, IconChevronLeft } from '@tabler/icons-react';
import { useSelector } from '@xstate/store-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedFlow } from '../../api/flows.ts';
import { useOpenFlow, useWorkbench } from '../../document/use-document.ts';
import { LiveBadge } from '../../publish/LiveBadge.tsx';
import { PageLink } from '../../ui/PageLink.tsx';
import { BotName } from './BotName.tsx';
import classes from './bot-bar.module.css';
import { PanelSwitches } from './PanelSwitches.tsx';
import { SaveState } from './SaveState.tsx';
import { useBotCommands } from './use-bot-commands.ts';

const PublishButton = lazy(() => import('../../publish/PublishButton.tsx'));

/** Which bot this is, whether it is saved, undo and redo, the panels' switches, and the way to the public. */
export function BotBar({ saved }: { saved: SavedFlow }) {
  const { t } = useTranslation('bot');
  const { document } = useOpenFlow();
  const undoes = useSelector(document.store, (state) => state.context.past.at(-1)?.label ?? null);
  const redoes = useSelector(document.store, (state) => state.context.future.at(-1)?.label ?? null);
  const isReadOnly = useWorkbench((state) => state.isReadOnly);
  useBotCommands();
  return (
    <header className={classes.bar}>
      <PageLink to="/bots" isCurrent={false} className={classes.back} label={t('back')}>
        <IconChevronLeft size={20} aria-hidden className={classes.directed} />
      </PageLink>
      <BotName fallback={saved.name} />
      <LiveBadge first={saved.status} className={classes.status} />
      <SaveState />
      <div className={classes.history}>
        <HistoryButton
          label={t('undo')}
          Sign={IconArrowBackUp}
          isOff={isReadOnly || undoes === null}
          onClick={document.undo}
        />
        <HistoryButton
          label={t('redo')}
          Sign={IconArrowForwardUp}
          isOff={isReadOnly || redoes === null}
          onClick={document.redo}
        />
      </div>
      <PanelSwitches />
      <Suspense fallback={null}>
        <PublishButton />
      </Suspense>
    </header>
  );
}

interface HistoryButtonProps {
  label: string;
  Sign: Icon;
  isOff: boolean;
  onClick: () => void;
}

/** Stays where it is and keeps the focus when there is nothing left to undo. */
function HistoryButton({ label, Sign, isOff, onClick }: HistoryButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        aria-disabled={isOff}
        className={classes.undo}
        onClick={() => !isOff && onClick()}
      >
        <Sign size={20} aria-hidden className={classes.directed} />
      </ActionIcon>
    </Tooltip>
  );
}

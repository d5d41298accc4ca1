import { IconChevronLeft } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedFlow } from '../../api/flows.ts';
import { LiveBadge } from '../../publish/LiveBadge.tsx';
import { PageLink } from '../../ui/PageLink.tsx';
import { BotName } from './BotName.tsx';
import classes from './bot-bar.module.css';
import { HistoryButtons } from './HistoryButtons.tsx';
import { PanelSwitches } from './PanelSwitches.tsx';
import { SaveState } from './SaveState.tsx';
import { useBotCommands } from './use-bot-commands.ts';

const PublishButton = lazy(() => import('../../publish/PublishButton.tsx'));

/** Which bot this is, whether it is saved, undo and redo, the panels' switches, and the way to the public. */
export function BotBar({ saved }: { saved: SavedFlow }) {
  const { t } = useTranslation('bot');
  useBotCommands();
  return (
    <header className={classes.bar}>
      <PageLink to="/bots" isCurrent={false} className={classes.back} label={t('back')}>
        <IconChevronLeft size={20} aria-hidden className={classes.directed} />
      </PageLink>
      <BotName fallback={saved.name} />
      <LiveBadge first={saved} className={classes.status} />
      <SaveState />
      <HistoryButtons />
      <PanelSwitches />
      <Suspense fallback={null}>
        <PublishButton />
      </Suspense>
    </header>
  );
}

import { Button, Group, Stack } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, useCommands } from '../../ui/commands.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { BotList } from './BotList.tsx';
import { BotPanels } from './BotPanels.tsx';
import { EmptyBots } from './EmptyBots.tsx';
import classes from './flows-page.module.css';
import { ListControls } from './ListControls.tsx';
import { openOver, useListView } from './list-address.ts';
import { useBotList } from './use-bot-list.ts';

/** All bots, and the ways to a new one. */
export function FlowsPage() {
  const { t } = useTranslation('flows');
  const view = useListView();
  const list = useBotList(view);
  const isNarrowed = view.q !== '' || view.tag !== '' || view.status !== null || view.problems;
  const hasNone = list.isReady && list.total === 0 && !isNarrowed;
  // Before it is known whether there are bots, nothing is shown that would move: who tabbed to it would lose their place
  const isOpening = list.isPending && !isNarrowed && list.bots.length === 0;
  useCommands(
    useMemo<Command[]>(
      () =>
        (['new', 'import', 'gallery'] as const).map((what) => ({
          id: `bots.${what}`,
          title: what === 'gallery' ? t('gallery.title') : t(what),
          group: t('group'),
          run: () => openOver(what),
        })),
      [t],
    ),
  );
  return (
    <>
      <PageHead title={t('title')} intro={t('intro')}>
        {!hasNone && !isOpening && (
          <Group gap="xs" className={classes.ways}>
            <Button variant="default" onClick={() => openOver('gallery')}>
              {t('examples')}
            </Button>
            <Button variant="default" onClick={() => openOver('import')}>
              {t('import')}
            </Button>
            <Button onClick={() => openOver('new')}>{t('new')}</Button>
          </Group>
        )}
      </PageHead>
      {hasNone ? (
        <EmptyBots />
      ) : (
        <Stack>
          {!isOpening && <ListControls view={view} />}
          <BotList list={list} isNarrowed={isNarrowed} />
        </Stack>
      )}
      <BotPanels />
    </>
  );
}

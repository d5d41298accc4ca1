import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../ui/error-words.ts';
import { Trouble } from '../../ui/Trouble.tsx';
import { BotDialogs, type BotQuestion } from './BotDialogs.tsx';
import { BotTable } from './BotTable.tsx';
import { BulkBar } from './BulkBar.tsx';
import classes from './flows-page.module.css';
import { ListPages } from './ListPages.tsx';
import { clearView } from './list-address.ts';
import { SwitchDialogs } from './SwitchDialogs.tsx';
import { useBotActions } from './use-bot-actions.ts';
import type { useBotList } from './use-bot-list.ts';
import { useSelection } from './use-selection.ts';
import { useSwitching } from './use-switching.ts';

interface BotListProps {
  list: ReturnType<typeof useBotList>;
  isNarrowed: boolean;
}

/** One page of bots with all that can be done with them; or what is there instead. */
export function BotList({ list, isNarrowed }: BotListProps) {
  const { t } = useTranslation('flows');
  const { bots, page, total, hasNext } = list;
  const selection = useSelection(bots);
  const switching = useSwitching();
  const actions = useBotActions();
  const [question, setQuestion] = useState<BotQuestion | null>(null);
  const ask = (kind: BotQuestion['kind'], about = selection.bots) => setQuestion({ kind, bots: about });
  return (
    <>
      {list.error && <Trouble text={errorWords(list.error)} action={{ label: t('tryAgain'), onClick: list.refetch }} />}
      {list.isPending && !list.error && bots.length === 0 && (
        <Stack gap="xs" role="status" aria-label={t('loading')}>
          <Skeleton height={56} />
          <Skeleton height={56} />
          <Skeleton height={56} />
        </Stack>
      )}
      {list.isReady && bots.length === 0 && isNarrowed && (
        <div className={classes.nothing}>
          <Text role="status">{t('find.nothing')}</Text>
          <Button variant="default" size="xs" onClick={clearView}>
            {t('find.clear')}
          </Button>
        </div>
      )}
      {bots.length > 0 && (
        <>
          {selection.bots.length > 0 ? (
            <BulkBar
              bots={selection.bots}
              onTag={() => ask('tags')}
              onStop={() => ask('stop')}
              onExport={() => actions.exportBots(selection.bots)}
              onRemove={() => ask('remove')}
              onClear={selection.clear}
            />
          ) : (
            <Text size="sm" c="dimmed" role="status" className={classes.found}>
              {t('find.found', { count: total })}
            </Text>
          )}
          <BotTable
            bots={bots}
            busy={switching.busy}
            selected={selection.ids}
            onSelect={selection.select}
            onSelectAll={selection.selectAll}
            onTurn={switching.turn}
            onRename={(bot) => ask('rename', [bot])}
            onTag={(bot) => ask('tags', [bot])}
            onDuplicate={actions.duplicate}
            onExport={(bot) => actions.exportBots([bot])}
            onRemove={(bot) => ask('remove', [bot])}
          />
          <ListPages page={page} shown={bots.length} total={total} hasNext={hasNext} />
        </>
      )}
      <SwitchDialogs switching={switching} />
      <BotDialogs
        question={question}
        actions={actions}
        onClose={() => setQuestion(null)}
        onDone={() => question && question.bots.length > 1 && selection.clear()}
      />
    </>
  );
}

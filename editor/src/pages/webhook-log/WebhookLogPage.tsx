import { Button, SegmentedControl, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listChannels } from '../../api/channels.ts';
import { type HeardState, listHeard } from '../../api/webhook-log.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { Trouble } from '../../ui/Trouble.tsx';
import { LogEntry } from './LogEntry.tsx';
import classes from './webhook-log.module.css';
import { words } from './words.ts';

const SHOWN: readonly (HeardState | 'all')[] = ['all', 'new', 'parked', 'raw', 'done'];
const labelOf = (shown: HeardState | 'all') => (shown === 'all' ? words.all : words.states[shown]);

export default function WebhookLogPage() {
  const [shown, setShown] = useState<HeardState | 'all'>('all');
  const log = useInfiniteQuery({
    queryKey: ['webhook-log', shown],
    queryFn: ({ pageParam }) => listHeard(shown === 'all' ? null : shown, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const numbers = useQuery({ queryKey: ['numbers'], queryFn: listChannels });
  const names = new Map(numbers.data?.map(({ id, name }) => [id, name]));
  const refresh = () => {
    void log.refetch();
    void numbers.refetch();
  };
  const now = new Date();
  const items = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={words.title} intro={words.intro}>
        <Button variant="default" onClick={refresh} loading={log.isRefetching}>
          {words.refresh}
        </Button>
      </PageHead>
      <div className={classes.filter}>
        <SegmentedControl
          aria-label={words.filter}
          value={shown}
          onChange={setShown}
          data={SHOWN.map((one) => ({ value: one, label: labelOf(one) }))}
        />
      </div>
      {log.isError && (
        <Trouble text={log.error.message} action={{ label: words.tryAgain, onClick: () => void log.refetch() }} />
      )}
      {log.isPending && (
        <Stack gap="xs" role="status" aria-label={words.loading}>
          <Skeleton height={64} />
          <Skeleton height={64} />
          <Skeleton height={64} />
        </Stack>
      )}
      {log.data && items.length === 0 && <Nothing isWhole={shown === 'all'} />}
      {items.length > 0 && (
        <ul className={classes.list} aria-label={words.list}>
          {items.map((heard) => (
            <li key={heard.id}>
              <LogEntry heard={heard} number={names.get(heard.channelId ?? '')} now={now} />
            </li>
          ))}
        </ul>
      )}
      {log.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          fullWidth
          loading={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {words.more}
        </Button>
      )}
    </>
  );
}

function Nothing({ isWhole }: { isWhole: boolean }) {
  if (!isWhole) return <Text c="dimmed">{words.emptyOf}</Text>;
  return (
    <div className={classes.empty}>
      <Title order={2} size="h4">
        {words.empty}
      </Title>
      <Text c="dimmed" size="sm">
        {words.emptyHint}
      </Text>
    </div>
  );
}

import { Button, NativeSelect, SegmentedControl, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listChannels } from '../../api/channels.ts';
import { type HeardState, listHeard } from '../../api/webhook-log.ts';
import { errorWords } from '../../ui/error-words.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { Trouble } from '../../ui/Trouble.tsx';
import { usePhone } from '../../ui/use-phone.ts';
import { LogEntry } from './LogEntry.tsx';
import classes from './webhook-log.module.css';

type Shown = HeardState | 'all';
const SHOWN: readonly Shown[] = ['all', 'new', 'parked', 'raw', 'done'];

export default function WebhookLogPage() {
  const { t } = useTranslation('webhook-log');
  const [shown, setShown] = useState<Shown>('all');
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
      <PageHead title={t('title')} intro={t('intro')}>
        <Button variant="default" onClick={refresh} loading={log.isRefetching}>
          {t('refresh')}
        </Button>
      </PageHead>
      <Filter shown={shown} onShow={setShown} />
      {log.isError && (
        <Trouble text={errorWords(log.error)} action={{ label: t('tryAgain'), onClick: () => void log.refetch() }} />
      )}
      {log.isPending && (
        <Stack gap="xs" role="status" aria-label={t('loading')}>
          <Skeleton height={64} />
          <Skeleton height={64} />
          <Skeleton height={64} />
        </Stack>
      )}
      {log.data && items.length === 0 && <Nothing isWhole={shown === 'all'} />}
      {items.length > 0 && (
        <ul className={classes.list} aria-label={t('list')}>
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
          {t('more')}
        </Button>
      )}
    </>
  );
}

/** All in sight where they fit, in every language; a list on a phone. */
function Filter({ shown, onShow }: { shown: Shown; onShow: (shown: Shown) => void }) {
  const { t } = useTranslation('webhook-log');
  const isPhone = usePhone();
  const data = SHOWN.map((one) => ({ value: one, label: one === 'all' ? t('all') : t(`states.${one}`) }));
  if (isPhone)
    return (
      <NativeSelect
        label={t('filter')}
        className={classes.filter}
        size="md"
        data={data}
        value={shown}
        onChange={({ currentTarget: { value } }) => onShow(SHOWN.find((one) => one === value) ?? 'all')}
      />
    );
  return (
    <div className={classes.filter}>
      <SegmentedControl aria-label={t('filter')} value={shown} onChange={onShow} data={data} />
    </div>
  );
}

function Nothing({ isWhole }: { isWhole: boolean }) {
  const { t } = useTranslation('webhook-log');
  if (!isWhole) return <Text c="dimmed">{t('emptyOf')}</Text>;
  return (
    <div className={classes.empty}>
      <Title order={2} size="h4">
        {t('empty')}
      </Title>
      <Text c="dimmed" size="sm">
        {t('emptyHint')}
      </Text>
    </div>
  );
}

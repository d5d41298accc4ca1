import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type FlowPage, listFlows, listTags } from '../../api/flows.ts';
import type { ListView } from './list-address.ts';

export const BOTS = ['flows'] as const;
/** Rows of a page: as many as one looks through, and few enough to be drawn at once. */
export const PAGE_SIZE = 50;

/** One page of the list. The server goes by cursors, so a page that the address names is reached through those before it. */
export function useBotList({ page, ...narrowing }: ListView) {
  const { q, tag, status, problems, sort } = narrowing;
  const list = useInfiniteQuery({
    queryKey: [...BOTS, narrowing],
    queryFn: ({ pageParam }) =>
      listFlows({
        q: q.trim() || undefined,
        tag: tag || undefined,
        status: status ?? undefined,
        problems,
        sort,
        limit: PAGE_SIZE,
        cursor: pageParam,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (one: FlowPage) => one.next,
    placeholderData: keepPreviousData,
  });
  const pages = list.data?.pages ?? [];
  const { hasNextPage, isFetching, fetchNextPage, isError } = list;
  const isBehind = pages.length < page && hasNextPage;
  useEffect(() => {
    if (isBehind && !isFetching && !isError) void fetchNextPage();
  }, [isBehind, isFetching, isError, fetchNextPage]);
  const shown = pages[Math.min(page, pages.length) - 1];
  const total = pages.at(-1)?.total ?? 0;
  return {
    bots: shown?.items ?? [],
    total,
    page: Math.min(page, Math.max(1, pages.length)),
    hasNext: Boolean(shown?.next),
    isReady: list.isSuccess && !isBehind,
    isPending: list.isPending || isBehind,
    error: list.error,
    refetch: () => void list.refetch(),
  };
}

export const useTagCounts = () => useQuery({ queryKey: [...BOTS, 'tags'], queryFn: listTags });

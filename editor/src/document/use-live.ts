import { parseFlow } from '@parley/runtime';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { readFlow, readVersion } from '../api/flows.ts';
import { listVersions } from '../api/versions.ts';
import { useOpenFlow } from './use-document.ts';

/** What the server knows of a bot's versions stands together: a publishing makes all of it old. */
export const publishKey = (id: string, ...rest: (string | number)[]) => ['flow', id, 'publish', ...rest];

export const useBotId = (): string => useOpenFlow().document.id;

/** What the server says of the bot now: live or not, in which version, and what its checks find. */
export function useBotState(isFresh = false) {
  const id = useBotId();
  return useQuery({
    queryKey: publishKey(id, 'state'),
    queryFn: () => readFlow(id),
    refetchOnMount: isFresh ? 'always' : true,
  });
}

/** What was read last of whether the bot is live, without asking for it. */
export function useKnownState() {
  const id = useBotId();
  return useQuery({ queryKey: publishKey(id, 'state'), queryFn: () => readFlow(id), enabled: false }).data ?? null;
}

/** A version never changes: it is read once. Of the open bot, where no other is named. */
export function useVersionFlow(version: number | null, other?: string) {
  const open = useBotId();
  const id = other ?? open;
  return useQuery({
    queryKey: publishKey(id, 'version', version ?? 0),
    queryFn: async () => parseFlow((await readVersion(id, version ?? 0)).document).flow,
    enabled: version !== null && version > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Those that were published, the newest first, a page at a time. */
export function useVersions() {
  const id = useBotId();
  return useInfiniteQuery({
    queryKey: publishKey(id, 'versions'),
    queryFn: ({ pageParam }) => listVersions(id, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

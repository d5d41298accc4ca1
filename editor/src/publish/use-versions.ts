import { parseFlow } from '@parley/runtime';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { readClashes, readFlow } from '../api/flows.ts';
import { listVersions, readChanges, readPeople, readTesting, readVersion } from '../api/versions.ts';
import { useFlow, useOpenFlow } from '../document/use-document.ts';
import type { Side } from '../document/workbench.ts';

const FLOWS = ['flows'];
const key = (id: string, ...rest: (string | number)[]) => ['flow', id, 'publish', ...rest];

export const useBotId = (): string => useOpenFlow().document.id;

/** What the server says of the bot now: live or not, in which version, and what its checks find. */
export function useBotState(isFresh = false) {
  const id = useBotId();
  return useQuery({
    queryKey: key(id, 'state'),
    queryFn: () => readFlow(id),
    refetchOnMount: isFresh ? 'always' : true,
  });
}

/** What was read last of whether the bot is live, without asking for it. */
export function useKnownStatus() {
  const id = useBotId();
  const state = useQuery({ queryKey: key(id, 'state'), queryFn: () => readFlow(id), enabled: false });
  return state.data?.status ?? null;
}

export function useVersions() {
  const id = useBotId();
  return useInfiniteQuery({
    queryKey: key(id, 'versions'),
    queryFn: ({ pageParam }) => listVersions(id, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

/** A version never changes: it is read once. */
export function useVersionFlow(version: number | null) {
  const id = useBotId();
  return useQuery({
    queryKey: key(id, 'version', version ?? 0),
    queryFn: async () => parseFlow((await readVersion(id, version ?? 0)).document).flow,
    enabled: version !== null && version > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** A version's flow, or the draft as it stands; null while it is read, or where it cannot be drawn. */
export function useSideFlow(side: Side | null) {
  const draft = useFlow((flow) => flow);
  const { data } = useVersionFlow(typeof side === 'number' ? side : null);
  return side === 'draft' ? draft : (data ?? null);
}

/** Where live bots want the same messages as the saved draft. */
export function useClashes() {
  const id = useBotId();
  return useQuery({ queryKey: key(id, 'clashes'), queryFn: () => readClashes(id, 'draft'), refetchOnMount: 'always' });
}

export function usePeople(isWanted = true) {
  const id = useBotId();
  return useQuery({
    queryKey: key(id, 'people'),
    queryFn: () => readPeople(id),
    enabled: isWanted,
    refetchOnMount: 'always',
  });
}

export function useChanges(isWanted: boolean) {
  const id = useBotId();
  return useQuery({
    queryKey: key(id, 'changes'),
    queryFn: () => readChanges(id),
    enabled: isWanted,
    refetchOnMount: 'always',
  });
}

export const testingKey = (id: string) => key(id, 'testing');
export function useTesting() {
  const id = useBotId();
  return useQuery({ queryKey: testingKey(id), queryFn: () => readTesting(id) });
}

/** Reads again whatever a publishing, a new name or somebody else may have changed; versions themselves stay. */
export function useRefresh(): () => Promise<void> {
  const client = useQueryClient();
  const id = useBotId();
  return useCallback(async () => {
    const mine = ['state', 'versions', 'people', 'changes', 'testing'];
    await Promise.all([
      ...mine.map((one) => client.invalidateQueries({ queryKey: key(id, one) })),
      client.invalidateQueries({ queryKey: FLOWS }),
    ]);
  }, [client, id]);
}

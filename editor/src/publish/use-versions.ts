import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { readClashes } from '../api/flows.ts';
import { readChanges, readPeople, readTesting } from '../api/versions.ts';
import { useFlow } from '../document/use-document.ts';
import { publishKey, useBotId, useVersionFlow } from '../document/use-live.ts';
import type { Side } from '../document/workbench.ts';

const FLOWS = ['flows'];

/** A version's flow, or the draft as it stands; null while it is read, or where it cannot be drawn. */
export function useSideFlow(side: Side | null) {
  const draft = useFlow((flow) => flow);
  const { data } = useVersionFlow(typeof side === 'number' ? side : null);
  return side === 'draft' ? draft : (data ?? null);
}

/** Where live bots want the same messages as the saved draft. */
export function useClashes() {
  const id = useBotId();
  return useQuery({
    queryKey: publishKey(id, 'clashes'),
    queryFn: () => readClashes(id, 'draft'),
    refetchOnMount: 'always',
  });
}

export function usePeople(isWanted = true) {
  const id = useBotId();
  return useQuery({
    queryKey: publishKey(id, 'people'),
    queryFn: () => readPeople(id),
    enabled: isWanted,
    refetchOnMount: 'always',
  });
}

export function useChanges(isWanted: boolean) {
  const id = useBotId();
  return useQuery({
    queryKey: publishKey(id, 'changes'),
    queryFn: () => readChanges(id),
    enabled: isWanted,
    refetchOnMount: 'always',
  });
}

export const testingKey = (id: string) => publishKey(id, 'testing');
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
      ...mine.map((one) => client.invalidateQueries({ queryKey: publishKey(id, one) })),
      client.invalidateQueries({ queryKey: FLOWS }),
    ]);
  }, [client, id]);
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { listFlows } from '../../api/flows.ts';
import { FLOWS } from './use-flow-actions.ts';

/** The flows whose name holds `query`, latest change first, a page at a time. */
export function useFlowList(query: string) {
  return useInfiniteQuery({
    queryKey: [...FLOWS, query],
    queryFn: ({ pageParam }) => listFlows({ q: query, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { readCounts } from '../api/counts.ts';
import { useBotId } from '../document/use-live.ts';
import { type OwnDates, type RangeName, rangeOf, unitFor } from './range.ts';

export interface Wanted {
  range: RangeName;
  own: OwnDates;
  /** Null: all versions. */
  version: number | null;
}

const EVERY = 15_000; // ms between two looks while the page is seen

/** The numbers of the open bot, renewed while somebody looks. The range moves along with the time. */
export function useCounts({ range, own, version }: Wanted, node: string | null) {
  const flow = useBotId();
  const isRange = rangeOf(range, own, new Date()) !== null;
  return useQuery({
    queryKey: ['counts', flow, range, range === 'own' ? own : null, version, node],
    queryFn: () => {
      const now = new Date();
      const { from, to } = rangeOf(range, own, now) ?? {};
      if (!from || !to) throw new Error('these dates are no range');
      return readCounts(flow, { from, to, version, node, unit: unitFor(from, now) });
    },
    enabled: isRange,
    refetchInterval: EVERY,
    placeholderData: keepPreviousData,
  });
}

import { useState } from 'react';
import type { FlowSummary } from '../../api/flows.ts';

/** Which bots are selected; those that are no longer on the page are not. */
export function useSelection(shown: readonly FlowSummary[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const bots = shown.filter(({ id }) => ids.has(id));
  return {
    ids,
    bots,
    select(id: string, selected: boolean) {
      const next = new Set(ids);
      if (selected) next.add(id);
      else next.delete(id);
      setIds(next);
    },
    selectAll: (selected: boolean) => setIds(new Set(selected ? shown.map(({ id }) => id) : [])),
    clear: () => setIds(new Set()),
  };
}

import { nodeTypes } from '@parley/nodes';
import type { Edit, Flow } from '@parley/runtime';
import { type Change, changedByBoth, changesBetween, changesOf } from './changes.ts';
import { replay } from './document-state.ts';
import { type FlowClash, mergeFlows } from './merge-flows.ts';

/** What two people changed at the same time. */
export interface Dispute {
  ours: Change[];
  /** Null where it is not known from where both began, as the browser had no room for it: the server's own words tell. */
  theirs: Change[] | null;
  /** What of theirs goes where ours are put on top. */
  both: Change[];
  /** The fields that both set to something else. Null where nobody can tell: then ours go on top as a whole. */
  clashes: FlowClash[] | null;
  /** How many of our edits do not fit on theirs, such as those of a step that was removed. */
  lost: number;
}

interface Parties {
  base: Flow | null;
  ours: Flow;
  theirs: Flow;
  pending: readonly Edit[];
}

export function disputeOf({ base, ours, theirs, pending }: Parties): Dispute {
  const our = base ? changesBetween(base, ours) : changesOf(pending, theirs);
  const their = base && changesBetween(base, theirs);
  const clashes = (base && mergeFlows({ base, mine: ours, theirs }, nodeTypes)?.clashes) ?? null;
  return {
    clashes,
    ours: our,
    theirs: their,
    both: their ? changedByBoth(our, their) : [],
    lost: replay(theirs, pending).lost,
  };
}

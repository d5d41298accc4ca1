/** Flows that begin each other in a row, without a word of the person: how many so far, and since when (ISO 8601). */
export interface Chain {
  length: number;
  since: string;
}

const MAX_CHAIN = 10; // nobody means to do that, and each may send
const WINDOW = 600_000; // ms; a chain that is slower than that is no runaway

/** Said where a chain may not grow. */
export const FLOW_LOOP = `${MAX_CHAIN} flows began each other in a row without a word of the person: a loop. It ends here.`;

/** What a flow begins is in a chain with it, also where the flow itself was begun by a person. */
export const chainOf = (chain: Chain | null, now: string): Chain => chain ?? { length: 0, since: now };

/**
 * The chain of a session that another flow asked for in `asking`, in the place of one that was begun in `before`. Null
 * where something else began it: a webhook, a person. A slow chain begins anew, so that a flow may start itself every
 * day. It goes on from the longer of the two: flows that each begin two others are a tree of thousands.
 */
export function lengthened(asking: Chain | null, before: Chain | null, now: string): Chain | null | 'too-long' {
  if (!asking) return null;
  const [longer] = [asking, before]
    .flatMap((one) => (one && Date.parse(now) - Date.parse(one.since) <= WINDOW ? one : []))
    .sort((a, b) => b.length - a.length);
  if (longer && longer.length >= MAX_CHAIN) return 'too-long';
  return longer ? { ...longer, length: longer.length + 1 } : { length: 1, since: now };
}

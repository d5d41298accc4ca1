import type { Chain } from '../engine/documents.ts';

/** What a flow begins is in a chain with it, also where the flow itself was begun by a person. */
export const chainOf = (chain: Chain | null, now: Date): Chain => chain ?? { length: 0, since: now.toISOString() };

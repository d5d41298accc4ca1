import type { Flow } from '@parley/runtime';

/** What of a flow the canvas draws marks on. */
export interface Drawn {
  nodes: readonly { id: string }[];
  edges: Flow['edges'];
}

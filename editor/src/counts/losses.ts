import type { FlowCounts, NodeCount } from '../api/counts.ts';

export interface Loss {
  node: string;
  entered: number;
  /** Went no further: failed, ran out of time, began something else, said STOP. */
  lost: number;
  waiting: number;
  /** Of those who came, 0 to 1; null where nobody came in this range. */
  share: number | null;
}

const LOSING = ['failed', 'expired', 'replaced', 'stopped'];

/** Those whose conversation ended here before the flow did. */
export const lostAt = ({ left }: Pick<NodeCount, 'left'>): number =>
  LOSING.reduce((sum, how) => sum + (left[how] ?? 0), 0);

/** Where people do not go on, the greatest loss first; those who still wait are told beside it. */
export function lossesOf({ nodes }: Pick<FlowCounts, 'nodes'>, isHere: (node: string) => boolean): Loss[] {
  return Object.entries(nodes)
    .filter(([node]) => isHere(node))
    .map(([node, count]): Loss => {
      const lost = lostAt(count);
      const { entered, waiting } = count;
      return { node, entered, lost, waiting, share: entered > 0 ? Math.min(1, (lost + waiting) / entered) : null };
    })
    .filter(({ lost, waiting }) => lost + waiting > 0)
    .sort((one, other) => other.lost + other.waiting - (one.lost + one.waiting) || one.node.localeCompare(other.node));
}

/** Sessions that came to the end of the flow, of those that began; null where none began. */
export const completionOf = ({ sessions, ended }: Pick<FlowCounts, 'sessions' | 'ended'>): number | null =>
  sessions > 0 ? Math.min(1, (ended.done ?? 0) / sessions) : null;

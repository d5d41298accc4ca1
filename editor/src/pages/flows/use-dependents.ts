import { useQueries } from '@tanstack/react-query';
import { type Dependents, type FlowSummary, readDependents } from '../../api/flows.ts';

const MAX_ASKED = 20; // bots; beyond these nobody reads who uses which

/** What a deed on these bots concerns: who runs them, apart from themselves, and how many people are inside. */
export function useDependents(bots: readonly FlowSummary[]): {
  isLooking: boolean;
  users: Dependents['flows'];
  inside: number;
} {
  const asked = useQueries({
    queries: bots.slice(0, MAX_ASKED).map(({ id }) => ({
      queryKey: ['flow', id, 'dependents'],
      queryFn: () => readDependents(id),
      gcTime: 0,
    })),
  });
  const own = new Set(bots.map(({ id }) => id));
  const users = new Map(asked.flatMap(({ data }) => data?.flows.map((flow) => [flow.id, flow] as const) ?? []));
  return {
    isLooking: asked.some(({ isPending }) => isPending),
    users: [...users.values()].filter(({ id }) => !own.has(id)),
    inside: asked.reduce((sum, { data }) => sum + (data?.inside ?? 0), 0),
  };
}

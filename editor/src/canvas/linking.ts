import type { Flow } from '@parley/runtime';
import { nameIn } from './graph.ts';
import { type Direction, neighbour, type Spot } from './navigate.ts';
import { refusalOf } from './refusal.ts';

/** A wire that is being led by arrow keys: the way out that it leaves, and the card that it would lead to. */
export interface Linking {
  source: string;
  port: string;
  /** Key of a card or of a folded group; null where nothing can be led to. */
  target: string | null;
}

/** The step that a wire to a card leads to: a folded group stands for its first one. */
export function stepAt(flow: Flow, key: string): string {
  const { kind, id } = nameIn(key);
  const group = kind === 'group' && flow.layout.groups.find((one) => one.id === id);
  return group ? (group.nodes[0] ?? key) : key;
}

/** The cards that a wire from a step may lead to. */
export const targetsOf = (flow: Flow, spots: readonly Spot[], source: string): Spot[] =>
  spots.filter(({ id }) => refusalOf(flow, source, stepAt(flow, id)) === null);

/** Where one begins: where the way leads already, else the nearest card behind the step, else the nearest at all. */
export function firstTarget(flow: Flow, spots: readonly Spot[], source: string, port: string): string | null {
  const targets = targetsOf(flow, spots, source);
  const wired = flow.edges.find((edge) => edge.source === source && edge.sourceHandle === port)?.target;
  const known = targets.find(({ id }) => stepAt(flow, id) === wired);
  if (known) return known.id;
  const from = spots.find(({ id }) => id === source);
  const others = targets.filter(({ id }) => id !== source);
  for (const direction of ['right', 'down', 'up', 'left'] as const) {
    const next = from && neighbour(unwired(flow), [from, ...others], source, direction);
    if (next) return next;
  }
  return others[0]?.id ?? targets[0]?.id ?? null;
}

/** The card that lies in the direction of an arrow, whatever wires there are. */
export function nextTarget(flow: Flow, spots: readonly Spot[], { source, target }: Linking, direction: Direction) {
  const targets = targetsOf(flow, spots, source);
  return (target !== null && neighbour(unwired(flow), targets, target, direction)) || target;
}

const unwired = (flow: Flow): Flow => ({ ...flow, edges: [] });

import type { Flow } from '@parley/runtime';

const LONGEST = 60; // letters of an id, so that a number still fits behind it (the format allows 64)

/** `ask`, or `ask2` where that is taken. Letters that no id may hold become `_`; a number at the end counts on. */
export function newId(wanted: string, taken: ReadonlySet<string>): string {
  const clean = wanted.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, LONGEST) || 'node';
  if (!taken.has(clean)) return clean;
  const base = clean.replace(/\d+$/, '') || clean;
  let number = 2;
  while (taken.has(`${base}${number}`)) number++;
  return `${base}${number}`;
}

export const nodeIdsOf = ({ nodes }: Flow): Set<string> => new Set(nodes.map(({ id }) => id));

/** An id for an edge, named after the port that it leaves. */
export const newEdgeId = (flow: Pick<Flow, 'edges'>, source: string, port: string): string =>
  newId(`${source}-${port}`, new Set(flow.edges.map(({ id }) => id)));

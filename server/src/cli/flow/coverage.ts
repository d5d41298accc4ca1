import { nodeTypes } from '@parley/nodes';
import { type Flow, portsOf, type ScriptResult } from '@parley/runtime';
import type { Library } from './load-flow.ts';

/** Ports that every node of their kind has: a path of the flow only where the author drew one. */
const ADDED = ['timeout', 'error'];

export interface Coverage {
  ports: number;
  taken: number;
  /** As `node:port`, in the document's order. */
  missed: string[];
}

/** Which ports of a flow some script took: those that its nodes declare, and of the added ones those with an edge. */
export function coverageOf(flow: Flow, taken: ReadonlySet<string>): Coverage {
  const wired = new Set(flow.edges.map((edge) => `${edge.source}:${edge.sourceHandle}`));
  const all = flow.nodes.flatMap((node) => {
    const type = nodeTypes.get(node.type);
    const config = type?.schema.safeParse(node.config);
    const ports = type && config?.success ? portsOf(type, config.data) : [];
    return ports.map((port) => ({ port, key: `${node.id}:${port}` }));
  });
  const counted = all.filter(({ port, key }) => !ADDED.includes(port) || wired.has(key)).map(({ key }) => key);
  const missed = counted.filter((key) => !taken.has(key));
  return { ports: counted.length, taken: counted.length - missed.length, missed };
}

/**
 * The ports that a script took, by the flow they belong to: the empty id is the script's own flow. What ran inside a
 * sub-flow, as `order/ask:next`, counts for the flow that the node `order` runs.
 */
export function takenByFlow(
  { ports, elsewhere }: Pick<ScriptResult, 'ports' | 'elsewhere'>,
  flow: Flow,
  others: Library,
): Map<string, Set<string>> {
  const taken = new Map<string, Set<string>>();
  for (const [id, list] of [['', ports] as const, ...Object.entries(elsewhere)]) {
    for (const port of list) {
      const owner = ownerOf(port, id, (one) => (one === '' ? flow : others[one]));
      if (!owner) continue;
      const known = taken.get(owner.flow) ?? new Set();
      taken.set(owner.flow, known.add(owner.port));
    }
  }
  return taken;
}

function ownerOf(
  port: string,
  flow: string,
  find: (id: string) => Flow | undefined,
): { flow: string; port: string } | null {
  const slash = port.slice(0, port.indexOf(':')).indexOf('/');
  if (slash < 0) return { flow, port };
  const caller = find(flow)?.nodes.find(({ id }) => id === port.slice(0, slash));
  const inner = caller?.config.flow;
  return typeof inner === 'string' ? ownerOf(port.slice(slash + 1), inner, find) : null;
}

/** `flow.json: 12 of 14 ports (86 %); not taken: menu:other, ask:timeout` */
export function coverageLine(file: string, { ports, taken, missed }: Coverage): string {
  const share = ports === 0 ? 100 : Math.floor((100 * taken) / ports);
  const rest = missed.length === 0 ? '' : `; not taken: ${missed.join(', ')}`;
  return `${file}: ${taken} of ${ports} ports (${share} %)${rest}`;
}

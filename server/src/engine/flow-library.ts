import { nodeTypes } from '@parley/nodes';
import { type Flow, type FlowLibrary, parseFlow } from '@parley/runtime';

/** A flow that another one runs inside, as it was at the moment of publishing. */
export interface Callee {
  flow: string;
  version: number;
  /** The caller asked for the newest one, and this was it. */
  latest: boolean;
  document: unknown;
}

type Reference = { flow: string; version: number | 'latest' };

interface Published {
  /** The published version of this number, or the newest; null where there is none in this organization. */
  find(flow: string, version: number | 'latest'): Promise<{ version: number; document: unknown } | null>;
}

const MAX_CALLEES = 100; // of one flow, all depths together; the machine's own limits are in the runtime

/** Every flow that runs inside this document, and inside those, each version once. Unknown ones are left out. */
export async function gatherCallees(document: unknown, published: Published): Promise<Callee[]> {
  const callees = new Map<string, Callee | null>();
  const open = subflowsIn(parseFlow(document).flow);
  for (let reference = open.pop(); reference; reference = open.pop()) {
    const key = `${reference.flow}.${reference.version}`;
    if (callees.has(key) || callees.size >= MAX_CALLEES) continue;
    const found = await published.find(reference.flow, reference.version);
    callees.set(key, found && { flow: reference.flow, latest: reference.version === 'latest', ...found });
    if (found) open.push(...subflowsIn(parseFlow(found.document).flow));
  }
  return [...callees.values()].flatMap((one) => one ?? []);
}

/** What `compileFlow` asks for sub-flows. */
export function libraryOf(callees: readonly Callee[]): FlowLibrary {
  const flows = new Map<string, Flow | null>();
  for (const { flow, version, latest, document } of callees) {
    flows.set(`${flow}.${latest ? 'latest' : version}`, parseFlow(document).flow);
  }
  return (flow, version) => flows.get(`${flow}.${version}`) ?? null;
}

/** Ids of the flows that a document names: those it runs inside, and those it starts. */
export function flowsNamedIn(document: unknown): string[] {
  const { flow } = parseFlow(document);
  const named = flow?.nodes.flatMap(({ type, config }) => {
    const fields = nodeTypes.get(type)?.schema.shape ?? {};
    return Object.entries(fields).flatMap(([name, field]) => {
      const value = config[name];
      return field.meta?.()?.input === 'flow' && typeof value === 'string' ? [value] : [];
    });
  });
  return [...new Set(named ?? [])];
}

function subflowsIn(flow: Flow | null): Reference[] {
  return (flow?.nodes ?? []).flatMap((node) => {
    const type = nodeTypes.get(node.type);
    if (type?.verb.kind !== 'subflow') return [];
    const config = type.schema.safeParse(node.config);
    return config.success ? [type.verb.subflow.flow(config.data)] : [];
  });
}

import {
  type Edit,
  type Flow,
  type FlowNode,
  isReservedName,
  linksOf,
  type NodeTypes,
  namesReadBy,
  portsOf,
  variablesSetBy,
} from '@parley/runtime';
import { newEdgeId, newId, nodeIdsOf } from './new-id.ts';
import { removeEdits, translationsOf } from './remove.ts';
import { NOTHING } from './workbench.ts';

/** Why a selection cannot become a flow of its own: a key of the words that the canvas shows. */
export type ExtractRefusal =
  /** Nothing is selected. */
  | 'empty'
  /** A trigger begins this flow; it cannot run inside another. */
  | 'trigger'
  /** It is entered at several nodes. */
  | 'entries'
  /** A "go to", a keyword or a rule of the flow leads into it, or from it to a node that stays. */
  | 'links'
  /** It ends with a result for the flow that runs this one. */
  | 'ends'
  /** It leads on to more nodes than a flow inside can have ways out. */
  | 'exits';

export type Extracted =
  | { ok: true; document: Flow; edits: (subflowId: string) => Edit[] }
  | { ok: false; reason: ExtractRefusal };

const MAX_EXITS = 20; // ways of `logic.subflow`
const BEFORE = 320; // pixels from the beginning to the first node
const OWN_PORTS = ['next', 'error', 'timeout']; // of `logic.subflow`, no way may be called so

/** What is taken out of a flow. */
interface Piece {
  flow: Flow;
  name: string;
  nodes: readonly FlowNode[];
  chosen: ReadonlySet<string>;
  entry: string;
  /** By node outside: the way that leads there. */
  exits: ReadonlyMap<string, string>;
  /** What its nodes read or set. It goes in, so that a value from before is there, and is not lost where nothing sets it. */
  variables: readonly string[];
  /** What its nodes set. */
  results: readonly string[];
}

/**
 * Makes a selection a flow of its own, and edits that put a node in its place that runs it. The bot behaves as before:
 * what the nodes read goes in, what they set comes out, and each way that led out has a way of its own.
 */
export function extractSubflow(flow: Flow, ids: readonly string[], nodeTypes: NodeTypes, name: string): Extracted {
  const chosen = new Set(ids);
  const nodes = flow.nodes.filter(({ id }) => chosen.has(id));
  const reason = refusalOf(flow, nodes, chosen, nodeTypes);
  if (reason) return { ok: false, reason };
  const entry = entryOf(flow, nodes, chosen);
  if (entry === null) return { ok: false, reason: 'entries' };
  const exits = exitsOf(flow, chosen, nodes, nodeTypes);
  if (exits.size > MAX_EXITS) return { ok: false, reason: 'exits' };
  const results = unique(nodes.flatMap((node) => variablesSetBy(node, nodeTypes)));
  const reads = nodes.flatMap((node) => namesReadBy(node, nodeTypes).map(({ name: read }) => read));
  const variables = unique([...results, ...reads]).filter((one) => !isReservedName(one));
  const piece: Piece = { flow, name, nodes, chosen, entry, exits, variables, results };
  return { ok: true, document: documentOf(piece), edits: (subflowId) => replaceEdits(piece, subflowId) };
}

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();

function refusalOf(
  flow: Flow,
  nodes: readonly FlowNode[],
  chosen: ReadonlySet<string>,
  nodeTypes: NodeTypes,
): ExtractRefusal | null {
  if (nodes.length === 0) return 'empty';
  if (nodes.some(({ type }) => nodeTypes.get(type)?.begins)) return 'trigger';
  const { interrupts, onError, onExpire } = flow.settings;
  const ruled = [...interrupts, onError, onExpire].some((rule) => rule && chosen.has(rule.target));
  const crosses = flow.nodes.some((node) =>
    Object.values(linksOf(node, nodeTypes)).some((target) => chosen.has(target) !== chosen.has(node.id)),
  );
  if (ruled || crosses) return 'links';
  return nodes.some(({ type, config }) => type === 'logic.end' && (config.outcome || config.outputs)) ? 'ends' : null;
}

/** The one node by which the selection is entered. */
function entryOf(flow: Flow, nodes: readonly FlowNode[], chosen: ReadonlySet<string>): string | null {
  const into = flow.edges.filter(({ target }) => chosen.has(target));
  const entered = new Set(into.filter(({ source }) => !chosen.has(source)).map(({ target }) => target));
  const follows = new Set(into.map(({ target }) => target));
  const entries = entered.size > 0 ? [...entered] : nodes.map(({ id }) => id).filter((id) => !follows.has(id));
  return entries.length === 1 ? (entries[0] ?? null) : null;
}

/**
 * Nodes that the selection leads on to, each with the way that leads there. One way alone is `next`; but where something
 * inside also ends, `next` must stay open, since an end inside comes out there.
 */
function exitsOf(
  flow: Flow,
  chosen: ReadonlySet<string>,
  nodes: readonly FlowNode[],
  nodeTypes: NodeTypes,
): Map<string, string> {
  const leaving = flow.edges.filter(({ source, target }) => chosen.has(source) && !chosen.has(target));
  const targets = [...new Set(leaving.map(({ target }) => target))];
  if (targets.length === 1 && !nodes.some((node) => endsHere(flow, node, nodeTypes)))
    return new Map(targets.map((target) => [target, 'next']));
  const taken = new Set(OWN_PORTS);
  return new Map(
    targets.map((target) => {
      const way = newId(target, taken);
      taken.add(way);
      return [target, way];
    }),
  );
}

/** Whether a session may end at this node: it has a port that nothing follows, or none at all. */
function endsHere(flow: Flow, node: FlowNode, nodeTypes: NodeTypes): boolean {
  const type = nodeTypes.get(node.type);
  const config = type?.schema.safeParse(node.config);
  if (!type || !config?.success) return true;
  const linked = linksOf(node, nodeTypes);
  const wired = new Set(flow.edges.filter(({ source }) => source === node.id).map(({ sourceHandle }) => sourceHandle));
  const ports = portsOf(type, config.data);
  return ports.length === 0
    ? Object.keys(linked).length === 0
    : ports.some((port) => port !== 'error' && !wired.has(port));
}

function documentOf({ flow, name, nodes, chosen, entry, exits, variables }: Piece): Flow {
  const taken = new Set(chosen);
  const fresh = (wanted: string): string => {
    const id = newId(wanted, taken);
    taken.add(id);
    return id;
  };
  const start = fresh('start');
  const ends = new Map(
    [...exits].filter(([, way]) => way !== 'next').map(([target, way]) => [target, { id: fresh('end'), way }]),
  );
  const inner = flow.edges.flatMap((edge) => {
    if (!chosen.has(edge.source)) return [];
    if (chosen.has(edge.target)) return [edge];
    const end = ends.get(edge.target);
    return end ? [{ ...edge, target: end.id }] : [];
  });
  const first = { id: newEdgeId({ edges: inner }, start, 'next'), source: start, sourceHandle: 'next', target: entry };
  const { language, timezone } = flow.settings;
  return {
    format: flow.format,
    name,
    nodes: [
      { id: start, type: 'trigger.called', config: {} },
      ...nodes,
      ...[...ends.values()].map(({ id, way }) => ({ id, type: 'logic.end', config: { outcome: way } })),
    ],
    edges: [first, ...inner],
    variables: flow.variables.filter((variable) => variables.includes(variable.name)),
    settings: { language, ...(timezone !== undefined && { timezone }), interrupts: [], priority: 0, channels: [] },
    translations: translated(flow, chosen),
    layout: {
      nodes: placesOf(flow, chosen, { start, entry, ends }),
      groups: flow.layout.groups.filter((group) => group.nodes.length > 0 && group.nodes.every((id) => chosen.has(id))),
      notes: [],
    },
  };
}

function translated(flow: Flow, chosen: ReadonlySet<string>): Flow['translations'] {
  const words: Flow['translations'] = {};
  for (const { language, key, text } of translationsOf(flow, chosen))
    words[language] = { ...words[language], [key]: text };
  return words;
}

/** Nodes stay where they were; the beginning stands before them, each end where the way led to. */
function placesOf(
  { layout }: Flow,
  chosen: ReadonlySet<string>,
  added: { start: string; entry: string; ends: ReadonlyMap<string, { id: string }> },
): Flow['layout']['nodes'] {
  const places = Object.fromEntries(Object.entries(layout.nodes).filter(([id]) => chosen.has(id)));
  const at = layout.nodes[added.entry];
  if (at) places[added.start] = [at[0] - BEFORE, at[1]];
  for (const [target, { id }] of added.ends) {
    const place = layout.nodes[target];
    if (place) places[id] = place;
  }
  return places;
}

function replaceEdits({ flow, name, chosen, entry, exits, variables, results }: Piece, subflowId: string): Edit[] {
  const id = newId('subflow', nodeIdsOf(flow));
  const outcomes = [...exits.values()].filter((way) => way !== 'next');
  const config = {
    flow: subflowId,
    ...(variables.length > 0 && { inputs: Object.fromEntries(variables.map((one) => [one, `{{${one}}}`])) }),
    ...(results.length > 0 && { outputs: Object.fromEntries(results.map((one) => [one, one])) }),
    ...(outcomes.length > 0 && { outcomes }),
  };
  const entering = flow.edges.filter(({ source, target }) => !chosen.has(source) && chosen.has(target));
  return [
    { edit: 'addNode', node: { id, type: 'logic.subflow', label: name, config }, at: flow.layout.nodes[entry] },
    ...removeEdits(flow, { ...NOTHING, nodes: [...chosen] }),
    ...entering.map((edge): Edit => ({ edit: 'connect', edge: { ...edge, target: id } })),
    ...[...exits].map(
      ([target, way]): Edit => ({
        edit: 'connect',
        edge: { id: newEdgeId(flow, id, way), source: id, sourceHandle: way, target },
      }),
    ),
  ];
}

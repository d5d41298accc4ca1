import { type Edge, Flow, type NodeTypes } from '@parley/runtime';
import { type Decide, type MergeSide, mergeOrder, mergeValues, type ValueClash } from './merge-values.ts';
import { setApart } from './set-apart.ts';

/** What two people made of one flow. `base` is what both began from. */
export interface Parties {
  base: Flow;
  mine: Flow;
  theirs: Flow;
}

/** One thing that both changed, for a person to decide. The path begins with a part of the flow: `nodes`, `ask`, `config`, `text`. */
export interface FlowClash extends ValueClash {
  /** Names it among the others. */
  key: string;
}

export interface Merged {
  flow: Flow;
  clashes: FlowClash[];
}

/**
 * Puts the changes of two people together, field by field. Where both changed the same field, `choices` says who wins
 * (without one: mine), and the clash is named. Where things stand on the canvas is not worth a question: mine wins.
 * Null where no valid flow comes of it.
 */
export function mergeFlows(
  { base, mine: given, theirs }: Parties,
  nodeTypes: NodeTypes,
  choices: Readonly<Record<string, MergeSide>> = {},
): Merged | null {
  if ([base, given, theirs].some(hasDoubleWires)) return null;
  const mine = setApart({ base, mine: given, theirs }, nodeTypes);
  const clashes: FlowClash[] = [];
  const decide: Decide = (clash) => {
    if (isQuiet(clash.path)) return clash.mine === undefined ? 'theirs' : 'mine';
    const key = JSON.stringify(clash.path);
    clashes.push({ ...clash, key });
    return choices[key] ?? 'mine';
  };
  const wires = wiresOf({ base, mine, theirs });
  const trees = {
    base: treeOf(base, wires.base),
    mine: treeOf(mine, wires.mine),
    theirs: treeOf(theirs, wires.theirs),
  };
  const tree = mergeValues(trees, decide) as Tree;
  const flow = flowOf(tree, { base, mine, theirs });
  return flow && { flow, clashes };
}

/** Only words that somebody wrote there are asked about. */
const isQuiet = ([part, ...rest]: ValueClash['path']): boolean =>
  ['positions', 'pinned'].includes(String(part)) ||
  (['notes', 'groups'].includes(String(part)) && !['text', 'title'].includes(String(rest.at(-1))));

/** A flow with everything under a name of its own, so that places can be compared whatever stands before them. */
interface Tree {
  name: string;
  settings: Record<string, unknown>;
  nodes: Record<string, Flow['nodes'][number]>;
  wires: Record<string, string>;
  variables: Record<string, Flow['variables'][number]>;
  translations: Flow['translations'];
  positions: Flow['layout']['nodes'];
  pinned: Record<string, true>;
  notes: Record<string, Flow['layout']['notes'][number]>;
  groups: Record<string, Flow['layout']['groups'][number]>;
}

const treeOf = (flow: Flow, wires: Tree['wires']): Tree => ({
  name: flow.name,
  settings: flow.settings,
  nodes: named(flow.nodes, ({ id }) => id),
  wires,
  variables: named(flow.variables, ({ name }) => name),
  translations: flow.translations,
  positions: flow.layout.nodes,
  pinned: Object.fromEntries((flow.layout.pinned ?? []).map((id) => [id, true])),
  notes: named(flow.layout.notes, ({ id }) => id),
  groups: named(flow.layout.groups, ({ id }) => id),
});

const named = <Item>(items: readonly Item[], nameOf: (item: Item) => string): Record<string, Item> =>
  Object.fromEntries(items.map((item) => [nameOf(item), item]));

/** A port has one wire; a file that somebody wrote may say otherwise, and then neither is thrown away here. */
const hasDoubleWires = ({ edges }: Flow): boolean => new Set(edges.map(portOf)).size < edges.length;

const portOf = ({ source, sourceHandle }: Pick<Edge, 'source' | 'sourceHandle'>): string => `${source} ${sourceHandle}`;

/**
 * A wire that went with a removed step was not cut by anybody: to the side that removed the step it is as it was, so that
 * it comes back where the step stays, and gives way where the other side leads it elsewhere.
 */
function wiresOf({ base, mine, theirs }: Parties): Record<keyof Parties, Tree['wires']> {
  const before = Object.fromEntries(base.edges.map((edge) => [portOf(edge), edge.target]));
  const of = (flow: Flow): Tree['wires'] => {
    const ids = new Set(flow.nodes.map(({ id }) => id));
    const gone = base.edges.filter(({ source, target }) => !ids.has(source) || !ids.has(target));
    const own = flow.edges.map((edge): [string, string] => [portOf(edge), edge.target]);
    return Object.fromEntries([...gone.map((edge): [string, string] => [portOf(edge), edge.target]), ...own]);
  };
  return { base: before, mine: of(mine), theirs: of(theirs) };
}

function flowOf(tree: Tree, { base, mine, theirs }: Parties): Flow | null {
  const inOrder = (found: object, namesOf: (flow: Flow) => readonly string[]) => {
    const order = mergeOrder(namesOf(base), namesOf(mine), namesOf(theirs)).filter((name) =>
      Object.hasOwn(found, name),
    );
    // What a decision brings back stands in no list of two that were merged
    return [...order, ...Object.keys(found).filter((name) => !order.includes(name))];
  };
  const kept = <One>(found: Record<string, One>, namesOf: (flow: Flow) => readonly string[]): One[] =>
    inOrder(found, namesOf).flatMap((name) => found[name] ?? []);
  const nodes = kept(tree.nodes, (flow) => flow.nodes.map(idOf));
  const ids = new Set(nodes.map(idOf));
  const ports = inOrder(tree.wires, (flow) => flow.edges.map(portOf));
  const positions = Object.entries({ ...base.layout.nodes, ...theirs.layout.nodes, ...tree.positions });
  const pinned = Object.keys(tree.pinned).filter((id) => ids.has(id));
  const read = Flow.safeParse({
    format: base.format,
    name: tree.name,
    nodes,
    edges: edgesOf(ports, tree.wires, { base, mine, theirs }).filter(
      ({ source, target }) => ids.has(source) && ids.has(target),
    ),
    variables: kept(tree.variables, (flow) => flow.variables.map(({ name }) => name)),
    settings: tree.settings,
    translations: tree.translations,
    layout: {
      nodes: Object.fromEntries(positions.filter(([id]) => ids.has(id))),
      groups: kept(tree.groups, (flow) => flow.layout.groups.map(idOf)).map((group) => ({
        ...group,
        nodes: group.nodes.filter((one) => ids.has(one)),
      })),
      notes: kept(tree.notes, (flow) => flow.layout.notes.map(idOf)),
      ...(pinned.length > 0 && { pinned }),
    },
  });
  return read.success ? read.data : null;
}

const idOf = ({ id }: { id: string }): string => id;

/** Wires with the ids that they have on one of the sides; an id that both gave to different wires counts on. */
function edgesOf(ports: readonly string[], wires: Tree['wires'], { base, mine, theirs }: Parties): Edge[] {
  const known = new Map<string, Edge>();
  for (const flow of [base, mine, theirs])
    for (const edge of flow.edges) known.set(`${portOf(edge)} ${edge.target}`, edge);
  const taken = new Set<string>();
  return ports.flatMap((port) => {
    const edge = known.get(`${port} ${wires[port] ?? ''}`);
    if (!edge) return [];
    let id = edge.id;
    for (let number = 2; taken.has(id); number += 1) id = `${edge.id.slice(0, 60)}${number}`;
    taken.add(id);
    return [{ ...edge, id }];
  });
}

import {
  type Edit,
  type Flow,
  type FlowNode,
  isReservedName,
  linksOf,
  type NodeTypes,
  namesReadBy,
  pointer,
  stringsOf,
  variablesSetBy,
} from '@parley/runtime';
import type { Clip } from './clip.ts';
import { newId, nodeIdsOf } from './new-id.ts';
import { NOTHING, type Selection } from './workbench.ts';

/** What pasted nodes name and this flow, or this installation, does not have. */
export interface Missing {
  kind: 'variable' | 'node' | 'flow' | 'type';
  name: string;
}

export interface Pasted {
  edits: Edit[];
  /** What was pasted, to be selected. */
  selection: Selection;
  missing: Missing[];
}

const UNPLACED_STEP = 160; // pixels between nodes that nobody placed: about a card's height and a gap

/**
 * Edits that put a clip into the flow, its upper left corner at `at`. Ids that are taken get new ones, and what names
 * them follows. `flows` are the ids that a node may run; without them nothing is said of missing flows.
 */
export function pasteEdits(
  flow: Flow,
  clip: Clip,
  at: readonly [number, number],
  nodeTypes: NodeTypes,
  flows: ReadonlySet<string> | null = null,
): Pasted {
  const names = freshNames(clip.nodes, nodeIdsOf(flow));
  const edgeNames = freshNames(clip.edges, new Set(flow.edges.map(({ id }) => id)));
  const noteNames = freshNames(clip.notes, new Set(flow.layout.notes.map(({ id }) => id)));
  const groupNames = freshNames(clip.groups, new Set(flow.layout.groups.map(({ id }) => id)));
  const named = (id: string): string => names.get(id) ?? id;
  const places = placesOf(clip, at);
  const declared = new Set(flow.variables.map(({ name }) => name));
  const pinned = clip.pinned.filter((id) => names.has(id));
  const edits: Edit[] = [
    ...clip.variables
      .filter(({ name }) => !declared.has(name))
      .map((variable): Edit => ({ edit: 'setVariable', variable })),
    ...clip.nodes.map((node): Edit => {
      const renamed = withLinks({ ...node, id: named(node.id) }, names, nodeTypes);
      return { edit: 'addNode', node: renamed, at: places.nodes.get(node.id) };
    }),
    ...clip.edges.map(
      (edge): Edit => ({
        edit: 'connect',
        edge: {
          ...edge,
          id: edgeNames.get(edge.id) ?? edge.id,
          source: named(edge.source),
          target: named(edge.target),
        },
      }),
    ),
    ...clip.notes.map(
      (note): Edit => ({
        edit: 'addNote',
        note: { ...note, id: noteNames.get(note.id) ?? note.id, at: places.notes.get(note.id) ?? note.at },
      }),
    ),
    ...clip.groups.map(
      (group): Edit => ({
        edit: 'group',
        group: { ...group, id: groupNames.get(group.id) ?? group.id, nodes: group.nodes.map(named) },
      }),
    ),
    ...clip.translations
      .filter(({ node }) => names.has(node))
      .map(
        ({ language, key, text, node }): Edit => ({
          edit: 'setTranslation',
          language,
          key: `${named(node)}${key.slice(node.length)}`,
          text,
        }),
      ),
    ...pinAgain(pinned, named, places.nodes),
  ];
  const selection = {
    ...NOTHING,
    nodes: [...names.values()],
    notes: [...noteNames.values()],
    groups: [...groupNames.values()],
  };
  return { edits, selection, missing: missingOf(flow, clip, nodeTypes, flows) };
}

/** A name that is taken counts on: `ask` becomes `ask2`. */
function freshNames(items: readonly { id: string }[], before: ReadonlySet<string>): Map<string, string> {
  const taken = new Set(before);
  // Names that stay are taken first: no other one of the clip may get them
  for (const { id } of items) taken.add(id);
  return new Map(
    items.map(({ id }) => {
      const name = before.has(id) ? newId(id, taken) : id;
      taken.add(name);
      return [id, name];
    }),
  );
}

/** A link such as "go to" that names a copied node leads to its copy. */
export function withLinks(node: FlowNode, names: ReadonlyMap<string, string>, nodeTypes: NodeTypes): FlowNode {
  let linked = node;
  for (const [port, target] of Object.entries(linksOf(node, nodeTypes))) {
    const name = names.get(target) ?? target;
    if (name !== target) linked = withLink(linked, port, { target, name }, nodeTypes);
  }
  return linked;
}

/** Changes only the place that says where the port leads: the same letters elsewhere are a text. */
function withLink(node: FlowNode, port: string, to: { target: string; name: string }, nodeTypes: NodeTypes): FlowNode {
  for (const [path, text] of stringsOf(node.config)) {
    if (text !== to.target) continue;
    const tried: FlowNode = { ...node, config: replacedAt(node.config, path, to.name) as FlowNode['config'] };
    if (linksOf(tried, nodeTypes)[port] === to.name) return tried;
  }
  return node;
}

/** A copy of the value with `next` at the path. */
export function replacedAt(value: unknown, [key, ...rest]: readonly PropertyKey[], next: unknown): unknown {
  if (key === undefined) return next;
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? replacedAt(item, rest, next) : item));
  const object = value as Record<PropertyKey, unknown>;
  return { ...object, [key]: replacedAt(object[key], rest, next) };
}

function placesOf(clip: Clip, [left, top]: readonly [number, number]) {
  const known = new Map(clip.positions.map(({ node, at }) => [node, at]));
  let unplaced = 0;
  const nodes = new Map(
    clip.nodes.map(({ id }): [string, [number, number]] => [id, known.get(id) ?? [0, unplaced++ * UNPLACED_STEP]]),
  );
  const notes = new Map(clip.notes.map(({ id, at }) => [id, at]));
  const all = [...nodes.values(), ...notes.values()];
  const [x, y] = [least(all.map(([one]) => one)), least(all.map(([, one]) => one))];
  const moved = (places: ReadonlyMap<string, readonly [number, number]>) =>
    new Map(
      [...places].map(([id, place]): [string, [number, number]] => [id, [place[0] - x + left, place[1] - y + top]]),
    );
  return { nodes: moved(nodes), notes: moved(notes) };
}

const least = (numbers: readonly number[]): number => numbers.reduce((one, other) => Math.min(one, other), Infinity);

function pinAgain(
  pinned: readonly string[],
  named: (id: string) => string,
  places: ReadonlyMap<string, [number, number]>,
): Edit[] {
  if (pinned.length === 0) return [];
  const positions = Object.fromEntries(pinned.map((id) => [named(id), places.get(id) ?? null]));
  return [{ edit: 'moveNodes', positions, pin: true }];
}

function missingOf(flow: Flow, clip: Clip, nodeTypes: NodeTypes, flows: ReadonlySet<string> | null): Missing[] {
  const all = [...flow.nodes, ...clip.nodes];
  const nodes = new Set(all.map(({ id }) => id));
  const set = [
    ...all.flatMap((node) => variablesSetBy(node, nodeTypes)),
    ...[...flow.variables, ...clip.variables].map(({ name }) => name),
  ];
  const tops = new Set(set.map((name) => name.split('.')[0]));
  const found = clip.nodes.flatMap((node): Missing[] => {
    if (!nodeTypes.has(node.type)) return [{ kind: 'type', name: node.type }];
    const unset = namesReadBy(node, nodeTypes)
      .filter(({ name }) => !isReservedName(name) && !tops.has(name.split('.')[0]))
      .map(({ name }): Missing => ({ kind: 'variable', name }));
    const unlinked = Object.values(linksOf(node, nodeTypes))
      .filter((id) => !nodes.has(id))
      .map((name): Missing => ({ kind: 'node', name }));
    const unknown = flowsRunBy(node, nodeTypes)
      .filter((id) => flows !== null && !flows.has(id))
      .map((name): Missing => ({ kind: 'flow', name }));
    return [...unset, ...unlinked, ...unknown];
  });
  return [...new Map(found.map((one) => [pointer([one.kind, one.name]), one])).values()];
}

/** Other flows that a node runs inside or starts: by convention of the forms, a field with the input `flow` holds an id. */
function flowsRunBy({ type, config }: FlowNode, nodeTypes: NodeTypes): string[] {
  const known = nodeTypes.get(type);
  const parsed = known?.schema.safeParse(config);
  if (!known || !parsed?.success) return [];
  return Object.entries(known.schema.shape).flatMap(([key, field]) => {
    const value = (parsed.data as Record<string, unknown>)[key];
    return field.meta?.()?.input === 'flow' && typeof value === 'string' ? [value] : [];
  });
}

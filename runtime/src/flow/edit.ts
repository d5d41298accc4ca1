import { z } from 'zod';
import { isPrototypeName } from '../json.ts';
import { Edge, Flow, FlowNode, Group, MAX_EDGES, MAX_NODES, MAX_VARIABLES, NodeId, Note, Variable } from './flow.ts';
import { issueText } from './parse-flow.ts';
import { flowError, type Problem, pointer } from './problem.ts';

const Point = z.tuple([z.number(), z.number()]);
const MOST = { nodes: MAX_NODES, edges: MAX_EDGES, variables: MAX_VARIABLES } as const;
const config = z.record(z.string(), z.unknown());

/**
 * A change of a flow. Canvas, API, undo and import all make flows change through `applyEdit`; each edit has an inverse.
 * @example { "edit": "connect", "edge": { "id": "e2", "source": "ask", "sourceHandle": "next", "target": "bye" } }
 */
export const Edit = z.discriminatedUnion('edit', [
  z.object({ edit: z.literal('addNode'), node: FlowNode, at: Point.optional(), index: z.int().min(0).optional() }),
  z.object({ edit: z.literal('removeNode'), id: NodeId }),
  z.object({ edit: z.literal('setConfig'), id: NodeId, config }),
  z.object({ edit: z.literal('setLabel'), id: NodeId, label: z.string().max(200).nullable() }),
  z.object({ edit: z.literal('setVersion'), id: NodeId, version: z.int().min(1).nullable() }),
  z.object({ edit: z.literal('connect'), edge: Edge, index: z.int().min(0).optional() }),
  z.object({ edit: z.literal('disconnect'), id: NodeId }),
  z.object({
    edit: z.literal('moveNodes'),
    positions: z.record(z.string(), Point.nullable()),
    /** True: they now stand where a person put them. False: laying out may move them again. */
    pin: z.boolean().optional(),
  }),
  z.object({ edit: z.literal('addNote'), note: Note, index: z.int().min(0).optional() }),
  z.object({ edit: z.literal('setNote'), note: Note }),
  z.object({ edit: z.literal('removeNote'), id: NodeId }),
  z.object({ edit: z.literal('group'), group: Group, index: z.int().min(0).optional() }),
  z.object({ edit: z.literal('ungroup'), id: NodeId }),
  z.object({ edit: z.literal('setVariable'), variable: Variable, index: z.int().min(0).optional() }),
  z.object({ edit: z.literal('removeVariable'), name: z.string() }),
  z.object({ edit: z.literal('setSetting'), name: z.string().min(1).max(100), value: z.json().optional() }),
  z.object({
    edit: z.literal('setTranslation'),
    language: z.string().min(2).max(35),
    key: z.string().min(1).max(300),
    text: z.string().nullable(),
  }),
  z.object({ edit: z.literal('rename'), name: z.string().max(200) }),
]);
export type Edit = z.infer<typeof Edit>;

export type Edited = { ok: true; flow: Flow; inverse: Edit[] } | { ok: false; problem: Problem };

/**
 * Applies one edit to a flow, which stays as it was; what the edit does not touch is shared with it. The inverse, applied
 * in order, gives the old flow back.
 */
export function applyEdit(flow: Flow, edit: Edit): Edited {
  // Only what the edit brings is read: the rest was a flow before, and a letter typed into one of 1,000 nodes must be cheap
  const read = Edit.safeParse(edit);
  if (!read.success) return brokenBy(read.error);
  const result = change(flow, read.data);
  return result.ok ? withinLimits(result, read.data) : result;
}

function brokenBy({ issues: [issue] }: z.ZodError): Edited {
  const words = issue ? issueText(issue) : 'This edit breaks the flow.';
  return refuse('invalid_edit', words, issue ? pointer(issue.path) : '');
}

/** What an edit can break beside what it brings: the number of things, and settings that are read by name. */
function withinLimits(result: Extract<Edited, { ok: true }>, edit: Edit): Edited {
  const parts = { addNode: 'nodes', connect: 'edges', setVariable: 'variables', setSetting: 'settings' } as const;
  const part = Object.hasOwn(parts, edit.edit) ? parts[edit.edit as keyof typeof parts] : null;
  if (part === 'settings') {
    const read = Flow.shape.settings.safeParse(result.flow.settings);
    return read.success ? { ...result, flow: { ...result.flow, settings: read.data } } : brokenBy(read.error);
  }
  const limit = part === null ? Infinity : MOST[part];
  if (part === null || result.flow[part].length <= limit) return result;
  return refuse('invalid_edit', `Keep at most ${limit} in ${part}.`, `/${part}`);
}

/** Applies edits in order; stops at the first that cannot be made. */
export function applyEdits(flow: Flow, edits: readonly Edit[]): Edited {
  let at = flow;
  const inverse: Edit[] = [];
  for (const edit of edits) {
    const result = applyEdit(at, edit);
    if (!result.ok) return result;
    at = result.flow;
    inverse.unshift(...result.inverse);
  }
  return { ok: true, flow: at, inverse };
}

const refuse = (code: string, message: string, path = ''): Edited => ({
  ok: false,
  problem: flowError(code, message, { path }),
});
const reserve = (name: string) => refuse('reserved_name', `${name} is reserved; choose another name.`);
const done = (flow: Flow, ...inverse: Edit[]): Edited => ({ ok: true, flow, inverse });
const insert = <Item>(list: Item[], item: Item, index = list.length): Item[] => [
  ...list.slice(0, index),
  item,
  ...list.slice(index),
];
const without = <Item>(list: Item[], index: number): Item[] => list.filter((_, at) => at !== index);
const withLayout = (flow: Flow, layout: Partial<Flow['layout']>): Flow => ({
  ...flow,
  layout: { ...flow.layout, ...layout },
});

function change(flow: Flow, edit: Edit): Edited {
  switch (edit.edit) {
    case 'addNode':
      return addNode(flow, edit);
    case 'removeNode':
      return removeNode(flow, edit.id);
    case 'setConfig':
      return setOnNode(flow, edit.id, (node) => [
        { ...node, config: edit.config },
        { ...edit, config: node.config },
      ]);
    case 'setLabel':
      return setOnNode(flow, edit.id, (node) => [
        { ...node, label: edit.label ?? undefined },
        { ...edit, label: node.label ?? null },
      ]);
    case 'setVersion':
      return setOnNode(flow, edit.id, (node) => [
        { ...node, version: edit.version ?? undefined },
        { ...edit, version: node.version ?? null },
      ]);
    case 'connect':
      return connect(flow, edit);
    case 'disconnect': {
      const index = flow.edges.findIndex((edge) => edge.id === edit.id);
      const edge = flow.edges[index];
      if (!edge) return refuse('unknown_edge', `There is no edge ${edit.id}.`);
      return done({ ...flow, edges: without(flow.edges, index) }, { edit: 'connect', edge, index });
    }
    case 'moveNodes':
      return moveNodes(flow, edit);
    case 'addNote':
    case 'setNote':
    case 'removeNote':
      return editNotes(flow, edit);
    case 'group':
    case 'ungroup':
      return editGroups(flow, edit);
    case 'setVariable':
    case 'removeVariable':
      return editVariables(flow, edit);
    case 'setSetting':
      return setSetting(flow, edit.name, edit.value);
    case 'setTranslation':
      return setTranslation(flow, edit);
    case 'rename':
      return done({ ...flow, name: edit.name }, { edit: 'rename', name: flow.name });
  }
}

function addNode(flow: Flow, { node, at, index }: Extract<Edit, { edit: 'addNode' }>): Edited {
  if (flow.nodes.some((one) => one.id === node.id))
    return refuse('duplicate_id', `There is a node ${node.id} already.`);
  const added = { ...flow, nodes: insert(flow.nodes, node, index) };
  const placed = at ? withLayout(added, { nodes: { ...flow.layout.nodes, [node.id]: at } }) : added;
  return done(placed, { edit: 'removeNode', id: node.id }, ...groupsAgain(flow, node.id));
}

/** Takes the node's edges with it, and its place in groups; the inverse brings all of it back. */
function removeNode(flow: Flow, id: string): Edited {
  const index = flow.nodes.findIndex((node) => node.id === id);
  const node = flow.nodes[index];
  if (!node) return refuse('unknown_node', `There is no node ${id}.`);
  const inverse: Edit[] = [{ edit: 'addNode', node, index, at: flow.layout.nodes[id] }];
  flow.edges.forEach((edge, at) => {
    if (edge.source === id || edge.target === id) inverse.push({ edit: 'connect', edge, index: at });
  });
  inverse.push(...groupsAgain(flow, id));
  if (flow.layout.pinned?.includes(id))
    inverse.push({ edit: 'moveNodes', positions: { [id]: flow.layout.nodes[id] ?? null }, pin: true });
  const { [id]: _, ...positions } = flow.layout.nodes;
  const groups = flow.layout.groups.map((group) => ({ ...group, nodes: group.nodes.filter((one) => one !== id) }));
  const edges = flow.edges.filter((edge) => edge.source !== id && edge.target !== id);
  return done(
    withLayout(
      { ...flow, nodes: without(flow.nodes, index), edges },
      { nodes: positions, groups, ...pinnedAs(flow, [id], false) },
    ),
    ...inverse,
  );
}

/** Brings back the groups that name a node, after it was taken out of them. */
const groupsAgain = (flow: Flow, id: string): Edit[] =>
  flow.layout.groups.flatMap((group, index): Edit[] =>
    group.nodes.includes(id)
      ? [
          { edit: 'ungroup', id: group.id },
          { edit: 'group', group, index },
        ]
      : [],
  );

function setOnNode(flow: Flow, id: string, set: (node: FlowNode) => [FlowNode, Edit]): Edited {
  const node = flow.nodes.find((one) => one.id === id);
  if (!node) return refuse('unknown_node', `There is no node ${id}.`);
  const [changed, inverse] = set(node);
  return done({ ...flow, nodes: flow.nodes.map((one) => (one === node ? changed : one)) }, inverse);
}

/** A port holds one edge: connecting it again replaces the old one. */
function connect(flow: Flow, { edge, index }: Extract<Edit, { edit: 'connect' }>): Edited {
  if (flow.edges.some((one) => one.id === edge.id))
    return refuse('duplicate_id', `There is an edge ${edge.id} already.`);
  const missing = [edge.source, edge.target].find((id) => !flow.nodes.some((node) => node.id === id));
  if (missing) return refuse('unknown_node', `There is no node ${missing}.`);
  const before = flow.edges.findIndex((one) => one.source === edge.source && one.sourceHandle === edge.sourceHandle);
  const old = flow.edges[before];
  const edges = old ? without(flow.edges, before) : flow.edges;
  const back: Edit[] = old ? [{ edit: 'connect', edge: old, index: before }] : [];
  return done({ ...flow, edges: insert(edges, edge, index) }, { edit: 'disconnect', id: edge.id }, ...back);
}

function moveNodes(flow: Flow, { positions, pin }: Extract<Edit, { edit: 'moveNodes' }>): Edited {
  const moved = Object.keys(positions);
  const there = new Set(flow.nodes.map((node) => node.id));
  const missing = moved.find((id) => !there.has(id));
  if (missing !== undefined) return refuse('unknown_node', `There is no node ${missing}.`);
  const nodes = { ...flow.layout.nodes };
  for (const [id, at] of Object.entries(positions))
    if (at) nodes[id] = at;
    else delete nodes[id];
  const back = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, flow.layout.nodes[id] ?? null]));
  const changed = withLayout(flow, { nodes, ...(pin !== undefined && pinnedAs(flow, moved, pin)) });
  if (pin === undefined) return done(changed, { edit: 'moveNodes', positions: back(moved) });
  const pinned = new Set(flow.layout.pinned);
  const [held, free] = [moved.filter((id) => pinned.has(id)), moved.filter((id) => !pinned.has(id))];
  const inverse: Edit[] = [];
  if (held.length > 0) inverse.push({ edit: 'moveNodes', positions: back(held), pin: true });
  if (free.length > 0) inverse.push({ edit: 'moveNodes', positions: back(free), pin: false });
  return done(changed, ...inverse);
}

/** Sorted, so that taking back gives the very same list; absent where nothing is pinned. */
function pinnedAs({ layout }: Flow, ids: readonly string[], pin: boolean): Partial<Flow['layout']> {
  const before = layout.pinned ?? [];
  const named = new Set(ids);
  const pinned = pin ? [...new Set([...before, ...ids])].sort() : before.filter((id) => !named.has(id));
  return pinned.length === before.length ? {} : { pinned: pinned.length > 0 ? pinned : undefined };
}

function editNotes(flow: Flow, edit: Extract<Edit, { edit: 'addNote' | 'setNote' | 'removeNote' }>): Edited {
  const { notes } = flow.layout;
  const id = edit.edit === 'removeNote' ? edit.id : edit.note.id;
  const index = notes.findIndex((note) => note.id === id);
  const old = notes[index];
  if (edit.edit === 'addNote') {
    if (old) return refuse('duplicate_id', `There is a note ${id} already.`);
    return done(withLayout(flow, { notes: insert(notes, edit.note, edit.index) }), { edit: 'removeNote', id });
  }
  if (!old) return refuse('unknown_note', `There is no note ${id}.`);
  if (edit.edit === 'removeNote')
    return done(withLayout(flow, { notes: without(notes, index) }), { edit: 'addNote', note: old, index });
  return done(withLayout(flow, { notes: notes.map((note) => (note === old ? edit.note : note)) }), {
    edit: 'setNote',
    note: old,
  });
}

function editGroups(flow: Flow, edit: Extract<Edit, { edit: 'group' | 'ungroup' }>): Edited {
  const { groups } = flow.layout;
  const id = edit.edit === 'group' ? edit.group.id : edit.id;
  const index = groups.findIndex((group) => group.id === id);
  const old = groups[index];
  if (edit.edit === 'ungroup') {
    if (!old) return refuse('unknown_group', `There is no group ${id}.`);
    return done(withLayout(flow, { groups: without(groups, index) }), { edit: 'group', group: old, index });
  }
  if (old) return refuse('duplicate_id', `There is a group ${id} already.`);
  return done(withLayout(flow, { groups: insert(groups, edit.group, edit.index) }), { edit: 'ungroup', id });
}

function editVariables(flow: Flow, edit: Extract<Edit, { edit: 'setVariable' | 'removeVariable' }>): Edited {
  const name = edit.edit === 'removeVariable' ? edit.name : edit.variable.name;
  const index = flow.variables.findIndex((variable) => variable.name === name);
  const old = flow.variables[index];
  if (edit.edit === 'removeVariable') {
    if (!old) return refuse('unknown_variable', `There is no variable ${name}.`);
    return done({ ...flow, variables: without(flow.variables, index) }, { edit: 'setVariable', variable: old, index });
  }
  if (old) {
    const variables = flow.variables.map((variable) => (variable === old ? edit.variable : variable));
    return done({ ...flow, variables }, { edit: 'setVariable', variable: old });
  }
  return done(
    { ...flow, variables: insert(flow.variables, edit.variable, edit.index) },
    { edit: 'removeVariable', name },
  );
}

type SettingValue = Extract<Edit, { edit: 'setSetting' }>['value'];

function setSetting(flow: Flow, name: string, value: SettingValue): Edited {
  if (isPrototypeName(name)) return reserve(name);
  const { [name]: old, ...rest } = flow.settings as Record<string, unknown>;
  const settings = (value === undefined ? rest : { ...rest, [name]: value }) as Flow['settings'];
  return done({ ...flow, settings }, { edit: 'setSetting', name, value: old as SettingValue });
}

/** `text: null` takes the translation away, and the language with its last one. */
function setTranslation(flow: Flow, edit: Extract<Edit, { edit: 'setTranslation' }>): Edited {
  const { language, key, text } = edit;
  const reserved = [language, key].find(isPrototypeName);
  if (reserved) return reserve(reserved);
  const { [key]: old, ...rest } = flow.translations[language] ?? {};
  const words = text === null ? rest : { ...rest, [key]: text };
  const { [language]: _, ...others } = flow.translations;
  const translations = Object.keys(words).length === 0 ? others : { ...flow.translations, [language]: words };
  return done({ ...flow, translations }, { edit: 'setTranslation', language, key, text: old ?? null });
}

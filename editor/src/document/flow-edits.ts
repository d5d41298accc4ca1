import { canonicalJson, type Edit, type Flow, type FlowNode } from '@parley/runtime';

/**
 * Edits that turn one flow into another, in the order in which they can be made: to bring back a version, or to take over
 * a document that somebody wrote as text, as one thing that can be undone. Nothing for two flows that are the same.
 */
export function editsBetween(before: Flow, after: Flow): Edit[] {
  const stay = keptInOrder(before.nodes, after.nodes, (one, other) => one.type === other.type);
  return [
    ...(before.name === after.name ? [] : [{ edit: 'rename', name: after.name } as const]),
    ...settingEdits(before, after),
    ...nodeEdits(before, after, stay),
    ...edgeEdits(before, after, stay),
    ...variableEdits(before, after),
    ...translationEdits(before, after),
    ...layoutEdits(before, after, stay),
  ];
}

function settingEdits(before: Flow, after: Flow): Edit[] {
  const old: Record<string, unknown> = before.settings;
  const fresh: Record<string, unknown> = after.settings;
  return differentKeys(old, fresh).map((name) => {
    const value = fresh[name] as Extract<Edit, { edit: 'setSetting' }>['value'];
    return { edit: 'setSetting', name, ...(value !== undefined && { value }) };
  });
}

function nodeEdits(before: Flow, after: Flow, stay: ReadonlySet<string>): Edit[] {
  const old = byId(before.nodes);
  return [
    ...before.nodes.filter(({ id }) => !stay.has(id)).map(({ id }): Edit => ({ edit: 'removeNode', id })),
    ...after.nodes.flatMap((node, index): Edit[] => {
      const known = old.get(node.id);
      if (known && stay.has(node.id)) return changesOf(known, node);
      const at = after.layout.nodes[node.id];
      return [{ edit: 'addNode', node, index, ...(at && { at }) }];
    }),
  ];
}

function changesOf(before: FlowNode, after: FlowNode): Edit[] {
  const { id } = after;
  const edits: Edit[] = [];
  if (before.version !== after.version) edits.push({ edit: 'setVersion', id, version: after.version ?? null });
  if (before.label !== after.label) edits.push({ edit: 'setLabel', id, label: after.label ?? null });
  if (!isSame(before.config, after.config)) edits.push({ edit: 'setConfig', id, config: after.config });
  return edits;
}

/** Edges of removed nodes went with them. */
function edgeEdits(before: Flow, after: Flow, stay: ReadonlySet<string>): Edit[] {
  const left = before.edges.filter(({ source, target }) => stay.has(source) && stay.has(target));
  const same = keptInOrder(left, after.edges, isSame);
  return [
    ...left.filter(({ id }) => !same.has(id)).map(({ id }): Edit => ({ edit: 'disconnect', id })),
    ...after.edges.flatMap((edge, index): Edit[] => (same.has(edge.id) ? [] : [{ edit: 'connect', edge, index }])),
  ];
}

function variableEdits(before: Flow, after: Flow): Edit[] {
  const named = (flow: Flow) => flow.variables.map((variable) => ({ id: variable.name, variable }));
  const stay = keptInOrder(named(before), named(after), () => true);
  const old = new Map(before.variables.map((variable) => [variable.name, variable]));
  return [
    ...before.variables
      .filter(({ name }) => !stay.has(name))
      .map(({ name }): Edit => ({ edit: 'removeVariable', name })),
    ...after.variables.flatMap((variable, index): Edit[] => {
      if (!stay.has(variable.name)) return [{ edit: 'setVariable', variable, index }];
      return isSame(old.get(variable.name), variable) ? [] : [{ edit: 'setVariable', variable }];
    }),
  ];
}

function translationEdits(before: Flow, after: Flow): Edit[] {
  const languages = new Set([...Object.keys(before.translations), ...Object.keys(after.translations)]);
  return [...languages].flatMap((language) => {
    const [old, fresh] = [before.translations[language] ?? {}, after.translations[language] ?? {}];
    return differentKeys(old, fresh).map(
      (key): Edit => ({
        edit: 'setTranslation',
        language,
        key,
        text: fresh[key] ?? null,
      }),
    );
  });
}

function layoutEdits(before: Flow, after: Flow, stay: ReadonlySet<string>): Edit[] {
  const moved = after.nodes
    .filter(({ id }) => stay.has(id) && !isSame(before.layout.nodes[id] ?? null, after.layout.nodes[id] ?? null))
    .map(({ id }) => [id, after.layout.nodes[id] ?? null] as const);
  const positions = Object.fromEntries(moved);
  return [
    ...(moved.length > 0 ? [{ edit: 'moveNodes', positions } as const] : []),
    ...groupEdits(before, after),
    ...noteEdits(before, after),
  ];
}

/** A removed node has left its groups, also where it comes back: they are made again. */
function groupEdits(before: Flow, after: Flow): Edit[] {
  if (isSame(before.layout.groups, after.layout.groups) && isSame(ids(before.nodes), ids(after.nodes))) return [];
  return [
    ...before.layout.groups.map(({ id }): Edit => ({ edit: 'ungroup', id })),
    ...after.layout.groups.map((group, index): Edit => ({ edit: 'group', group, index })),
  ];
}

function noteEdits(before: Flow, after: Flow): Edit[] {
  const stay = keptInOrder(before.layout.notes, after.layout.notes, () => true);
  const old = byId(before.layout.notes);
  return [
    ...before.layout.notes.filter(({ id }) => !stay.has(id)).map(({ id }): Edit => ({ edit: 'removeNote', id })),
    ...after.layout.notes.flatMap((note, index): Edit[] => {
      if (!stay.has(note.id)) return [{ edit: 'addNote', note, index }];
      return isSame(old.get(note.id), note) ? [] : [{ edit: 'setNote', note }];
    }),
  ];
}

/**
 * Ids of the items that may stay where they are: in both lists, alike, and in the same order as the others that stay.
 * A list's order is part of the document; whatever stands elsewhere is taken out and put in again.
 */
function keptInOrder<Item extends { id: string }>(
  before: readonly Item[],
  after: readonly Item[],
  isAlike: (one: Item, other: Item) => boolean,
): Set<string> {
  const places = new Map(after.map((item, index) => [item.id, { item, index }]));
  const common = before.flatMap((item) => {
    const there = places.get(item.id);
    return there && isAlike(item, there.item) ? [{ id: item.id, index: there.index }] : [];
  });
  // Longest rising row: `ends[n]` is the item with the lowest place that ends a row of n + 1
  const ends: number[] = [];
  const previous: number[] = [];
  common.forEach(({ index }, at) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((common[ends[middle] ?? 0]?.index ?? 0) < index) low = middle + 1;
      else high = middle;
    }
    previous[at] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = at;
  });
  const kept = new Set<string>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) kept.add(common[at]?.id ?? '');
  return kept;
}

const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);
const byId = <Item extends { id: string }>(items: readonly Item[]) => new Map(items.map((item) => [item.id, item]));
const isSame = (one: unknown, other: unknown) => canonicalJson(one) === canonicalJson(other);
const differentKeys = (one: Record<string, unknown>, other: Record<string, unknown>) =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((key) => !isSame(one[key], other[key]));

import type { Flow, NodeTypes } from '@parley/runtime';
import { isSame } from './merge-values.ts';
import { newId } from './new-id.ts';
import { withLinks } from './paste.ts';

/**
 * Gives other ids to what is new in `mine` where something else is new in `theirs` under the same: ids are counted up, so
 * that two people who each add a message both call it `send2`.
 */
export function setApart({ base, mine, theirs }: Record<'base' | 'mine' | 'theirs', Flow>, nodeTypes: NodeTypes): Flow {
  const nodes = freshNames([base.nodes, mine.nodes, theirs.nodes]);
  const notes = freshNames([base.layout.notes, mine.layout.notes, theirs.layout.notes]);
  const groups = freshNames([base.layout.groups, mine.layout.groups, theirs.layout.groups]);
  if (nodes.size + notes.size + groups.size === 0) return mine;
  const named = (id: string) => nodes.get(id) ?? id;
  const { layout, settings } = mine;
  const toTarget = <Rule extends { target: string }>(rule: Rule): Rule => ({ ...rule, target: named(rule.target) });
  return {
    ...mine,
    nodes: mine.nodes.map((node) => withLinks({ ...node, id: named(node.id) }, nodes, nodeTypes)),
    edges: mine.edges.map((edge) => ({ ...edge, source: named(edge.source), target: named(edge.target) })),
    settings: {
      ...settings,
      interrupts: settings.interrupts.map(toTarget),
      ...(settings.onError && { onError: toTarget(settings.onError) }),
      ...(settings.onExpire && { onExpire: toTarget(settings.onExpire) }),
    },
    translations: mapValues(mine.translations, (texts) => renameKeys(texts, (key) => renamedKey(key, nodes))),
    layout: {
      ...layout,
      nodes: renameKeys(layout.nodes, named),
      notes: layout.notes.map((note) => ({ ...note, id: notes.get(note.id) ?? note.id })),
      groups: layout.groups.map((group) => ({
        ...group,
        id: groups.get(group.id) ?? group.id,
        nodes: group.nodes.map(named),
      })),
      ...(layout.pinned && { pinned: layout.pinned.map(named) }),
    },
  };
}

type Items = readonly { id: string }[];

/** Only what both added and made differently needs another id. */
function freshNames([base, mine, theirs]: readonly [Items, Items, Items]): Map<string, string> {
  const known = new Set(base.map(({ id }) => id));
  const others = new Map(theirs.map((item) => [item.id, item]));
  const taken = new Set([...base, ...mine, ...theirs].map(({ id }) => id));
  const names = new Map<string, string>();
  for (const item of mine) {
    const other = others.get(item.id);
    if (known.has(item.id) || !other || isSame(item, other)) continue;
    const name = newId(item.id, taken);
    taken.add(name);
    names.set(item.id, name);
  }
  return names;
}

/** Keys of translations begin with the step's id: `ask.text`. */
function renamedKey(key: string, names: ReadonlyMap<string, string>): string {
  const [id = ''] = key.split('.');
  return `${names.get(id) ?? id}${key.slice(id.length)}`;
}

const renameKeys = <Value>(from: Readonly<Record<string, Value>>, name: (key: string) => string) =>
  Object.fromEntries(Object.entries(from).map(([key, value]) => [name(key), value]));
const mapValues = <Value>(from: Readonly<Record<string, Value>>, change: (value: Value) => Value) =>
  Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(value)]));

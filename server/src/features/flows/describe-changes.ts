import { canonicalJson } from '@parley/runtime';

const MAX_WORDS = 50; // sentences kept for one revision: whoever changed more is told the number

/** What lists of a document hold, whether or not the document is whole. */
interface Item {
  id: string;
  [field: string]: unknown;
}

/**
 * What one saving changed, in words, for the person whose own saving came too late:
 * `["Added the node ask (chat.ask)", "Changed the config of menu"]`. Both documents may be broken.
 */
export function describeChanges(before: unknown, after: unknown): string[] {
  const words = [
    ...describeList(itemsOf(before, 'nodes'), itemsOf(after, 'nodes'), nodeWords),
    ...describeList(itemsOf(before, 'edges'), itemsOf(after, 'edges'), edgeWords),
    ...describeRest(before, after),
  ];
  if (words.length <= MAX_WORDS) return words;
  return [...words.slice(0, MAX_WORDS), `And ${words.length - MAX_WORDS} more changes`];
}

/** One thing that a saving changed, for pages that say it in the reader's language. */
export interface ChangedPlace {
  what: 'added' | 'removed' | 'changed' | 'wires' | 'layout' | 'settings' | 'variables' | 'translations' | 'name';
  /** The step's id, and what people call it. */
  node?: string;
  label?: string;
  type?: string;
}

const MAX_PLACES = 12; // of one saving; kept in the flow's own row for each of the last savings
const OF_THE_FLOW = ['layout', 'settings', 'variables', 'translations', 'name'] as const;

/** The same as `describeChanges` without sentences: each step once. */
export function changedPlaces(before: unknown, after: unknown): ChangedPlace[] {
  const [old, fresh] = [itemsOf(before, 'nodes'), itemsOf(after, 'nodes')];
  const removed = [...old.values()].filter(({ id }) => !fresh.has(id)).map((node) => placeOf('removed', node));
  const rest = [...fresh.values()].flatMap((node) => {
    const known = old.get(node.id);
    if (!known) return [placeOf('added', node)];
    return isSame(known, node) ? [] : [placeOf('changed', node)];
  });
  const fields = changedFields(fieldsOf(before), fieldsOf(after));
  const flow = OF_THE_FLOW.filter((field) => fields.includes(field)).map((what) => ({ what }));
  const wires: ChangedPlace[] = fields.includes('edges') ? [{ what: 'wires' }] : [];
  return [...removed, ...rest, ...wires, ...flow].slice(0, MAX_PLACES);
}

const placeOf = (what: ChangedPlace['what'], { id, type, label }: Item): ChangedPlace => ({
  what,
  node: id,
  ...(typeof label === 'string' && { label }),
  ...(typeof type === 'string' && { type }),
});

interface Words {
  added(item: Item): string;
  removed(item: Item): string;
  changed(before: Item, after: Item): string[];
}

const nodeWords: Words = {
  added: ({ id, type }) => `Added the node ${id} (${String(type)})`,
  removed: ({ id }) => `Removed the node ${id}`,
  changed: (before, after) =>
    changedFields(before, after).map((field) => `Changed the ${field} of the node ${after.id}`),
};

const edgeWords: Words = {
  added: (edge) => `Connected ${arrow(edge)}`,
  removed: (edge) => `Disconnected ${arrow(edge)}`,
  changed: (before, after) => [`Moved the connection ${arrow(before)} to ${arrow(after)}`],
};

const arrow = ({ source, sourceHandle, target }: Item) =>
  `${String(source)}.${String(sourceHandle)} -> ${String(target)}`;

function describeList(before: Map<string, Item>, after: Map<string, Item>, words: Words): string[] {
  const removed = [...before.values()].filter(({ id }) => !after.has(id)).map(words.removed);
  const rest = [...after.values()].flatMap((item) => {
    const old = before.get(item.id);
    if (!old) return [words.added(item)];
    return isSame(old, item) ? [] : words.changed(old, item);
  });
  return [...removed, ...rest];
}

function describeRest(before: unknown, after: unknown): string[] {
  const listed = new Set(['nodes', 'edges']);
  return changedFields(fieldsOf(before), fieldsOf(after))
    .filter((field) => !listed.has(field))
    .map((field) => (field === 'layout' ? 'Moved things on the canvas' : `Changed the ${field} of the flow`));
}

function changedFields(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].filter((field) => !isSame(before[field], after[field]));
}

function itemsOf(document: unknown, list: string): Map<string, Item> {
  const items = fieldsOf(document)[list];
  return new Map(Array.isArray(items) ? items.filter(isItem).map((item) => [item.id, item]) : []);
}

const fieldsOf = (document: unknown): Record<string, unknown> =>
  typeof document === 'object' && document !== null ? { ...document } : {};

const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';

const isSame = (one: unknown, other: unknown) => canonicalJson(one) === canonicalJson(other);

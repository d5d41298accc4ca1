import { canonicalJson, type Edge, type Flow, type FlowNode, isObject, type NodeTypes } from '@parley/runtime';
import { type FieldName, fieldName } from './field-name.ts';
import { type PortName, portName, type StepName, stepName } from './step-name.ts';

/** One thing in which two flows differ, with names a person knows and no ids in its words. */
export type Fact =
  | { kind: 'flow_renamed'; before: string; after: string }
  | { kind: 'step_added' | 'step_removed'; node: StepName }
  | { kind: 'step_renamed'; node: StepName; before: StepName; after: StepName }
  | { kind: 'step_updated'; node: StepName; before: number; after: number }
  | { kind: 'field_changed'; node: StepName; field: FieldName; before: unknown; after: unknown }
  /** One of a list, such as a button. */
  | { kind: 'item_added' | 'item_removed'; node: StepName; field: FieldName; item: unknown }
  /** The items are the same ones in another order. */
  | { kind: 'field_ordered'; node: StepName; field: FieldName }
  /** Where a way out leads: null is nowhere. */
  | { kind: 'wire_changed'; node: StepName; port: PortName; before: StepName | null; after: StepName | null }
  | { kind: 'setting_changed'; name: string; before: unknown; after: unknown }
  | { kind: 'variable_added' | 'variable_removed'; name: string }
  | { kind: 'variable_changed'; name: string; before: unknown; after: unknown }
  | {
      kind: 'translation_changed';
      language: string;
      node: StepName | null;
      before: string | null;
      after: string | null;
    }
  | { kind: 'layout_changed' };

/** The step that a fact is about, to show it on the canvas. */
export const stepOf = (fact: Fact): StepName | null => ('node' in fact ? fact.node : null);

/** What changed from one flow to the other: steps first, in the order of the flow, then what belongs to all of it. */
export function describeDifference(before: Flow, after: Flow, nodeTypes: NodeTypes): Fact[] {
  const names = createNames(before, after, nodeTypes);
  const facts: Fact[] = [];
  if (before.name !== after.name) facts.push({ kind: 'flow_renamed', before: before.name, after: after.name });
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  for (const node of after.nodes) {
    const known = old.get(node.id);
    if (!known) facts.push({ kind: 'step_added', node: names.now(node.id) });
    else facts.push(...stepFacts(known, node, names, nodeTypes), ...wireFacts(node.id, before, after, names));
  }
  for (const { id } of before.nodes)
    if (!after.nodes.some((node) => node.id === id)) facts.push({ kind: 'step_removed', node: names.before(id) });
  return [
    ...facts,
    ...settingFacts(before, after),
    ...variableFacts(before, after),
    ...translationFacts(before, after, names),
    ...(isSame(before.layout, after.layout) ? [] : [{ kind: 'layout_changed' } as const]),
  ];
}

/** Whether customers notice: everything but where things stand on the canvas. */
export const changesBehaviour = (facts: readonly Fact[]): boolean =>
  facts.some(({ kind }) => kind !== 'layout_changed');

interface Names {
  now(id: string): StepName;
  before(id: string): StepName;
  port(id: string, port: string): PortName;
}

function createNames(before: Flow, after: Flow, nodeTypes: NodeTypes): Names {
  const [old, fresh] = [before, after].map((flow) => new Map(flow.nodes.map((node) => [node.id, node]))) as [
    Map<string, FlowNode>,
    Map<string, FlowNode>,
  ];
  const titles = new Map<string, Set<string>>();
  for (const { id, type, label } of [...before.nodes, ...after.nodes])
    if (!label) titles.set(type, (titles.get(type) ?? new Set()).add(id));
  const named = (id: string, node: FlowNode | undefined) => {
    const name = stepName(node ?? { id, type: '', config: {} }, nodeTypes);
    // The only one of its kind is known without its words
    return (titles.get(node?.type ?? '')?.size ?? 0) > 1 ? name : { ...name, words: null };
  };
  return {
    now: (id) => named(id, fresh.get(id) ?? old.get(id)),
    before: (id) => named(id, old.get(id) ?? fresh.get(id)),
    // A choice that is gone still has its words in the flow before
    port: (id, port) => portName([fresh.get(id), old.get(id)], port),
  };
}

function stepFacts(before: FlowNode, after: FlowNode, names: Names, nodeTypes: NodeTypes): Fact[] {
  const node = names.now(after.id);
  if (before.type !== after.type)
    return [
      { kind: 'step_removed', node: names.before(before.id) },
      { kind: 'step_added', node },
    ];
  const facts: Fact[] = [];
  if ((before.label ?? '') !== (after.label ?? ''))
    facts.push({ kind: 'step_renamed', node, before: names.before(before.id), after: node });
  if (before.version !== after.version)
    facts.push({ kind: 'step_updated', node, before: before.version ?? 1, after: after.version ?? 1 });
  const place = { node, type: nodeTypes.get(after.type), configs: [after.config, before.config] };
  return [...facts, ...valueFacts(before.config, after.config, [], place)];
}

type Path = readonly (string | number)[];
type List = readonly unknown[];

interface Place {
  node: StepName;
  type: ReturnType<NodeTypes['get']>;
  configs: readonly unknown[];
}

/** Down to the single field: items of lists are known by their id, or else by where they stand. */
function valueFacts(before: unknown, after: unknown, path: Path, place: Place): Fact[] {
  if (isSame(before, after)) return [];
  const found =
    isObject(before) && isObject(after)
      ? objectFacts(before, after, path, place)
      : isList(before) && isList(after)
        ? listFacts(before, after, path, place)
        : null;
  return found ?? [changed(before, after, path, place)];
}

type Values = Readonly<Record<string, unknown>>;

/** Key by key; what a condition compares is told as one sentence. */
function objectFacts(before: Values, after: Values, path: Path, place: Place): Fact[] {
  const areConditions = isCondition(before) && isCondition(after);
  const isSaid = areConditions && SENTENCE.some((key) => !isSame(before[key], after[key]));
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return [
    ...(isSaid ? [changed(before, after, path, place)] : []),
    ...keys
      .filter((key) => !(path.length > 0 && key === 'id') && !(areConditions && SENTENCE.includes(key)))
      .flatMap((key) => valueFacts(before[key], after[key], [...path, key], place)),
  ];
}

/** Item by item; null where nobody can tell which is which. */
function listFacts(before: List, after: List, path: Path, place: Place): Fact[] | null {
  const [old, fresh] = [byId(before), byId(after)];
  if (old && fresh) return itemFacts(old, fresh, path, place);
  if (before.length === after.length && [...before, ...after].every(isObject))
    return after.flatMap((item, index) => valueFacts(before[index], item, [...path, index], place));
  if (![...before, ...after].every(isCondition)) return null;
  const lacks = (list: List) => (item: unknown) => !list.some((one) => isSame(one, item));
  const facts = [
    ...before.filter(lacks(after)).map((item) => itemFact('item_removed', item, path, place)),
    ...after.filter(lacks(before)).map((item) => itemFact('item_added', item, path, place)),
  ];
  return facts.length > 0 ? facts : null;
}

function itemFacts(old: Items, fresh: Items, path: Path, place: Place): Fact[] {
  const isOrdered = isSame(
    [...fresh.keys()].filter((id) => old.has(id)),
    [...old.keys()].filter((id) => fresh.has(id)),
  );
  const gone = [...old].filter(([id]) => !fresh.has(id));
  return [
    ...gone.map(([, { item }]) => itemFact('item_removed', item, path, place)),
    ...[...fresh].flatMap(([id, { item, index }]) => {
      const known = old.get(id);
      return known
        ? valueFacts(known.item, item, [...path, index], place)
        : [itemFact('item_added', item, path, place)];
    }),
    ...(isOrdered ? [] : [{ kind: 'field_ordered', node: place.node, field: fieldAt(path, place) } as const]),
  ];
}

const fieldAt = (path: Path, { type, configs }: Place): FieldName => fieldName(type, path, configs);

const changed = (before: unknown, after: unknown, path: Path, place: Place): Fact => ({
  kind: 'field_changed',
  node: place.node,
  field: fieldAt(path, place),
  before,
  after,
});

const itemFact = (kind: 'item_added' | 'item_removed', item: unknown, path: Path, place: Place): Fact => ({
  kind,
  node: place.node,
  field: fieldAt(path, place),
  item,
});

const SENTENCE: readonly string[] = ['left', 'operator', 'right'];

/** It is read as one sentence: what is compared means nothing without the comparison. */
export const isCondition = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && typeof value.operator === 'string' && 'left' in value;

const isList = (value: unknown): value is unknown[] => Array.isArray(value);

type Items = Map<string, { item: unknown; index: number }>;

/** Null where not every item has an id of its own. */
function byId(list: readonly unknown[]): Items | null {
  const items: Items = new Map();
  for (const [index, item] of list.entries()) {
    if (!isObject(item) || typeof item.id !== 'string' || items.has(item.id)) return null;
    items.set(item.id, { item, index });
  }
  return items;
}

/** Ways out of a step that is in both flows; those of an added one came with it. */
function wireFacts(id: string, before: Flow, after: Flow, names: Names): Fact[] {
  const [old, fresh] = [waysOut(id, before), waysOut(id, after)];
  return [...new Set([...fresh.keys(), ...old.keys()])].flatMap((port): Fact[] => {
    const [from, to] = [old.get(port) ?? null, fresh.get(port) ?? null];
    if (from === to) return [];
    const fact = { before: from === null ? null : names.before(from), after: to === null ? null : names.now(to) };
    return [{ kind: 'wire_changed', node: names.now(id), port: names.port(id, port), ...fact }];
  });
}

const waysOut = (id: string, { edges }: { edges: readonly Edge[] }): Map<string, string> =>
  new Map(edges.filter(({ source }) => source === id).map(({ sourceHandle, target }) => [sourceHandle, target]));

function settingFacts(before: Flow, after: Flow): Fact[] {
  const [old, fresh]: Record<string, unknown>[] = [before.settings, after.settings];
  return keysOf(old, fresh)
    .filter((name) => !isSame(old?.[name], fresh?.[name]))
    .map((name) => ({ kind: 'setting_changed', name, before: old?.[name], after: fresh?.[name] }));
}

function variableFacts(before: Flow, after: Flow): Fact[] {
  const [old, fresh] = [before, after].map(({ variables }) => new Map(variables.map((one) => [one.name, one])));
  const names = [...new Set([...(fresh?.keys() ?? []), ...(old?.keys() ?? [])])];
  return names.flatMap((name): Fact[] => {
    const [was, is] = [old?.get(name), fresh?.get(name)];
    if (!was) return [{ kind: 'variable_added', name }];
    if (!is) return [{ kind: 'variable_removed', name }];
    if (was.type !== is.type) return [{ kind: 'variable_changed', name, before: was.type, after: is.type }];
    if (isSame(was.initial, is.initial)) return [];
    return [{ kind: 'variable_changed', name, before: was.initial, after: is.initial }];
  });
}

/** Keys of translations begin with the step's id: `ask.text`, `menu.buttons.yes.title`. */
function translationFacts(before: Flow, after: Flow, names: Names): Fact[] {
  const steps = new Set([...before.nodes, ...after.nodes].map(({ id }) => id));
  return keysOf(before.translations, after.translations).flatMap((language) => {
    const [old, fresh] = [before.translations[language] ?? {}, after.translations[language] ?? {}];
    return keysOf(old, fresh)
      .filter((key) => old[key] !== fresh[key])
      .map((key): Fact => {
        const id = key.split('.')[0] ?? '';
        const node = steps.has(id) ? names.now(id) : null;
        return { kind: 'translation_changed', language, node, before: old[key] ?? null, after: fresh[key] ?? null };
      });
  });
}

const keysOf = (...objects: (object | undefined)[]) => [...new Set(objects.flatMap((one) => Object.keys(one ?? {})))];
const isSame = (one: unknown, other: unknown) => canonicalJson(one ?? null) === canonicalJson(other ?? null);

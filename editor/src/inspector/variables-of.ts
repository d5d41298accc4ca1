import { type Flow, type FlowNode, isObject, type NodeTypes, readTemplate } from '@parley/runtime';
import { upstreamOf } from '../document/reach.ts';

export const VARIABLE_TYPES = ['text', 'number', 'boolean', 'date', 'list', 'object', 'any'] as const;
export type VariableType = (typeof VARIABLE_TYPES)[number];

/** A name that a template may read at a node. */
export interface KnownVariable {
  /** As a template writes it: `order.number`. */
  name: string;
  type: VariableType;
  from: 'flow' | 'node' | 'contact' | 'conversation' | 'message' | 'bot' | 'now';
  /** The node that sets it. */
  node: string | null;
  /** Whether what sets it comes before the node in question; true for all that is always there. */
  isBefore: boolean;
  example: string | null;
}

const fixed = (from: KnownVariable['from'], list: [name: string, type: VariableType, example: string | null][]) =>
  list.map(([name, type, example]): KnownVariable => ({ name, type, from, node: null, isBefore: true, example }));

/** What every template sees, whatever the flow does. */
const ALWAYS: readonly KnownVariable[] = [
  ...fixed('contact', [
    ['contact.name', 'text', 'Ana Souza'],
    ['contact.firstName', 'text', 'Ana'],
    ['contact.lastName', 'text', 'Souza'],
    ['contact.phone', 'text', '+351912345678'],
    ['contact.email', 'text', 'ana@example.com'],
    ['contact.language', 'text', 'pt-BR'],
    ['contact.tags', 'list', 'vip, lisbon'],
    ['contact.groups', 'list', 'clients'],
    ['contact.attributes', 'object', null],
    ['contact.consent', 'object', null],
    ['contact.id', 'text', 'con_01J'],
  ]),
  ...fixed('message', [
    ['message.text', 'text', 'Hello'],
    ['message.type', 'text', 'text'],
    ['message.payload', 'text', 'yes'],
    ['message.media', 'list', null],
    ['message.location', 'object', null],
    ['message.data', 'object', null],
    ['message.referral', 'object', null],
  ]),
  ...fixed('conversation', [
    ['conversation.id', 'text', 'cnv_01J'],
    ['conversation.channel', 'text', 'chn_01J'],
    ['conversation.windowClosesAt', 'date', '2026-03-31T14:05:00Z'],
  ]),
  ...fixed('bot', [
    ['flow.name', 'text', 'Welcome'],
    ['flow.id', 'text', 'flw_01J'],
    ['flow.version', 'number', '3'],
    ['campaign', 'object', null],
  ]),
  ...fixed('now', [['now', 'date', '2026-03-31T14:05:00Z']]),
];

/** All names that a template at this node may read: the flow's own first, those that are set before it ahead. */
export function variablesOf(flow: Flow, node: string | null, nodeTypes: NodeTypes): KnownVariable[] {
  const before = node === null ? null : nodesBefore(flow, node, nodeTypes);
  const own = new Map<string, KnownVariable>();
  for (const one of flow.nodes)
    for (const [name, type] of setBy(one, nodeTypes))
      if (!own.has(name) || before?.has(one.id))
        own.set(name, { name, type, from: 'node', node: one.id, isBefore: before?.has(one.id) ?? true, example: null });
  for (const { name, type, initial } of flow.variables) {
    const example = initial === undefined ? null : typeof initial === 'string' ? initial : JSON.stringify(initial);
    own.set(name, { name, type, from: 'flow', node: own.get(name)?.node ?? null, isBefore: true, example });
  }
  const sorted = [...own.values()].sort(
    (one, other) => Number(other.isBefore) - Number(one.isBefore) || one.name.localeCompare(other.name),
  );
  return [...sorted, ...ALWAYS];
}

/** Names in a text's templates that nothing sets. */
export function unknownNames(text: string, known: readonly KnownVariable[]): string[] {
  const tops = new Set(known.map(({ name }) => name.split('.')[0]));
  const reads = readTemplate(text).template?.reads ?? [];
  return [...new Set(reads.filter((name) => !isKnown(name, known, tops)))];
}

function isKnown(name: string, known: readonly KnownVariable[], tops: ReadonlySet<string | undefined>): boolean {
  const [top = '', field] = name.split('.');
  if (!tops.has(top)) return false;
  const isFixed = ['contact', 'conversation', 'message', 'flow'].includes(top);
  return !isFixed || field === undefined || known.some((one) => one.name === `${top}.${field}`);
}

/** What can lead to the node; the node itself only where a way leads round. */
function nodesBefore(flow: Flow, node: string, nodeTypes: NodeTypes): Set<string> {
  const before = flow.edges.filter(({ target }) => target === node).map(({ source }) => source);
  return new Set(upstreamOf(flow, before, nodeTypes));
}

const setByNode = new WeakMap<NodeTypes, WeakMap<FlowNode, readonly Setting[]>>();

/** A node that did not change is read once, however many letters are typed into another. */
function setBy(node: FlowNode, nodeTypes: NodeTypes): readonly Setting[] {
  const known = setByNode.get(nodeTypes) ?? new WeakMap<FlowNode, readonly Setting[]>();
  setByNode.set(nodeTypes, known);
  const found = known.get(node) ?? readSettings(node, nodeTypes);
  known.set(node, found);
  return found;
}

type Setting = readonly [name: string, type: VariableType];

/** Variables that a node sets, with what they will hold as far as its settings tell. */
function readSettings(node: FlowNode, nodeTypes: NodeTypes): Setting[] {
  const type = nodeTypes.get(node.type);
  const parsed = type?.schema.safeParse(node.config);
  const config: Record<string, unknown> = parsed?.success ? parsed.data : node.config;
  const assign = isObject(config.assign) ? Object.entries(config.assign) : [];
  const others = parsed?.success && type ? type.sets(parsed.data) : [];
  return [
    ...(typeof config.saveAs === 'string' ? [[config.saveAs, savedType(node.type, config)] as const] : []),
    ...assign.map(([name, value]): Setting => [name, typeOf(value)]),
    ...others.map((name): Setting => [name, name === config.index ? 'number' : 'any']),
  ];
}

const ANSWERS: Readonly<Record<string, VariableType>> = {
  number: 'number',
  date: 'date',
  media: 'list',
  location: 'object',
};
const SAVED: Readonly<Record<string, VariableType>> = {
  'chat.buttons': 'text',
  'chat.list': 'text',
  'chat.template': 'text',
  'chat.carousel': 'text',
  'chat.locationRequest': 'object',
  'chat.flowForm': 'object',
  'chat.products': 'object',
  'http.request': 'object',
  'trigger.webhook': 'object',
  'trigger.event': 'object',
  'time.hours': 'date',
};

function savedType(type: string, config: Record<string, unknown>): VariableType {
  if (type !== 'chat.ask') return SAVED[type] ?? 'any';
  if (config.answer === 'choice') return config.multiple === true ? 'list' : 'text';
  return ANSWERS[String(config.answer)] ?? 'text';
}

function typeOf(value: unknown): VariableType {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  if (Array.isArray(value)) return 'list';
  if (isObject(value)) return 'object';
  return typeof value === 'string' && !value.includes('{{') ? 'text' : 'any';
}

import type { z } from 'zod';
import type { Flow, FlowNode } from '../flow/flow.ts';
import type { JsonObject } from '../json.ts';
import type { InboundMessage } from '../message/inbound.ts';
import type {
  Assignments,
  CallContext,
  CallOutcome,
  Context,
  Outcome,
  Prompt,
  Received,
  ServiceName,
  TimerRequest,
  WaitContext,
  WaitEvent,
} from './context.ts';

/** How a trigger claims a message: `rank` is lower for the more specific claim (section 3 of the API). */
export const TRIGGER_RANKS = {
  button: 0,
  referral: 1,
  equals: 2,
  starts: 3,
  contains: 4,
  pattern: 5,
  first: 6,
  any: 7,
} as const;
export type TriggerKind = keyof typeof TRIGGER_RANKS;

export interface TriggerClaim {
  kind: TriggerKind;
  /** The word, payload or pattern that matched, kept with the message so that a person sees why this flow answered. */
  by: string;
}

/** What a trigger listens to. Messages and events are claimed; a webhook, a schedule and another flow name their flow and node. */
export type Begins = 'message' | 'webhook' | 'schedule' | 'event' | 'flow';

/** Which flow a node runs inside its own: `latest` is the newest published version when the caller is published. */
export interface SubflowReference {
  flow: string;
  version: number | 'latest';
}

interface Declared<Schema extends z.ZodObject> {
  type: string;
  version?: number;
  title: string;
  group: 'trigger' | 'chat' | 'logic' | 'data' | 'time' | 'people' | 'http';
  icon: string;
  description: string;
  config: Schema;
  /** What edges may leave. `timeout` (on a node that waits) and `error` (on one that sends or calls) are added where they apply. */
  ports: (config: z.output<Schema>) => string[];
  /** Config keys whose lone `{{expression}}` keeps its type (a number stays a number) instead of becoming text. */
  typed?: string[];
  /** Config keys that are never read as templates. */
  literal?: string[];
  /** False where a node that can wait goes on at once with this config (its prompt answers with a port): it has no `timeout`. */
  listens?: (config: z.output<Schema>) => boolean;
  /** True where the node's effects can fail and its `error` port may be wired. Call nodes always can. */
  sends?: boolean;
  /** Ports that lead to a node that the config names, instead of an edge: `{ to: config.target }`. They are not drawn. */
  links?: (config: z.output<Schema>) => Record<string, string>;
  /** True where going round through it comes to an end by itself: the check does not ask for a wait in such a loop. */
  bounded?: boolean;
  /** Config keys that hold the name of a variable which the node sets, beside `saveAs` and the keys of `assign`. */
  sets?: (config: z.output<Schema>) => string[];
}

interface Verbs<Config> {
  run: (ctx: Context<Config>) => Outcome;
  call: (ctx: CallContext<Config>) => Promise<CallOutcome>;
  wait: {
    prompt: (ctx: Context<Config>) => Prompt;
    on: WaitEvent['type'][];
    timers?: (ctx: Context<Config>) => TimerRequest[];
    receive: (ctx: WaitContext<Config>) => Received;
    /** The session sleeps with people: its timers go on while an agent owns the conversation. */
    whileAway?: boolean;
    /** `false` where the choices may hold the flow's interrupt words. */
    interrupts?: boolean;
  };
  /** Runs another flow inside this one, with variables of its own; it comes back by the port that its end names. */
  subflow: {
    flow: (config: Config) => SubflowReference;
    /** Values for the other flow's variables, by name there. */
    inputs: (ctx: Context<Config>) => Assignments;
    /** Which of its outputs to remember: variable here -> output or variable there. */
    outputs: (config: Config) => Record<string, string>;
  };
}

/** A node type as the rest of the house sees it: config read and verbs called without knowing the schema's type. */
export interface NodeType {
  type: string;
  version: number;
  title: string;
  group: string;
  icon: string;
  description: string;
  schema: z.ZodObject;
  ports: (config: unknown) => string[];
  typed: string[];
  literal: string[];
  canFail: boolean;
  /** Whether a node that can wait does so with this config. */
  listens: (config: unknown) => boolean;
  waits: boolean;
  services: ServiceName[];
  bounded: boolean;
  links: (config: unknown) => Record<string, string>;
  sets: (config: unknown) => string[];
  /** Only for nodes that begin a session. */
  begins: Begins | null;
  /** Whether this message is theirs. */
  claims?: (config: unknown, incoming: { message: InboundMessage; first: boolean }) => TriggerClaim | null;
  /** Whether this business event is theirs. */
  claimsEvent?: (config: unknown, event: BusinessEvent) => boolean;
  verb:
    | { kind: 'run'; run: Verbs<unknown>['run'] }
    | { kind: 'call'; call: Verbs<unknown>['call'] }
    | { kind: 'wait'; wait: Verbs<unknown>['wait'] }
    | { kind: 'subflow'; subflow: Verbs<unknown>['subflow'] };
}

/** Something that happened to a contact outside the chat: an order was paid, a form was filled in. */
export interface BusinessEvent {
  name: string;
  data: JsonObject;
}

type NodeDeclaration<Schema extends z.ZodObject> = Declared<Schema> & {
  begins?: Begins;
  claims?: (config: z.output<Schema>, incoming: { message: InboundMessage; first: boolean }) => TriggerClaim | null;
  claimsEvent?: (config: z.output<Schema>, event: BusinessEvent) => boolean;
} & (
    | { run: Verbs<z.output<Schema>>['run'] }
    | { call: Verbs<z.output<Schema>>['call']; services: ServiceName[] }
    | { wait: Verbs<z.output<Schema>>['wait'] }
    | { subflow: Verbs<z.output<Schema>>['subflow'] }
  );

/**
 * Declares a node: its form, its checks and its types come from `config`; exactly one verb says what it does.
 * `run` decides now, `call` asks the world and comes back as an event, `wait` listens.
 *
 * @example defineNode({ type: 'chat.send', ports: () => ['next'], config: z.object({ text: z.string() }),
 *   run: ({ config }) => ({ port: 'next', effects: [{ type: 'message.send', content: { kind: 'text', text: config.text } }] }), ... })
 */
export function defineNode<Schema extends z.ZodObject>(declared: NodeDeclaration<Schema>): NodeType {
  const { version = 1, typed = [], literal = [], sends = false } = declared;
  const common = {
    type: declared.type,
    version,
    title: declared.title,
    group: declared.group,
    icon: declared.icon,
    description: declared.description,
    schema: declared.config,
    ports: declared.ports as NodeType['ports'],
    typed,
    literal,
    listens: (declared.listens ?? (() => true)) as NodeType['listens'],
    bounded: declared.bounded ?? false,
    links: (declared.links ?? (() => ({}))) as NodeType['links'],
    sets: (declared.sets ?? (() => [])) as NodeType['sets'],
    begins: declared.begins ?? (declared.claims ? 'message' : declared.claimsEvent ? 'event' : null),
    claims: declared.claims as NodeType['claims'],
    claimsEvent: declared.claimsEvent as NodeType['claimsEvent'],
  };
  // The one cast of the contract: configs are parsed by `schema` before any verb sees them.
  if ('run' in declared) {
    const run = declared.run as Verbs<unknown>['run'];
    return { ...common, canFail: sends, waits: false, services: [], verb: { kind: 'run', run } };
  }
  if ('call' in declared) {
    const call = declared.call as Verbs<unknown>['call'];
    return { ...common, canFail: true, waits: false, services: declared.services, verb: { kind: 'call', call } };
  }
  if ('subflow' in declared) {
    const subflow = declared.subflow as Verbs<unknown>['subflow'];
    return { ...common, canFail: true, waits: true, services: [], verb: { kind: 'subflow', subflow } };
  }
  const wait = declared.wait as Verbs<unknown>['wait'];
  return { ...common, canFail: sends, waits: true, services: [], verb: { kind: 'wait', wait } };
}

export type NodeTypes = ReadonlyMap<string, NodeType>;

export const nodeTypesOf = (list: readonly NodeType[]): NodeTypes => new Map(list.map((one) => [one.type, one]));

/** A node that waits for somebody can wait in vain; one that only lets time pass cannot. */
const awaitsSomebody = ({ verb }: NodeType): boolean =>
  verb.kind === 'wait' && verb.wait.on.some((event) => event !== 'timer');

/** Every port of a node with this config, the added ones included. */
export function portsOf(type: NodeType, config: unknown): string[] {
  const ports = type.ports(config);
  if (awaitsSomebody(type) && type.listens(config) && !ports.includes('timeout')) ports.push('timeout');
  if (type.canFail && !ports.includes('error')) ports.push('error');
  return ports;
}

/** Where the ports of each node lead, by edge or by link. */
export function nextNodes(flow: Flow, nodeTypes: NodeTypes): Map<string, string[]> {
  const next = new Map<string, string[]>(flow.nodes.map((node) => [node.id, []]));
  for (const edge of flow.edges) next.get(edge.source)?.push(edge.target);
  for (const node of flow.nodes) next.get(node.id)?.push(...Object.values(linksOf(node, nodeTypes)));
  return next;
}

type ReadConfig = ReturnType<z.ZodObject['safeParse']>;
const readConfigs = new WeakMap<object, { schema: z.ZodObject; read: ReadConfig }>();

/**
 * The config of a node as its schema reads it. Documents are never changed in place, so that the checks read each config
 * once, and after an edit only those that it touched.
 */
export function readConfig({ config }: Pick<FlowNode, 'config'>, { schema }: NodeType): ReadConfig {
  const known = readConfigs.get(config);
  if (known?.schema === schema) return known.read;
  const read = schema.safeParse(config);
  readConfigs.set(config, { schema, read });
  return read;
}

/** Ports of a node that lead where its config says; none where the config is wrong. */
export function linksOf(node: FlowNode, nodeTypes: NodeTypes): Record<string, string> {
  const type = nodeTypes.get(node.type);
  const config = type && readConfig(node, type);
  return type && config?.success ? type.links(config.data) : {};
}

export type { Assignments, CallContext, CallOutcome, Context, Outcome, Prompt, Received, WaitContext };

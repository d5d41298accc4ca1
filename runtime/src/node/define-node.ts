import type { z } from 'zod';
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
  /** True where the node's effects can fail and its `error` port may be wired. Call nodes always can. */
  sends?: boolean;
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
  waits: boolean;
  services: ServiceName[];
  /** Only for nodes that begin a session: whether this message is theirs. */
  claims?: (config: unknown, incoming: { message: InboundMessage; first: boolean }) => TriggerClaim | null;
  verb:
    | { kind: 'run'; run: Verbs<unknown>['run'] }
    | { kind: 'call'; call: Verbs<unknown>['call'] }
    | { kind: 'wait'; wait: Verbs<unknown>['wait'] };
}

type NodeDeclaration<Schema extends z.ZodObject> = Declared<Schema> & {
  claims?: (config: z.output<Schema>, incoming: { message: InboundMessage; first: boolean }) => TriggerClaim | null;
} & (
    | { run: Verbs<z.output<Schema>>['run'] }
    | { call: Verbs<z.output<Schema>>['call']; services: ServiceName[] }
    | { wait: Verbs<z.output<Schema>>['wait'] }
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
    claims: declared.claims as NodeType['claims'],
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
  const wait = declared.wait as Verbs<unknown>['wait'];
  return { ...common, canFail: sends, waits: true, services: [], verb: { kind: 'wait', wait } };
}

export type NodeTypes = ReadonlyMap<string, NodeType>;

export const nodeTypesOf = (list: readonly NodeType[]): NodeTypes => new Map(list.map((one) => [one.type, one]));

/** A node that waits for somebody can wait in vain; one that only lets time pass cannot. */
const listens = ({ verb }: NodeType): boolean =>
  verb.kind === 'wait' && verb.wait.on.some((event) => event !== 'timer');

/** Every port of a node with this config, the added ones included. */
export function portsOf(type: NodeType, config: unknown): string[] {
  const ports = type.ports(config);
  if (listens(type) && !ports.includes('timeout')) ports.push('timeout');
  if (type.canFail && !ports.includes('error')) ports.push('error');
  return ports;
}

export type { Assignments, CallContext, CallOutcome, Context, Outcome, Prompt, Received, WaitContext };

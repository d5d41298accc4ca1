import { z } from 'zod';
import { type Compiled, compileFlow } from '../compile/compile-flow.ts';
import type { FlowEvent } from '../compile/memory.ts';
import { FLOW_FORMAT, Flow } from '../flow/flow.ts';
import type { JsonObject } from '../json.ts';
import { inboundText } from '../message/inbound.ts';
import type { Facts } from '../node/context.ts';
import { defineNode, nodeTypesOf } from '../node/define-node.ts';
import type { Snapshot } from '../session/advance.ts';
import { deliver, type Step, start } from '../session/session.ts';

/** Node types for the tests of this room, which knows no node by name: one of each verb, and one that throws. */
const about = { title: 'For tests', group: 'chat', icon: 'test', description: 'For tests.' } as const;
const begin = defineNode({
  ...about,
  type: 'test.begin',
  config: z.strictObject({ kind: z.enum(['any', 'equals']).default('any'), word: z.string().default('') }),
  ports: () => ['next'],
  claims: ({ kind, word }, { message }) =>
    kind === 'any' || message.text === word ? { kind, by: kind === 'any' ? 'any message' : word } : null,
  run: () => ({ port: 'next' }),
});
const say = defineNode({
  ...about,
  type: 'test.say',
  config: z.strictObject({ text: z.string().min(1).max(40) }),
  sends: true,
  ports: () => ['next'],
  run: ({ config: { text } }) => ({
    port: 'next',
    effects: [{ type: 'message.send', content: { kind: 'text', text } }],
  }),
});
const ask = defineNode({
  ...about,
  type: 'test.ask',
  config: z.strictObject({ text: z.string(), saveAs: z.string().optional(), timeout: z.string().optional() }),
  literal: ['saveAs'],
  sends: true,
  ports: () => ['next', 'timeout'],
  wait: {
    prompt: ({ config, asked }) => ({
      effects: [
        { type: 'message.send', content: { kind: 'text', text: `${config.text}${asked > 0 ? ` (${asked})` : ''}` } },
      ],
    }),
    on: ['message'],
    timers: ({ config: { timeout } }) => (timeout ? [{ name: 'timeout', after: timeout }] : []),
    receive: ({ config, event }) => {
      if (event.type !== 'message') return { stay: true };
      if (event.message.text === 'again') return { again: true };
      if (event.message.text === 'stay') return { stay: true };
      return { port: 'next', set: config.saveAs ? { [config.saveAs]: event.message.text } : {} };
    },
  },
});
const stubborn = defineNode({
  ...about,
  type: 'test.stubborn',
  config: z.strictObject({}),
  ports: () => ['next'],
  wait: { prompt: () => ({}), on: ['message'], interrupts: false, receive: () => ({ port: 'next' }) },
});
const rest = defineNode({
  ...about,
  type: 'test.rest',
  config: z.strictObject({ duration: z.string() }),
  ports: () => ['next'],
  wait: {
    prompt: () => ({}),
    on: ['timer'],
    timers: ({ config }) => [{ name: 'over', after: config.duration }],
    receive: () => ({ port: 'next' }),
  },
});
const keep = defineNode({
  ...about,
  type: 'test.keep',
  config: z.strictObject({ assign: z.record(z.string(), z.json()) }),
  typed: ['assign'],
  ports: () => ['next'],
  run: ({ config }) => ({ port: 'next', set: config.assign }),
});
const look = defineNode({
  ...about,
  type: 'test.look',
  config: z.strictObject({ what: z.string() }),
  services: ['http'],
  ports: () => ['next', 'none'],
  call: async ({ services, config }) => {
    const { json } = await services.http({ method: 'GET', url: config.what, headers: {}, body: null });
    return { port: 'next', set: { found: json } };
  },
});
const broken = defineNode({
  ...about,
  type: 'test.broken',
  config: z.strictObject({}),
  ports: () => ['next'],
  run: () => {
    throw new Error('out of order');
  },
});
const lost = defineNode({
  ...about,
  type: 'test.lost',
  config: z.strictObject({}),
  ports: () => ['next'],
  run: () => ({ port: 'nowhere' }),
});

const inside = defineNode({
  ...about,
  type: 'test.inside',
  config: z.strictObject({
    flow: z.string(),
    version: z.union([z.literal('latest'), z.int()]).default('latest'),
    inputs: z.record(z.string(), z.json()).default({}),
    outputs: z.record(z.string(), z.string()).default({}),
  }),
  typed: ['inputs'],
  literal: ['flow', 'outputs'],
  ports: () => ['next', 'declined', 'error'],
  subflow: {
    flow: ({ flow, version }) => ({ flow, version }),
    inputs: ({ config }) => config.inputs as JsonObject,
    outputs: ({ outputs }) => outputs,
  },
});
const end = defineNode({
  ...about,
  type: 'test.end',
  config: z.strictObject({
    reason: z.string().optional(),
    outcome: z.string().optional(),
    outputs: z.record(z.string(), z.json()).default({}),
  }),
  typed: ['outputs'],
  ports: () => [],
  run: ({ config: { reason, outcome, outputs } }) =>
    reason === undefined ? { end: 'done', outcome, outputs: outputs as JsonObject } : { end: 'failed', reason },
});
const jump = defineNode({
  ...about,
  type: 'test.jump',
  config: z.strictObject({ target: z.string(), comeBack: z.boolean().default(false) }),
  literal: ['target'],
  ports: ({ comeBack }) => (comeBack ? ['next'] : []),
  links: ({ target }) => ({ to: target }),
  run: ({ config: { comeBack } }) => ({ port: 'to', ...(comeBack && { comeBackBy: 'next' }) }),
});
const back = defineNode({
  ...about,
  type: 'test.back',
  config: z.strictObject({}),
  ports: () => ['nowhere'],
  run: () => ({ back: true, otherwise: 'nowhere' }),
});
const turns = defineNode({
  ...about,
  type: 'test.turns',
  config: z.strictObject({ count: z.int() }),
  ports: () => ['each', 'done'],
  run: ({ config: { count }, kept, cameRound }) => {
    const turn = cameRound && typeof kept === 'number' ? kept : 0;
    return turn < count ? { port: 'each', keep: turn + 1, set: { turn } } : { port: 'done', keep: null };
  },
});
const tag = defineNode({
  ...about,
  type: 'test.tag',
  config: z.strictObject({ tag: z.string() }),
  ports: () => ['next'],
  run: ({ config }) => ({ port: 'next', effects: [{ type: 'contact.tag', add: [config.tag], remove: [] }] }),
});
const hook = defineNode({
  ...about,
  type: 'test.hook',
  config: z.strictObject({
    saveAs: z.string().default('webhook'),
    whenBusy: z.enum(['skip', 'replace']).default('skip'),
  }),
  begins: 'webhook',
  ports: () => ['next'],
  run: () => ({ port: 'next' }),
});
const happening = defineNode({
  ...about,
  type: 'test.happening',
  config: z.strictObject({
    name: z.string(),
    saveAs: z.string().default('event'),
    whenBusy: z.enum(['skip', 'replace']).default('skip'),
  }),
  ports: () => ['next'],
  claimsEvent: ({ name }, event) => event.name === name,
  run: () => ({ port: 'next' }),
});
const emit = defineNode({
  ...about,
  type: 'test.emit',
  config: z.strictObject({ name: z.string() }),
  ports: () => ['next'],
  run: ({ config: { name } }) => ({ port: 'next', effects: [{ type: 'event.emit', name, data: { from: 'flow' } }] }),
});
const other = defineNode({
  ...about,
  type: 'test.other',
  config: z.strictObject({ flow: z.string(), variables: z.record(z.string(), z.json()).default({}) }),
  ports: () => [],
  run: ({ config: { flow, variables } }) => ({
    end: 'done',
    effects: [{ type: 'flow.start', flow, trigger: null, variables: variables as JsonObject }],
  }),
});

export const talkTypes = nodeTypesOf([
  begin,
  say,
  ask,
  stubborn,
  rest,
  keep,
  look,
  broken,
  lost,
  inside,
  end,
  jump,
  back,
  turns,
  tag,
  hook,
  happening,
  emit,
  other,
]);

type Config = Record<string, unknown>;

/** `{ hi: ['say', { text: 'Hi' }] }` and `['start.next>hi']`; a trigger `start` for any message is there already. */
export function flowOf(
  nodes: Record<string, [type: string, config: Config]>,
  wires: string[],
  more: Config = {},
): Flow {
  return Flow.parse({
    format: FLOW_FORMAT,
    nodes: [
      { id: 'start', type: 'test.begin', config: {} },
      ...Object.entries(nodes).map(([id, [type, config]]) => ({ id, type: `test.${type}`, config })),
    ],
    edges: wires.map((wire, index) => {
      const [, source, sourceHandle, target] = /^([^.]+)\.(.+)>(.+)$/.exec(wire) ?? [];
      return { id: `e${index}`, source, sourceHandle, target };
    }),
    ...more,
  });
}

export const facts: Facts = {
  now: '2026-03-02T09:00:00.000Z',
  contact: {
    id: 'con_1',
    name: 'Ana Silva',
    firstName: 'Ana',
    lastName: 'Silva',
    phone: '+447700900001',
    email: null,
    language: null,
    tags: ['vip'],
    groups: [],
    attributes: {},
  },
  conversation: { id: 'cnv_1', channel: 'chn_1', windowClosesAt: null },
  flow: { id: 'flw_1', name: 'Test', version: 1 },
};

export const heard = (text: string): FlowEvent => ({ type: 'message', message: inboundText(text), facts });

/** A compiled flow and its first step; `flows` are those that it may run inside. */
export function begun(flow: Flow, text = 'hi', flows: Record<string, Flow> = {}): { compiled: Compiled; step: Step } {
  const compiled = compileFlow(flow, talkTypes, (id) => flows[id] ?? null);
  if (!compiled.machine) throw new Error(compiled.problems.map((one) => one.message).join(' '));
  return { compiled, step: start(compiled, { session: 's1', target: 'start', message: inboundText(text), facts }) };
}

/** Delivers to a frozen copy that went through JSON, as the store gives it back. */
export const after = (compiled: Compiled, { snapshot }: { snapshot: Snapshot }, event: FlowEvent): Step =>
  deliver(compiled, frozen(JSON.parse(JSON.stringify(snapshot)) as Snapshot), frozen(event));

export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) frozen(item);
  }
  return value;
}

/** The texts that a step sends. */
export const said = ({ effects }: Step): string[] =>
  effects.map((effect) =>
    effect.type === 'message.send' && effect.content.kind === 'text' ? effect.content.text : effect.type,
  );

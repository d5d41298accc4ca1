import {
  canonicalJson,
  compileFlow,
  deliver,
  type Facts,
  Flow,
  type FlowEvent,
  INBOUND_TYPES,
  inboundMessage,
  isFinal,
  MAX_WALK,
  parseFlow,
  type Snapshot,
  type Step,
  start,
} from '@parley/runtime';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nodeTypes } from './index.ts';
import { CHAT_PORTS, chatConfigs } from './testing/arbitrary-chat.ts';
import { INSIDE, REST_OF_PORTS, restOfConfigs } from './testing/arbitrary-configs.ts';

const IDS = ['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6'];
const text = fc.constantFrom(
  'Hello {{contact.firstName}}',
  '{{message.text}}',
  '{{a}}{{b.c}}',
  '{{#each list}}{{this}} {{/each}}.',
  '{{add (default a 0) 1}}',
  '{{divide a 0}}',
  '{{a}}{{a}}!',
);
const duration = fc.constantFrom('PT0S', 'PT1M', 'P1D', '{{message.text}}', '{{a}}');
const timeout = fc.option(duration, { nil: undefined });
const saveAs = fc.option(fc.constantFrom('a', 'b.c', 'b', 'list'), { nil: undefined });
const choice = fc.constantFrom({ id: 'yes', title: 'Yes' }, { id: 'x', title: '{{a}}' }, { id: '7', title: 'Seven' });
const choices = fc.uniqueArray(choice, { minLength: 1, maxLength: 3, selector: (one) => one.id });

/** One arbitrary config a type; a new type without one is noticed below. */
const CONFIGS: Record<string, fc.Arbitrary<Record<string, unknown>>> = {
  'trigger.message': fc.constant({ match: 'any' }),
  'chat.send': fc.oneof(
    fc.record({ text }),
    fc.record({ kind: fc.constant('image'), url: text, caption: text }),
    fc.record({ kind: fc.constant('location'), latitude: text, longitude: fc.integer() }),
  ),
  'chat.buttons': fc.record({ text, buttons: choices, saveAs, timeout }),
  'chat.list': fc.record({
    text,
    button: fc.constantFrom('See', '{{a}}'),
    sections: choices.map((rows) => [{ rows }]),
    rowsFrom: fc.option(fc.constantFrom('{{list}}', '{{a}}', '{{split "p,q" ","}}'), { nil: undefined }),
    saveIdAs: saveAs,
    saveAs,
    timeout,
  }),
  'chat.template': fc.oneof(
    fc.record({
      name: fc.constant('offer'),
      language: fc.constantFrom('en', 'contact', '{{a}}'),
      parameters: fc.dictionary(fc.constantFrom('1', '2'), text),
    }),
    fc.record({
      name: fc.constant('offer'),
      language: fc.constantFrom('contact', '{{message.text}}'),
      languages: fc.constant(['en_US', 'pt']),
      waitForReply: fc.constant(true),
      buttons: fc.constantFrom<unknown>([{ index: 0, payload: 'yes', title: '{{a}}' }], [{ index: 1, payload: 'x' }]),
      reminders: fc.constant([{ after: 'PT1M', text: '{{a}}' }]),
      saveAs,
      timeout,
    }),
  ),
  'logic.branch': fc.record({
    conditions: fc.array(
      fc.record({
        left: text,
        operator: fc.constantFrom('equals', 'lessThan', 'contains', 'isEmpty', 'matches', 'before', 'hasAll'),
        right: text,
      }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  'data.set': fc.record({
    assign: fc.dictionary(fc.constantFrom('a', 'b.c', 'list'), fc.oneof(text, fc.array(text)), { minKeys: 1 }),
  }),
  'data.code': fc.record({ code: fc.constant('return variables;'), saveAs }),
  'time.wait': fc.record({ duration }),
  'http.request': fc.record({
    url: fc.constantFrom('https://x.example/', '{{a}}'),
    saveAs,
    body: fc.oneof(text, fc.constant(undefined)),
  }),
  'people.handoff': fc.record({ note: text, timeout }),
  ...restOfConfigs({ text, duration, saveAs, ids: IDS }),
  ...chatConfigs({ text, duration, saveAs }),
};

const PORTS = ['next', 'other', 'invalid', 'timeout', 'error', 'yes', 'no', 'x', '7', 'resumed', 'closed'].concat(
  REST_OF_PORTS,
  CHAT_PORTS,
);
const node = fc
  .constantFrom(...[...nodeTypes.values()].filter(({ begins }) => begins === null).map(({ type }) => type))
  .chain((type) => fc.record({ type: fc.constant(type), config: CONFIGS[type] ?? fc.constant({}) }));
const document = fc.record({
  nodes: fc.array(node, { minLength: IDS.length, maxLength: IDS.length }),
  targets: fc.array(fc.option(fc.nat(IDS.length - 1), { freq: 4 }), {
    minLength: IDS.length * PORTS.length,
    maxLength: IDS.length * PORTS.length,
  }),
  onError: fc.option(fc.constantFrom(...IDS), { nil: undefined }),
  interrupt: fc.option(fc.constantFrom(...IDS)),
  expireAfter: fc.option(fc.constantFrom('P1D', 'PT1M'), { nil: undefined }),
});
type Drawn = typeof document extends fc.Arbitrary<infer Value> ? Value : never;

/** A flow of seven nodes whose ports lead anywhere, round in circles too. */
function flowOf({ nodes, targets, onError, interrupt, expireAfter }: Drawn): Flow {
  const trigger = { id: 'start', type: 'trigger.message', config: { match: 'any' } };
  const placed = nodes.map((one, index) => ({ id: IDS[index] ?? '', ...one }));
  const edges = placed.flatMap(({ id, type, config }, at) => {
    const known = nodeTypes.get(type);
    const parsed = known?.schema.safeParse(JSON.parse(JSON.stringify(config)));
    const ports = parsed?.success ? (known?.ports(parsed.data) ?? []).concat(known?.canFail ? ['error'] : []) : [];
    return PORTS.flatMap((port, index) => {
      const target = targets[at * PORTS.length + index];
      return typeof target === 'number' && ports.includes(port)
        ? [{ id: `${id}-${port}`, source: id, sourceHandle: port, target: IDS[target] ?? '' }]
        : [];
    });
  });
  const settings = {
    ...(onError ? { onError: { target: onError } } : {}),
    ...(expireAfter ? { expireAfter } : {}),
    interrupts: interrupt ? [{ keywords: ['menu'], target: interrupt }] : [],
  };
  return Flow.parse(
    JSON.parse(
      JSON.stringify({
        format: 'parley.flow/1',
        nodes: [trigger, ...placed],
        edges: [{ id: 'begin', source: 'start', sourceHandle: 'next', target: 'n0' }, ...edges],
        settings,
        variables: [
          { name: 'list', initial: [1, 'two', null, [3]] },
          { name: 'a', initial: 1 },
        ],
      }),
    ),
  );
}

const message = fc.record({
  type: fc.constantFrom(...INBOUND_TYPES),
  text: fc.option(
    fc.oneof(fc.constantFrom('yes', '1', 'menu', 'ana@example.com', '2026-03-02', 'PT5M', '{{a}}'), fc.string()),
  ),
  payload: fc.option(fc.constantFrom('yes', '7', 'gone')),
  location: fc.option(fc.constant({ latitude: 1, longitude: 2, name: null, address: null })),
  data: fc.option(fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<never>)),
});

const facts: Facts = {
  now: '2026-03-02T09:00:00.000Z',
  contact: {
    id: 'con_1',
    name: 'Ana',
    firstName: 'Ana',
    lastName: null,
    phone: '+447700900001',
    email: null,
    language: null,
    tags: [],
    groups: [],
    attributes: {},
  },
  conversation: { id: 'cnv_1', channel: 'chn_1', windowClosesAt: null },
  flow: { id: 'flw_1', name: 'Random', version: 1 },
};

/** Any event at all, most of them in answer to what the last step asked for. */
const event: fc.Arbitrary<(last: Step) => FlowEvent> = fc.oneof(
  message.map((fields) => () => ({ type: 'message' as const, message: inboundMessage(fields), facts })),
  fc
    .record({ name: fc.constantFrom('timeout', 'over', '$expire', 'none'), stale: fc.boolean() })
    .map(({ name, stale }) => ({ snapshot }: Step) => ({
      type: 'timer' as const,
      name,
      visit: name === '$expire' ? 0 : snapshot.memory.visit - (stale ? 1 : 0),
      facts,
    })),
  fc
    .record({ port: fc.constantFrom('next', 'error', 'nowhere', '$again'), answer: fc.jsonValue() })
    .map(({ port, answer }) => ({ snapshot }: Step) => ({
      type: 'call.settled' as const,
      visit: snapshot.memory.visit,
      port,
      set: { a: answer as never },
      error: null,
      facts,
    })),
  fc.record({ ok: fc.boolean(), back: fc.nat(2) }).map(({ ok, back }) => ({ snapshot }: Step) => ({
    type: 'effect.settled' as const,
    ordinal: snapshot.memory.sent - 1 - back,
    ok,
    error: ok ? null : 'refused',
    facts,
  })),
  fc.nat(3).map((back) => ({ snapshot }: Step) => ({
    type: 'effect.failed' as const,
    ordinal: snapshot.memory.sent - 1 - back,
    error: 'refused',
    facts,
  })),
  fc.constantFrom('resumed' as const, 'closed' as const).map((type) => () => ({ type, facts })),
  fc.constantFrom(...IDS).map((target) => () => ({ type: 'jump' as const, target, facts })),
);

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) frozen(item);
  }
  return value;
}
const stored = (snapshot: Snapshot): Snapshot => frozen(JSON.parse(JSON.stringify(snapshot)));

function mustBeSound(step: Step): void {
  const entered = step.trace.filter((visit) => visit.port === null);
  expect(entered.length).toBeLessThanOrEqual(MAX_WALK + 2);
  expect(canonicalJson(stored(step.snapshot))).toBe(canonicalJson(step.snapshot));
  expect(['done', 'failed'].includes(step.status)).toBe(isFinal(step.snapshot.at));
  expect(step.fault === undefined).toBe(step.status !== 'failed');
  if (!isFinal(step.snapshot.at)) expect(step.snapshot.memory.port).toBe(null);
}

it('every type of node takes part', () => expect(Object.keys(CONFIGS).sort()).toEqual([...nodeTypes.keys()].sort()));

it('no flow and no event makes a step throw, run for ever, or remember what JSON cannot', () => {
  let machines = 0;
  fc.assert(
    fc.property(document, message, fc.array(event, { maxLength: 25 }), (drawn, first, events) => {
      const flow = flowOf(drawn);
      expect(parseFlow(JSON.parse(JSON.stringify(flow))).flow).toEqual(flow);
      const compiled = compileFlow(flow, nodeTypes, () => INSIDE);
      if (!compiled.machine) return;
      machines++;
      let step = start(compiled, { session: 's1', target: 'start', message: inboundMessage(first), facts });
      mustBeSound(step);
      for (const next of events) {
        const given = frozen(next(step));
        const kept = deliver(compiled, step.snapshot, given);
        step = deliver(compiled, stored(step.snapshot), given);
        expect(canonicalJson(kept)).toBe(canonicalJson(step));
        mustBeSound(step);
      }
    }),
    { numRuns: 400 },
  );
  expect(machines).toBeGreaterThan(200);
});

import { nodeTypes } from '@parley/nodes';
import { compileFlow, deliver, type Facts, Flow, inboundText, type Snapshot, start } from '@parley/runtime';
import { assign, createMachine, transition } from 'xstate';

/**
 * What one step costs: a reply that walks 12 nodes with 20 templates and 50 variables, from the saved JSON to the saved
 * JSON, beside XState's bare exported `transition()` over 12 states of a machine of the same size, which renders and saves
 * nothing. Fails where a step on 1,000 nodes costs more than twice a step on 20: a conversation must not pay for the
 * size of its flow.
 */
const SIZES = [20, 200, 1_000];
const WALK = 12;
const VARIABLES = 50;
const WARM_UP = 400; // calls a subject, until the compiler has settled
const BATCH = 50; // calls timed together: the clock is coarser than one call
const ROUNDS = 60; // subjects take turns, so that a busy moment of the machine hits all of them
const BUDGET = 18_000; // milliseconds for all rounds
const MAX_GROWTH = 2;

const facts: Facts = {
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
    attributes: { city: 'Lisbon' },
  },
  conversation: { id: 'cnv_1', channel: 'chn_1', windowClosesAt: null },
  flow: { id: 'flw_1', name: 'Bench', version: 1 },
};

/** ask -> eleven nodes -> ask; the rest of the flow hangs on the question's other ports, wired in a row. */
function flowOf(size: number): Flow {
  const text = (id: string) => ({
    id,
    type: 'chat.send',
    config: { text: 'Hi {{contact.firstName}}, {{v1.text}} is {{v2.number}}.' },
  });
  const walk = [
    { id: 'ask', type: 'chat.ask', config: { text: 'Order of {{contact.name}}?', saveAs: 'order.number' } },
    text('w1'),
    {
      id: 'w2',
      type: 'data.set',
      config: {
        assign: {
          total: '{{add v2.number 1}}',
          who: '{{upper contact.firstName}}',
          city: '{{contact.attributes.city}}',
          at: '{{now}}',
        },
      },
    },
    {
      id: 'w3',
      type: 'logic.branch',
      config: { conditions: [{ left: '{{total}}', operator: 'greaterThan', right: '{{v0.number}}' }] },
    },
    text('w4'),
    {
      id: 'w5',
      type: 'data.set',
      config: {
        assign: {
          a: '{{length v5.text}}',
          b: '{{v7.text}}',
          c: '{{v8.number}} of {{v10.number}}',
          d: '{{default v9.text "-"}}',
        },
      },
    },
    {
      id: 'w6',
      type: 'logic.branch',
      config: { conditions: [{ left: '{{message.text}}', operator: 'contains', right: 'order' }] },
    },
    text('w7'),
    {
      id: 'w8',
      type: 'data.set',
      config: { assign: { last: '{{message.text}}', asked: '{{order.number}}', by: '{{contact.phone}}' } },
    },
    { id: 'w9', type: 'chat.send', config: { text: '{{order.number}}: {{#if total}}{{total}}{{/if}}' } },
    { id: 'w10', type: 'logic.branch', config: { conditions: [{ left: '{{order.number}}', operator: 'isNotEmpty' }] } },
    { id: 'w11', type: 'data.set', config: { assign: { done: true } } },
  ];
  const rest = Array.from({ length: size - WALK - 1 }, (_, i) => text(`r${i}`));
  const wire = (source: string, sourceHandle: string, target: string) => ({
    id: `${source}-${sourceHandle}`,
    source,
    sourceHandle,
    target,
  });
  const ports = ({ type, id }: { type: string; id: string }) =>
    type === 'logic.branch' ? (id === 'w6' ? ['no', 'yes'] : ['yes', 'no']) : ['next'];
  return Flow.parse({
    format: 'parley.flow/1',
    nodes: [{ id: 'start', type: 'trigger.message', config: { match: 'any' } }, ...walk, ...rest],
    edges: [
      wire('start', 'next', 'ask'),
      ...walk.flatMap((node, i) => ports(node).map((port) => wire(node.id, port, walk[(i + 1) % WALK]?.id ?? 'ask'))),
      ...(rest.length > 0 ? [wire('ask', 'invalid', 'r0')] : []),
      ...rest.slice(1).map((node, i) => wire(`r${i}`, 'next', node.id)),
    ],
    variables: Array.from({ length: VARIABLES }, (_, i) => ({
      name: `v${i}.${i % 2 ? 'text' : 'number'}`,
      initial: i % 2 ? `value ${i}` : i,
    })),
    settings: { interrupts: [{ keywords: ['agent', 'menu'], target: 'ask' }] },
  });
}

/** A reply delivered to the saved conversation, as the server does it. */
function parley(size: number): () => number {
  const compiled = compileFlow(flowOf(size), nodeTypes);
  if (!compiled.machine) throw new Error(JSON.stringify(compiled.problems));
  const begun = start(compiled, { session: 's1', target: 'start', message: inboundText('hi'), facts });
  const saved = JSON.stringify(begun.snapshot);
  const event = { type: 'message' as const, message: inboundText('order 12'), facts };
  const { trace, status, fault } = deliver(compiled, begun.snapshot, event);
  const entered = trace.filter((visit) => visit.port === null).length;
  if (entered !== WALK || status !== 'waiting')
    throw new Error(`walked ${entered} nodes and is ${status}: ${fault?.message}`);
  return () => {
    const step = deliver(compiled, JSON.parse(saved) as Snapshot, event);
    return JSON.stringify(step.snapshot).length + JSON.stringify(step.effects).length;
  };
}

/** As many states, walked by as many guarded `always` with one `assign` each; nothing is rendered, restored or saved. */
function bare(size: number): () => number {
  const names = Array.from({ length: size }, (_, i) => `s${i}`);
  const states = names.map((name, i) => {
    const target = i < WALK ? names[(i + 1) % WALK] : names[(i + 1) % size];
    const count = assign({ walked: ({ context }: { context: { walked: number } }) => context.walked + 1 });
    if (i === 0) return [name, { entry: count, on: { message: { target: 's1' } } }] as const;
    return [name, { entry: count, always: [{ guard: () => false, target: 's0' }, { target }] }] as const;
  });
  const variables = Object.fromEntries(Array.from({ length: VARIABLES }, (_, i) => [`v${i}`, i]));
  const machine = createMachine({
    initial: 'idle',
    context: { walked: 0, variables },
    states: {
      idle: { on: { begin: 'main.s0' } },
      main: { id: 'main', initial: 's0', states: Object.fromEntries(states) },
    },
  } as never);
  const snapshot = machine.resolveState({ value: { main: 's0' }, context: { walked: 0, variables } } as never);
  const step = () =>
    transition(machine, snapshot, { type: 'message' } as never)[0] as unknown as { context: { walked: number } };
  if (step().context.walked !== WALK) throw new Error(`XState walked ${step().context.walked} states`);
  return () => step().context.walked;
}

let sink = 0; // read at the end, so that no call can be left out

function timed(call: () => number): number {
  const before = performance.now();
  for (let i = 0; i < BATCH; i++) sink += call();
  return ((performance.now() - before) / BATCH) * 1_000;
}

const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const subjects = SIZES.map((size) => ({
  size,
  parley: parley(size),
  bare: bare(size),
  ours: [] as number[],
  theirs: [] as number[],
}));
for (const subject of subjects) {
  for (let i = 0; i < WARM_UP; i++) sink += subject.parley() + subject.bare();
}
const until = performance.now() + BUDGET;
for (let round = 0; round < ROUNDS && performance.now() < until; round++) {
  for (const subject of subjects) {
    subject.ours.push(timed(subject.parley));
    subject.theirs.push(timed(subject.bare));
  }
}

const rows = subjects.map(({ size, ours, theirs }) => ({ size, ours: median(ours), theirs: median(theirs) }));
const growthOf = (field: 'ours' | 'theirs'): number =>
  (rows.at(-1)?.[field] ?? Number.NaN) / (rows[0]?.[field] ?? Number.NaN);
const cell = (text: string | number, digits = 0): string =>
  (typeof text === 'number' ? text.toFixed(digits) : text).padStart(14);
console.log(
  `A reply over ${WALK} nodes with 20 templates and ${VARIABLES} variables, JSON to JSON; medians of ${subjects[0]?.ours.length} rounds, microseconds`,
);
console.log([cell('nodes'), cell('deliver'), cell('transition()'), cell('ratio')].join(''));
for (const { size, ours, theirs } of rows)
  console.log([cell(size), cell(ours), cell(theirs), cell(ours / theirs, 2)].join(''));
console.log([cell('1000 : 20'), cell(growthOf('ours'), 2), cell(growthOf('theirs'), 2)].join(''));
if (sink === 0) throw new Error('nothing was measured');
if (!(growthOf('ours') <= MAX_GROWTH)) {
  console.error(
    `deliver grows ${growthOf('ours').toFixed(2)} times from 20 to 1,000 nodes; at most ${MAX_GROWTH} are allowed.`,
  );
  process.exitCode = 1;
}

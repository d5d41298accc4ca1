import { Flow } from '@parley/runtime';
import fc from 'fast-check';

/** What the arbitraries of all nodes share: texts with templates, durations, names of variables. */
interface Shared {
  text: fc.Arbitrary<string>;
  duration: fc.Arbitrary<string>;
  saveAs: fc.Arbitrary<string | undefined>;
  /** Nodes that an edge may lead to. */
  ids: string[];
}
type Configs = Record<string, fc.Arbitrary<Record<string, unknown>>>;

/** Ports of these nodes that no other node has. */
export const REST_OF_PORTS = ['each', 'done', 'past', 'open', 'closing', 'nowhere'];

/** What a sub-flow of a random flow runs: it asks, and ends by an outcome or as it comes. */
export const INSIDE = Flow.parse({
  format: 'parley.flow/1',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'any' } },
    { id: 'ask', type: 'chat.ask', config: { text: 'Inside?', saveAs: 'heard', timeout: 'PT1M' } },
    { id: 'end', type: 'logic.end', config: { outcome: 'yes', outputs: { given: '{{heard}}' } } },
    { id: 'fail', type: 'logic.end', config: { status: 'failed' } },
  ],
  edges: [
    { id: 'e1', source: 'start', sourceHandle: 'next', target: 'ask' },
    { id: 'e2', source: 'ask', sourceHandle: 'next', target: 'end' },
    { id: 'e3', source: 'ask', sourceHandle: 'invalid', target: 'fail' },
  ],
});

const variable = fc.constantFrom('a', 'b.c', 'list');
const maybe = <Value>(one: fc.Arbitrary<Value>) => fc.option(one, { nil: undefined });
const OPERATORS = ['equals', 'lessThan', 'contains', 'isEmpty', 'before', 'hasAll'] as const;

/** Any config of the nodes for logic, time, data, contacts and people; most run well, some meet their limits. */
export function restOfConfigs({ text, duration, saveAs, ids }: Shared): Configs {
  const node = fc.constantFrom(...ids);
  const assign = fc.dictionary(variable, fc.oneof(text, fc.array(text)));
  const names = fc.array(fc.oneof(text, fc.constantFrom('vip', 'new', '{{list}}')), { minLength: 1, maxLength: 3 });
  const condition = fc.record({ left: text, operator: fc.constantFrom(...OPERATORS), right: text });
  const ways = fc.constantFrom([{ id: 'yes' }, { id: 'x', weight: 2 }], [{ id: 'x', weight: 1 }, { id: '7' }]);
  const step = fc.oneof(
    fc
      .constantFrom('flatten', 'reverse', 'count', 'first', 'last', 'entries', 'parseJson', 'toJson', 'unique', 'sum')
      .map((name) => ({ do: name })),
    fc.record({ do: fc.constant('filter'), conditions: fc.tuple(condition) }),
    fc.record({ do: fc.constant('map'), to: fc.oneof(text, fc.constant(['{{item}}', '{{item}}'])) }),
    fc.record({ do: fc.constantFrom('sort', 'group'), by: maybe(fc.constantFrom('key', '0')) }),
    fc.record({ do: fc.constantFrom('take', 'skip'), count: fc.constantFrom(1, '{{a}}') }),
  );
  return {
    'logic.switch': fc.record({
      value: text,
      cases: fc
        .constantFrom('yes', 'x', '7')
        .chain((id) => fc.tuple(condition.map(({ operator, right }) => ({ id, operator, right })))),
    }),
    'logic.random': fc.record({ branches: ways, sticky: fc.boolean() }),
    'logic.loop': fc.record({
      list: fc.oneof(fc.constantFrom<unknown>('{{list}}', '{{a}}', '{{b}}'), fc.array(text)),
      as: fc.constantFrom('a', 'item'),
      index: maybe(fc.constantFrom('a', 'index')),
    }),
    'logic.subflow': fc.record({
      flow: fc.constant('flw_inside'),
      inputs: assign,
      outputs: fc.constantFrom<Record<string, string>>({}, { a: 'heard' }, { 'b.c': 'given' }),
      outcomes: fc.constantFrom<string[]>([], ['yes']),
    }),
    'logic.goTo': fc.record({ target: node, comeBack: fc.boolean() }),
    'logic.goBack': fc.constant({}),
    'logic.end': fc.record({
      status: fc.constantFrom('done', 'failed'),
      outcome: maybe(fc.constant('yes')),
      outputs: assign,
      reason: maybe(text),
    }),
    'time.until': fc.record({
      date: fc.oneof(text, fc.constantFrom('2026-03-03', '2026-03-01T10:00', '{{now}}')),
      offset: maybe(fc.constantFrom('-P1D', 'PT1H', '{{a}}')),
    }),
    'time.hours': fc.record({
      hours: fc.constantFrom({ mo: [['08:00', '17:00']] }, { tu: [['22:00', '02:00']] }),
      at: maybe(fc.oneof(text, fc.constant('{{now}}'))),
      holidays: fc.constantFrom([], ['03-02']),
    }),
    'time.window': fc.record({ closing: duration }),
    'data.transform': fc.record({
      from: fc.oneof(fc.constantFrom<unknown>('{{list}}', '{{b}}', '[1, {"key": 2}]'), text),
      steps: fc.array(step, { minLength: 1, maxLength: 4 }),
      saveAs: variable,
    }),
    'contact.update': fc.record({
      fields: fc.record({ name: maybe(text), email: maybe(text), language: fc.constantFrom('pt-BR', null) }),
      attributes: fc.dictionary(fc.constantFrom('a', 'b'), text),
    }),
    'contact.tag': fc.record({ add: names, remove: names }),
    'contact.group': fc.record({ add: names }),
    'contact.consent': fc.record({ marketing: fc.constantFrom('given', 'withdrawn'), source: maybe(text) }),
    'people.assign': fc.record({
      assignee: fc.oneof(text, fc.constant(null)),
      labels: fc.record({ add: names }),
      priority: maybe(fc.constant('high')),
    }),
    'people.note': fc.record({ text }),
    'people.notify': fc.record({ text, team: maybe(text) }),
    'flow.start': fc.record({ flow: fc.constant('flw_other'), variables: assign }),
    'event.emit': fc.record({ name: text, data: assign }),
    // Nothing leads into a trigger: these three are tested by their scripts.
    'trigger.called': fc.constant({}),
    'trigger.webhook': fc.constant({}),
    'trigger.schedule': fc.constant({ audience: { tags: ['vip'] } }),
    'trigger.event': fc.record({ name: fc.constant('order.paid'), saveAs }),
  };
}

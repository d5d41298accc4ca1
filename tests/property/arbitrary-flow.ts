import { nodeTypes } from '@parley/nodes';
import { checkFlow, hasErrors, parseFlow, portsOf } from '@parley/runtime';
import fc from 'fast-check';
import { drawnCode } from './drawn-code.ts';
import { furtherSteps } from './further-steps.ts';

const text = fc.constantFrom(
  'Hello {{contact.firstName}}.',
  'You said "{{message.text}}" ({{message.type}}, {{message.payload}}).',
  '{{n}} of {{order.number}} for {{upper contact.name}}',
  '{{#if (gt n 1)}}many{{else}}few{{/if}}',
  '{{#each list}}{{this}};{{else}}none{{/each}}',
  'It is {{now}}; the window closes at {{conversation.windowClosesAt}}.',
  '{{flow.name}}, version {{flow.version}}, {{contact.phone}}',
  '{{default found.body.state "nothing"}} {{found.status}} {{found.body.total}}',
  '{{n}}', // may be empty: then the send is refused before it leaves
  'Olá, 你好, 👋 <b>&amp;</b> {{{message.text}}}',
);
const duration = fc.constantFrom('PT5M', 'PT10M', 'PT15M', 'PT30M', 'PT1H', 'PT{{default n 5}}M');
const timeout = fc.option(duration, { nil: undefined });
const variable = fc.constantFrom('n', 'order.number', 'list', 'found', 'answer');
const saveAs = fc.option(variable, { nil: undefined });
const some = <T>(all: T[], maxLength = all.length) => fc.subarray(all, { minLength: 1, maxLength });

const CHOICES = [
  { id: 'a', title: 'Alpha' },
  { id: 'b', title: 'Béta' },
  { id: 'yes', title: 'Yes please' },
];
export const ROWS = [...CHOICES.map((one) => ({ ...one, description: 'about {{n}}' })), { id: 'r4', title: 'Delta' }];

const send = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('text'), text }) },
  fc.record({
    kind: fc.constantFrom('image', 'document'),
    url: fc.constant('https://a.example/{{n}}.pdf'),
    caption: text,
  }),
  fc.record({ kind: fc.constant('sticker'), mediaId: fc.constant('12345') }),
  fc.record({
    kind: fc.constant('location'),
    latitude: fc.constantFrom(51.5, '{{default n 1}}', 51.5, '91'),
    longitude: fc.constantFrom(-0.1, '{{default order.number 2}}'),
    title: text,
  }),
  fc.record({
    kind: fc.constant('contacts'),
    contacts: fc.constant([{ name: '{{contact.name}}', phones: ['+1555'] }]),
  }),
  fc.record({ kind: fc.constant('reaction'), emoji: fc.constant('👍') }),
);

const left = fc.constantFrom(
  '{{n}}',
  '{{order.number}}',
  '{{message.text}}',
  '{{answer}}',
  '{{list}}',
  '{{contact.name}}',
);
const condition = fc.oneof(
  fc.record({
    left,
    operator: fc.constantFrom('equals', 'notEquals', 'contains', 'startsWith', 'greaterThan', 'lessOrEqual', 'before'),
    right: fc.constantFrom('1', 'yes', 'ÜNAL', '2026-03-02', '{{n}}'),
    caseSensitive: fc.boolean(),
  }),
  fc.record({ left, operator: fc.constantFrom('isEmpty', 'isNotEmpty', 'isEmail', 'isPhone') }),
  fc.record({ left, operator: fc.constantFrom('in', 'hasAny', 'hasAll'), right: fc.constant(['1', 'yes', '{{n}}']) }),
  fc.record({ left, operator: fc.constant('between'), right: fc.constant([1, 3]) }),
  fc.record({ left, operator: fc.constant('matches'), right: fc.constantFrom('^\\d+$', 'z(o|ö)e', '(a+)+$') }),
);

const value = fc.constantFrom(
  '{{add (default n 0) 1}}',
  '{{message.text}}',
  '{{found.body.tags}}',
  '{{round (divide 10 3) 2}}',
  7,
  true,
  ['x', '{{n}}'],
  'PT5M',
);

/** The configs of every type but the trigger, weighted by what bots are made of. */
const CONFIGS: Record<string, { weight: number; config: fc.Arbitrary<object> }> = {
  'chat.send': { weight: 5, config: send },
  'chat.ask': {
    weight: 4,
    config: fc.record({
      text,
      answer: fc.constantFrom('text', 'number', 'email', 'phone', 'date', 'choice', 'media', 'location'),
      choices: fc.constant(['Red', 'Blüe']),
      retries: fc.nat(2),
      invalidText: fc.option(text, { nil: undefined }),
      words: fc.boolean(),
      saveAs,
      timeout,
    }),
  },
  'chat.buttons': { weight: 3, config: fc.record({ text, buttons: some(CHOICES), saveAs, timeout }) },
  'chat.list': {
    weight: 2,
    config: fc.record({
      text,
      button: fc.constant('Choose'),
      sections: some(ROWS).map((rows) => [{ rows }]),
      saveAs,
      timeout,
    }),
  },
  'chat.template': {
    weight: 1,
    config: fc.record({
      name: fc.constant('order_update'),
      language: fc.constant('en_US'),
      parameters: fc.constantFrom({}, { '1': '{{n}}', '2': '{{message.text}}' }, { who: '{{contact.firstName}}' }),
    }),
  },
  'logic.branch': {
    weight: 3,
    config: fc.record({
      match: fc.constantFrom('all', 'any'),
      conditions: fc.array(condition, { minLength: 1, maxLength: 3 }),
    }),
  },
  'data.set': {
    weight: 3,
    config: fc.record({ assign: fc.dictionary(variable, value, { minKeys: 1, maxKeys: 3, noNullPrototype: true }) }),
  },
  'time.wait': { weight: 2, config: fc.record({ duration }) },
  'http.request': {
    weight: 2,
    config: fc.record({
      method: fc.constantFrom('GET', 'POST'),
      url: fc
        .constantFrom('json', 'text', 'missing', 'away', '{{n}}')
        .map((kind) => `https://a.example/of/PHONE/${kind}`),
      query: fc.constantFrom({}, { q: '{{message.text}}' }),
      body: fc.constantFrom(undefined, { n: '{{n}}', said: 'I said {{message.text}}' }, 'plain {{n}}'),
      saveAs: fc.constantFrom(undefined, 'found'),
    }),
  },
  'people.handoff': { weight: 2, config: fc.record({ team: fc.constant('support'), note: text, timeout }) },
};

const trigger = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ match: 'any' }) },
  fc.record({
    match: fc.constant('keyword'),
    keywords: some(['hi', 'menu', '1', 'again']),
    how: fc.constantFrom('equals', 'contains', 'starts'),
  }),
  fc.constant({ match: 'first' }),
  fc.constant({ match: 'button', payload: 'yes' }),
);
const eventTrigger = fc.constantFrom(
  { name: 'order.paid', whenBusy: 'replace' },
  { name: 'order.paid', saveAs: 'n' },
  { name: 'seen', whenBusy: 'replace' },
  { name: 'order.lost', when: [{ left: '{{event.total}}', operator: 'greaterThan', right: 5 }] },
);

// The steps and events beyond the commonest are drawn on request, until a whole run of them has been looked at
export const IS_WIDE = process.env.PARLEY_PROPERTY_WIDE === '1';
const COMMON = Object.values(CONFIGS).reduce((sum, { weight }) => sum + weight, 0);

interface Step {
  type: string;
  config: object;
}

/** The other flows that a flow names, by id. */
export interface Named {
  /** Those that it may run inside itself. */
  inside: readonly string[];
  starts: readonly string[];
}

const commonStep: fc.WeightedArbitrary<Step>[] = Object.entries(CONFIGS).map(([type, { weight, config }]) => ({
  weight,
  arbitrary: config.map((one) => ({ type, config: one })),
}));

function stepOf({ inside, starts }: Named): fc.Arbitrary<Step> {
  if (!IS_WIDE) return fc.oneof(...commonStep);
  return fc.oneof(
    ...commonStep,
    { weight: Math.ceil(COMMON / 2), arbitrary: furtherSteps },
    { weight: 2, arbitrary: lot.map((config) => ({ type: 'logic.random', config })) },
    { weight: 2, arbitrary: drawnCode.map((config) => ({ type: 'data.code', config })) },
    { weight: 1, arbitrary: startOf(starts).map((config) => ({ type: 'flow.start', config })) },
    {
      weight: inside.length > 0 ? 4 : 0,
      arbitrary: subflowOf(inside).map((config) => ({ type: 'logic.subflow', config })),
    },
  );
}

const lot = fc.record({
  branches: fc.constantFrom(
    [{ id: 'yes' }, { id: 'no' }],
    [{ id: 'a', weight: 0 }, { id: 'b', weight: 2.5 }, { id: 'c' }],
  ),
  sticky: fc.boolean(),
  experiment: fc.constantFrom(undefined, undefined, 'Colours'),
});

const startOf = (flows: readonly string[]) =>
  fc.record({
    flow: fc.constantFrom(...flows, 'flw_PHONE_gone'),
    // A trigger that the other flow has not begins nothing
    node: fc.constantFrom(undefined, undefined, 't0', 'c0', 'e0'),
    variables: fc.constantFrom({}, { n: '{{add (default n 0) 1}}', list: ['x', '{{message.text}}'] }),
  });

const subflowOf = (flows: readonly string[]) =>
  fc.record({
    flow: fc.constantFrom(...flows, ...(flows.length === 0 ? [''] : [])),
    version: fc.constantFrom('latest', 1),
    inputs: fc.constantFrom({}, { n: '{{default n 3}}', answer: '{{message.text}}', list: [1, '{{n}}'] }),
    outputs: fc.constantFrom({}, { n: 'n', found: 'answer' }, { list: 'list', 'order.number': 'order.number' }),
    outcomes: fc.constantFrom([], ['yes'], ['yes', 'no']),
  });

interface Wanted {
  named: Named;
  /** How many steps it has at most. */
  steps: number;
  /** What other flows begin it by, beside what people and events do; null: it is begun by those alone. */
  called: 'only' | 'too' | null;
}

/** Random wiring: each decision leads somewhere, other ports mostly; loops come by themselves. */
export const flowOf = ({ named, steps: most, called }: Wanted): fc.Arbitrary<object> =>
  fc
    .record({
      triggers: fc.array(trigger, called === 'only' ? { maxLength: 0 } : { minLength: 1, maxLength: 2 }),
      event: IS_WIDE && called !== 'only' ? fc.option(eventTrigger, { nil: undefined }) : fc.constant(undefined),
      steps: fc.array(stepOf(named), { minLength: 2, maxLength: most }),
      targets: fc.infiniteStream(fc.record({ to: fc.nat(1_000), open: fc.nat(9) })),
      interrupts: fc.boolean(),
      onError: fc.boolean(),
      expireAfter: fc.constantFrom(undefined, undefined, 'PT20M', 'PT30M', 'PT2H'),
      language: fc.constantFrom('en', 'pt'),
      initial: fc.constantFrom(undefined, 0, 5, 'PT10M'),
    })
    .map(({ triggers, event, steps, targets, interrupts, onError, expireAfter, language, initial }) => {
      const next = () => targets.next().value;
      const anyStep = () => `s${next().to % steps.length}`;
      const waits = steps.flatMap(({ type }, index) => (WAITS.test(type) ? [index] : []));
      // Three of four edges lead on, so that most conversations come somewhere before they go round; and most that go
      // round come by a step that waits: a third of all cases would else do nothing but run into the limit of steps
      const stepAfter = (index: number) => {
        const { to, open } = next();
        const first = Math.max(index + 1, 0);
        const ahead = steps.length - first;
        if (ahead > 0 && open > 2) return `s${first + (to % ahead)}`;
        return `s${waits.length > 0 && next().open > 0 ? waits[to % waits.length] : to % steps.length}`;
      };
      const begins = triggers.length + (event ? 1 : 0) + (called ? 1 : 0);
      const nodes = [
        ...(called ? [{ id: 'c0', type: 'trigger.called', config: {} }] : []),
        ...triggers.map((config, index) => ({ id: `t${index}`, type: 'trigger.message', config })),
        ...(event ? [{ id: 'e0', type: 'trigger.event', config: event }] : []),
        ...steps.map(({ type, config }, index) => ({ id: `s${index}`, type, config })),
      ];
      const edges = nodes.flatMap(({ id, type, config }, index) =>
        portsAt(type, config).flatMap((port) => {
          const open = !DECISIONS.has(type) && next().open < (OPEN[port] ?? 2);
          return open
            ? []
            : [
                {
                  id: `${id}_${port}`,
                  source: id,
                  sourceHandle: port,
                  target: stepAfter(index - begins),
                },
              ];
        }),
      );
      const settings = {
        language,
        expireAfter,
        ...(interrupts && { interrupts: [{ keywords: ['agent', 'Back'], target: anyStep() }] }),
        ...(onError && { onError: { target: anyStep() } }),
      };
      const variables = initial === undefined ? [] : [{ name: 'n', type: 'any', initial }];
      return { format: 'parley.flow/1', name: 'Drawn at random', nodes, edges, variables, settings };
    })
    .map((document) => JSON.parse(JSON.stringify(document)) as object)
    .filter((document) => {
      const { flow: parsed } = parseFlow(document);
      return parsed !== null && !hasErrors(checkFlow(parsed, nodeTypes));
    });

const WAITS = /^(chat\.(ask|buttons|list|carousel|flowForm|products|locationRequest)|time\.wait|people\.handoff)$/;
const DECISIONS = new Set([
  ...['trigger.message', 'trigger.event', 'trigger.called'],
  ...['logic.branch', 'logic.switch', 'logic.random'],
]);
/** How many of ten such ports lead nowhere; of others two. */
const OPEN: Record<string, number> = { next: 1, error: 6 };

function portsAt(name: string, config: object): string[] {
  const type = nodeTypes.get(name);
  const parsed = type?.schema.safeParse(config);
  return type && parsed?.success ? portsOf(type, parsed.data) : [];
}

import { nodeTypes } from '@parley/nodes';
import { checkFlow, hasErrors, inboundMessage, inboundText, parseFlow, portsOf } from '@parley/runtime';
import fc from 'fast-check';
import type { Case, Input } from './case.ts';
import { furtherStep } from './further-steps.ts';

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
const ROWS = [...CHOICES.map((one) => ({ ...one, description: 'about {{n}}' })), { id: 'r4', title: 'Delta' }];

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
  { name: 'order.lost', when: [{ left: '{{event.total}}', operator: 'greaterThan', right: 5 }] },
);

// The steps and events beyond the commonest are drawn on request, until a whole run of them has been looked at
const IS_WIDE = process.env.PARLEY_PROPERTY_WIDE === '1';
const COMMON = Object.values(CONFIGS).reduce((sum, { weight }) => sum + weight, 0);

const step: fc.Arbitrary<{ type: string; config: object }> = fc.oneof(
  ...Object.entries(CONFIGS).map(([type, { weight, config }]) => ({
    weight,
    arbitrary: config.map((one) => ({ type, config: one })),
  })),
  { weight: IS_WIDE ? Math.ceil(COMMON / 2) : 0, arbitrary: furtherStep },
);

/** Random wiring: each decision leads somewhere, other ports mostly; loops come by themselves. */
const flow = fc
  .record({
    triggers: fc.array(trigger, { minLength: 1, maxLength: 2 }),
    event: IS_WIDE ? fc.option(eventTrigger, { nil: undefined }) : fc.constant(undefined),
    steps: fc.array(step, { minLength: 2, maxLength: 10 }),
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
    // Three of four edges lead on, so that most conversations come somewhere before they go round
    const stepAfter = (index: number) => {
      const { to, open } = next();
      const first = Math.max(index + 1, 0);
      const ahead = steps.length - first;
      return ahead > 0 && open > 2 ? `s${first + (to % ahead)}` : `s${to % steps.length}`;
    };
    const nodes = [
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
                target: stepAfter(index - triggers.length - (event ? 1 : 0)),
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

const DECISIONS = new Set(['trigger.message', 'trigger.event', 'logic.branch', 'logic.switch']);
/** How many of ten such ports lead nowhere; of others two. */
const OPEN: Record<string, number> = { next: 1, error: 6 };

function portsAt(name: string, config: object): string[] {
  const type = nodeTypes.get(name);
  const parsed = type?.schema.safeParse(config);
  return type && parsed?.success ? portsOf(type, parsed.data) : [];
}

const words = fc.constantFrom(
  ...['hi', 'again', '1', '2.', '12', '1.234,5', 'twelve', 'yes', 'Béta', 'beta', ' Red ', 'ana@example.com'],
  ...['2026-03-31', '+44 7911 123456', 'agent', 'back', 'menu', '', '😀 {{n}} $set', '<script>', 'x'.repeat(300)],
);
const media = { id: '99', url: null, contentType: 'image/png', filename: null, caption: 'mine' };
const place = { latitude: 1.5, longitude: -2, name: 'Home', address: null };

const message = fc.oneof(
  { weight: 6, arbitrary: words.map(inboundText) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...ROWS, { id: 'unknown', title: 'Old button' })
      .map(({ id, title }) => inboundMessage({ type: 'button', text: title, payload: id })),
  },
  fc.constant(inboundMessage({ type: 'image', text: 'mine', media })),
  fc.constant(inboundMessage({ type: 'location', text: 'Home', location: place })),
  fc.constant(inboundMessage({ type: 'form', data: { size: 12, name: 'Ana' } })),
  fc.constant(inboundMessage({ type: 'reaction', text: '👍', data: { emoji: '👍' } })),
  fc.constant(
    inboundMessage({
      type: 'order',
      data: {
        catalog_id: '1',
        product_items: [{ product_retailer_id: 'p1', quantity: 2, item_price: 5, currency: 'EUR' }],
      },
    }),
  ),
  fc
    .constantFrom('video', 'audio', 'document', 'sticker')
    .map((type) => inboundMessage({ type: type as 'video', media })),
);

const input: fc.Arbitrary<Input> = fc.oneof(
  { weight: 12, arbitrary: message.map((say) => ({ say })) },
  {
    weight: IS_WIDE ? 2 : 0,
    arbitrary: fc.constantFrom('order.paid', 'order.lost').map((name) => ({ happen: { name, data: { total: 12 } } })),
  },
  { weight: 2, arbitrary: fc.constant({ resume: true as const }) },
  { weight: 1, arbitrary: fc.constant({ refuse: true as const }) },
  { weight: 2, arbitrary: fc.constant({ nothing: true as const }) },
);

const ROUNDS = 6; // messages from the person, or what else happens

/** Conversations, and the time that passes after each of their rounds. */
export interface Batch {
  cases: Case[];
  waits: string[];
}

const wait = fc.constantFrom('PT0S', 'PT0S', 'PT1M', 'PT5M', 'PT12M', 'PT30M', 'PT1H');

/** `count` conversations in batches of `size`, the same for the same seed. */
export function drawBatches(count: number, size: number, seed: number): Batch[] {
  const drawn = fc.sample(
    fc.record({ document: flow, inputs: fc.array(input, { minLength: ROUNDS, maxLength: ROUNDS }) }),
    {
      numRuns: count,
      seed,
    },
  );
  const all = drawn.map(({ document, inputs }, index): Case => {
    const phone = `+${447_700_000_000 + index}`;
    const own = JSON.parse(JSON.stringify(document).replaceAll('/PHONE/', `/${phone.slice(1)}/`)) as object;
    return {
      name: `case ${index}`,
      phone,
      document: own,
      inputs: asksTheWorld(document) ? withoutRefusals(inputs) : inputs,
    };
  });
  const waits = fc.sample(fc.array(wait, { minLength: ROUNDS, maxLength: ROUNDS }), {
    numRuns: Math.ceil(count / size),
    seed,
  });
  return waits.map((one, index) => ({ waits: one, cases: all.slice(index * size, (index + 1) * size) }));
}

/** A refusal and an answer of the world race on a server, and whoever comes first is right: not for comparing. */
const asksTheWorld = (document: object): boolean => JSON.stringify(document).includes('http.request');
const withoutRefusals = (inputs: Input[]): Input[] =>
  inputs.map((one) => ('refuse' in one ? { nothing: true as const } : one));

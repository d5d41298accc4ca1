import fc from 'fast-check';

interface Shared {
  text: fc.Arbitrary<string>;
  duration: fc.Arbitrary<string>;
  saveAs: fc.Arbitrary<string | undefined>;
}
type Configs = Record<string, fc.Arbitrary<Record<string, unknown>>>;

/** Ports of the chat nodes that no other node has. */
export const CHAT_PORTS = ['ordered', 'chosen'];

const maybe = <Value>(one: fc.Arbitrary<Value>) => fc.option(one, { nil: undefined });
const ADDRESS = fc.constantFrom('https://x.example/', 'https://x.example/{{a}}', '{{message.text}}');

/** Any config of the nodes that show and ask; most run well, some meet their limits. */
export function chatConfigs({ text, duration, saveAs }: Shared): Configs {
  const reminders = maybe(fc.array(fc.record({ after: fc.constantFrom('PT1M', '{{a}}'), text }), { maxLength: 3 }));
  const timeout = maybe(duration);
  const listening = { saveAs, reminders, timeout };
  const footer = maybe(text);
  const title = fc.constantFrom('Yes', '{{a}}');
  const file = fc.record({ kind: fc.constant('image'), url: ADDRESS });
  const sections = fc.array(
    fc.record({ title, productIds: fc.constantFrom<unknown>(['p1'], ['{{a}}', 'p2'], '{{list}}') }),
    {
      minLength: 1,
      maxLength: 2,
    },
  );
  const products = { header: title, text, catalogId: fc.constant('1'), sections, footer, link: maybe(ADDRESS) };
  const [yes, other] = [[{ id: 'yes', title: 'Yes' }], [{ id: 'x', title: '{{a}}' }]];
  const cards = (of: Record<string, unknown>[]) =>
    fc.tuple(file, maybe(text)).map(([header, words]) => of.map((card) => ({ header, text: words, ...card })));
  const address = { url: 'https://x.example/{{a}}', button: 'Open' };
  return {
    'chat.callToAction': fc.record({ text, button: title, url: ADDRESS, header: maybe(fc.oneof(text, file)), footer }),
    'chat.locationRequest': fc.record({ text, ...listening }),
    'chat.flowForm': fc.record({
      text,
      button: title,
      formId: fc.constant('1'),
      footer,
      token: maybe(text),
      ...listening,
    }),
    'chat.product': fc.record({ catalogId: fc.constant('1'), productId: text, text: maybe(text), footer }),
    'chat.products': fc.oneof(
      fc.record(products),
      fc.record({ ...products, waitForOrder: fc.constant(true), ...listening }),
    ),
    'chat.carousel': fc.oneof(
      fc.record({ text, cards: cards([address, address]) }),
      fc.record({ text, cards: cards([{ buttons: yes }, { buttons: other }]), ...listening }),
    ),
    'chat.react': fc.record({ emoji: fc.constantFrom('👍', '', '{{message.text}}') }),
    'chat.markRead': fc.record({ typing: fc.boolean() }),
    'chat.ask': fc.oneof(
      fc.record({
        text,
        answer: fc.constantFrom('text', 'number', 'email', 'phone', 'date', 'media', 'location'),
        retries: fc.nat(2),
        ...listening,
      }),
      fc.record({
        text,
        answer: fc.constantFrom('number', 'date'),
        min: maybe(fc.constantFrom('{{a}}', '2026-03-01')),
        words: fc.boolean(),
        ...listening,
      }),
      fc.record({
        text,
        answer: fc.constant('choice'),
        choices: fc.constantFrom(['Yes', '7'], [{ id: 'x', title: '{{a}}' }, 'Salt and pepper']),
        multiple: fc.boolean(),
        ...listening,
      }),
      fc.record({
        text,
        minLength: fc.constant(2),
        maxLength: fc.constant(9),
        pattern: fc.constant('[a-z{}]+'),
        saveAs,
      }),
    ),
  };
}

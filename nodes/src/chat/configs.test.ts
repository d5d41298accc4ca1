import { checkFlow, Flow, LIMITS, portsOf } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { nodeTypes } from '../index.ts';

type Config = Record<string, unknown>;

/** What the check says of one node's config, as `code path`. */
function problemsOf(type: string, config: Config): string[] {
  const flow = Flow.parse({ format: 'parley.flow/1', nodes: [{ id: 'it', type, config }] });
  return checkFlow(flow, nodeTypes)
    .filter((one) => one.path.startsWith('/nodes/0/config'))
    .map(({ code, path }) => `${code} ${path.slice('/nodes/0/config'.length)}`);
}
const x = (length: number) => 'x'.repeat(length);
const page = { text: 'Look', button: 'Open', url: 'https://x.example/' };
const form = { text: 'Size?', button: 'Fill in', formId: '1' };
const product = { catalogId: '1', productId: 'a' };
const section = (...productIds: string[]) => ({ title: 'New', productIds });
const products = { header: 'Shoes', text: 'Pick', catalogId: '1', sections: [section('a')] };
const header = { kind: 'image', url: 'https://x.example/a.png' };
const opens = { header, url: 'https://x.example/', button: 'Open' };
const answers = (id: string) => ({ header, buttons: [{ id, title: 'Take it' }] });
const cards = (...list: Config[]) => ({ text: 'Our best', cards: list });
const yes = { text: 'Sure?', buttons: [{ id: 'yes', title: 'Yes' }] };
const reminder = (after: string) => ({ after, text: 'Still there?' });
const offer = (given: Config) => ({ name: 'offer', language: 'en', ...given });
const replies = (...list: Config[]) =>
  offer({ waitForReply: true, buttons: list.map((button, index) => ({ index, ...button })) });
const rows = (...list: string[]) => ({ sections: [{ rows: list.map((id) => ({ id, title: id })) }] });
const which = (given: Config) => ({ text: 'Which?', button: 'See', ...given });
const ids = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);

describe('configs of chat nodes that are refused', () => {
  it.each<[string, Config, string[]]>([
    ['chat.callToAction', { ...page, text: x(1025) }, ['too_long /text']],
    ['chat.callToAction', { ...page, button: x(21) }, ['too_long /button']],
    ['chat.callToAction', { ...page, url: 'javascript:alert(1)' }, ['invalid_config /url']],
    ['chat.callToAction', { ...page, footer: x(61) }, ['too_long /footer']],
    ['chat.locationRequest', { text: x(1025) }, ['too_long /text']],
    ['chat.flowForm', { text: 'Size?', button: 'Fill in' }, ['invalid_config /formId']],
    ['chat.flowForm', { ...form, formName: 'sizes' }, ['invalid_config /formId']],
    ['chat.flowForm', { ...form, button: x(31) }, ['too_long /button']],
    ['chat.flowForm', { ...form, data: { a: 1 } }, ['invalid_config /screen']],
    ['chat.product', { ...product, link: 'shop' }, ['invalid_config /link']],
    ['chat.product', { catalogId: '1' }, ['invalid_config /productId']],
    ['chat.products', { ...products, sections: [section(...ids(30)), section('b')] }, ['invalid_config /sections']],
    ['chat.products', { ...products, header: x(61) }, ['too_long /header']],
    ['chat.products', { ...products, timeout: 'PT1H' }, ['invalid_config /timeout']],
    ['chat.products', { ...products, saveAs: 'a' }, ['invalid_config /saveAs']],
    ['chat.carousel', cards(opens), ['missing /cards']],
    ['chat.carousel', cards(...ids(11).map(() => opens)), ['too_long /cards']],
    ['chat.carousel', cards(opens, answers('a')), ['invalid_config /cards/1/buttons']],
    ['chat.carousel', cards(answers('a'), answers('a')), ['invalid_config /cards/1/buttons/0/id']],
    ['chat.carousel', cards(answers('a'), answers('other')), ['invalid_config /cards/1/buttons/0/id']],
    [
      'chat.carousel',
      cards(opens, { ...opens, header: { ...header, kind: 'video' } }),
      ['invalid_config /cards/1/header'],
    ],
    ['chat.carousel', cards(opens, { ...opens, text: x(161) }), ['too_long /cards/1/text']],
    ['chat.carousel', { ...cards(opens, opens), timeout: 'PT1H' }, ['invalid_config /timeout']],
    ['chat.react', { emoji: 'ok' }, ['invalid_config /emoji']],
    ['chat.react', { emoji: '👍👍' }, ['invalid_config /emoji']],
    ['chat.markRead', { typing: 'yes' }, ['invalid_config /typing']],
    ['chat.buttons', { ...yes, reminders: ['PT1M', 'PT2M', 'PT3M', 'PT4M'].map(reminder) }, ['too_long /reminders']],
    ['chat.buttons', { ...yes, reminders: [reminder('PT1H')], timeout: 'PT1H' }, ['invalid_config /reminders/0/after']],
    ['chat.buttons', { ...yes, reminders: [reminder('soon')] }, ['invalid_config /reminders/0/after']],
    ['chat.ask', { text: '?', answer: 'number', pattern: 'a' }, ['invalid_config /pattern']],
    ['chat.ask', { text: '?', pattern: '(' }, ['invalid_config /pattern']],
    ['chat.ask', { text: '?', minLength: 5, maxLength: 4 }, ['invalid_config /maxLength']],
    ['chat.ask', { text: '?', answer: 'number', min: 'a' }, ['invalid_config /min']],
    ['chat.ask', { text: '?', answer: 'number', min: 5, max: 4 }, ['invalid_config /max']],
    ['chat.ask', { text: '?', answer: 'date', max: '31.3.2026' }, ['invalid_config /max']],
    ['chat.ask', { text: '?', answer: 'date', min: '2026-03-02', max: '2026-03-01' }, ['invalid_config /max']],
    ['chat.ask', { text: '?', answer: 'phone', country: 'England' }, ['invalid_config /country']],
    ['chat.ask', { text: '?', answer: 'media', kinds: ['sound'] }, ['invalid_config /kinds/0']],
    ['chat.ask', { text: '?', kinds: ['image'] }, ['invalid_config /kinds']],
    [
      'chat.ask',
      { text: '?', answer: 'choice', choices: ['a', { id: 'a', title: 'b' }] },
      ['invalid_config /choices/1'],
    ],
    ['chat.ask', { text: '?', answer: 'choice', choices: ['a'], max: 1 }, ['invalid_config /max']],
    ['chat.ask', { text: '?', answer: 'choice', choices: ['a'], multiple: true, max: 2 }, ['invalid_config /max']],
    ['chat.ask', { text: '?', multiple: true }, ['invalid_config /multiple']],
    [
      'chat.products',
      { ...products, sections: [{ title: 'A', productIds: 'p1' }] },
      ['invalid_config /sections/0/productIds'],
    ],
    ['chat.list', which({}), ['invalid_config /sections']],
    ['chat.list', which({ rowsFrom: 'slots' }), ['invalid_config /rowsFrom']],
    ['chat.list', which({ rowsFrom: '{{now}}', ...rows('chosen') }), ['invalid_config /sections/0/rows/0/id']],
    ['chat.list', which({ rowsFrom: '{{now}}', ...rows('a'), saveIdAs: 'a b' }), ['invalid_config /saveIdAs']],
    ['chat.template', offer({ language: 'English (US)' }), ['invalid_config /language']],
    ['chat.template', offer({ languages: ['{{a}}'] }), ['invalid_config /languages/0']],
    ['chat.template', offer({ languages: [] }), ['missing /languages']],
    ['chat.template', offer({ timeout: 'PT1H' }), ['invalid_config /timeout']],
    ['chat.template', offer({ reminders: [reminder('PT1H')] }), ['invalid_config /reminders']],
    [
      'chat.template',
      offer({ buttons: [{ index: 0, payload: 'a', title: 'A' }] }),
      ['invalid_config /buttons/0/title'],
    ],
    ['chat.template', replies(), ['invalid_config /buttons']],
    ['chat.template', replies({ text: 'a' }), ['invalid_config /buttons']],
    ['chat.template', replies({ payload: '' }), ['invalid_config /buttons/0/payload']],
    ['chat.template', replies({ payload: '{{now}}' }), ['invalid_config /buttons/0/payload']],
    ['chat.template', replies({ payload: 'timeout' }), ['invalid_config /buttons/0/payload']],
    ['chat.template', replies({ payload: 'a' }, { payload: 'a' }), ['invalid_config /buttons/1/payload']],
    ['chat.template', replies({ payload: 'a' }, { payload: 'b', index: 0 }), ['invalid_config /buttons/1/index']],
    ['chat.template', replies({ payload: 'a' }, { text: 'b', title: 'B' }), ['invalid_config /buttons/1/title']],
    [
      'chat.template',
      replies({ payload: 'a', title: 'A' }, { payload: 'b', title: ' a' }),
      ['invalid_config /buttons/1/title'],
    ],
    ['chat.template', replies({ payload: 'a', title: x(26) }), ['too_long /buttons/0/title']],
  ])('%s %j', (type, config, expected) => expect(problemsOf(type, config)).toEqual(expected));
});

describe('configs of chat nodes that only look wrong', () => {
  it.each<[string, Config]>([
    ['chat.callToAction', { ...page, url: '{{contact.attributes.page}}', header: '' }],
    ['chat.flowForm', { ...form, screen: 'SIZE', data: {} }],
    ['chat.products', { ...products, waitForOrder: true, saveAs: 'order', timeout: 'PT1H' }],
    ['chat.products', { ...products, sections: [section(...ids(30))] }],
    ['chat.carousel', cards(answers('a'), answers('b'))],
    ['chat.carousel', cards(opens, { ...opens, text: '{{contact.firstName}} {{contact.lastName}}' })],
    ['chat.react', { emoji: '🏳️‍🌈' }],
    ['chat.react', { emoji: '1️⃣' }],
    ['chat.buttons', { ...yes, header: { kind: 'video', mediaId: 'med_1' }, reminders: [reminder('PT1M')] }],
    ['chat.ask', { text: '?', pattern: '\\d{2,}' }],
    ['chat.ask', { text: '?', answer: 'date', min: 'today', max: '{{contact.attributes.until}}' }],
    ['chat.ask', { text: '?', answer: 'number', min: -5, max: '5' }],
    ['chat.ask', { text: x(LIMITS.text), answer: 'choice', choices: ['a', 'b'], multiple: true, min: 1, max: 2 }],
    ['chat.products', { ...products, sections: [{ title: 'A', productIds: '{{contact.attributes.ids}}' }] }],
    ['chat.list', which(rows('chosen'))],
    ['chat.list', which({ rowsFrom: '{{contact.attributes.slots}}', ...rows('none') })],
    [
      'chat.template',
      offer({ language: '{{contact.attributes.language}}', buttons: [{ index: 0, payload: '{{now}}' }] }),
    ],
    ['chat.template', offer({ language: 'contact', languages: ['en_US', 'pt-BR', 'zh_Hant_HK', 'fil'] })],
    ['chat.template', replies({ text: 'a' }, { payload: 'A', title: 'B' }, { payload: 'B', title: 'A' })],
  ])('%s %j', (type, config) => expect(problemsOf(type, config)).toEqual([]));
});

it.each<[string, Config, string[]]>([
  ['chat.template', offer({}), ['loop_without_wait']],
  ['chat.template', replies({ payload: 'a' }), []],
  ['chat.products', products, ['loop_without_wait']],
])('a loop through %s waits only if the node does: %j', (type, config, expected) => {
  const port = config.waitForReply ? 'a' : 'next';
  const flow = Flow.parse({
    format: 'parley.flow/1',
    nodes: [
      { id: 'start', type: 'trigger.message', config: { match: 'any' } },
      { id: 'it', type, config },
    ],
    edges: [
      { id: 'begin', source: 'start', sourceHandle: 'next', target: 'it' },
      { id: 'round', source: 'it', sourceHandle: port, target: 'it' },
    ],
  });
  const codes = checkFlow(flow, nodeTypes).map(({ code }) => code);
  expect(codes.filter((code) => code === 'loop_without_wait')).toEqual(expected);
});

describe('ports of chat nodes', () => {
  it.each<[string, Config, string[]]>([
    ['chat.callToAction', page, ['next', 'error']],
    ['chat.locationRequest', { text: 'Where?' }, ['next', 'other', 'timeout', 'error']],
    ['chat.flowForm', form, ['next', 'other', 'timeout', 'error']],
    ['chat.product', product, ['next', 'error']],
    ['chat.products', products, ['next', 'error']],
    ['chat.products', { ...products, waitForOrder: true }, ['ordered', 'other', 'timeout', 'error']],
    ['chat.carousel', cards(opens, opens), ['next', 'error']],
    ['chat.carousel', cards(answers('a'), answers('b')), ['a', 'b', 'other', 'timeout', 'error']],
    ['chat.list', which({ rowsFrom: '{{a}}', ...rows('a') }), ['a', 'chosen', 'other', 'timeout', 'error']],
    ['chat.template', offer({ buttons: [{ index: 0, payload: 'a' }] }), ['next', 'error']],
    ['chat.template', replies({ text: 'a' }, { payload: 'b' }), ['b', 'other', 'timeout', 'error']],
    ['chat.react', { emoji: '👍' }, ['next', 'error']],
    ['chat.markRead', {}, ['next']],
  ])('%s %j', (type, config, ports) => {
    const known = nodeTypes.get(type);
    expect(known && portsOf(known, known.schema.parse(config))).toEqual(ports);
  });
});

it('tells a number with a fraction where a whole one is wanted from what is no number', () => {
  const saysOf = (minLength: unknown) => {
    const nodes = [{ id: 'it', type: 'chat.ask', config: { text: 'Name?', minLength } }];
    return checkFlow(Flow.parse({ format: 'parley.flow/1', nodes }), nodeTypes).find(
      ({ code }) => code === 'invalid_config',
    )?.values?.of;
  };
  expect([saysOf(3.7), saysOf('three')]).toEqual(['whole_number', 'invalid_type']);
});

import type { OwnLimit } from './limit-cases.ts';

type Config = Record<string, unknown>;

const x = (length: number): string => 'x'.repeat(length);
const many = (count: number, from = 0): string[] => Array.from({ length: count }, (_, index) => `n${from + index}`);
const yes = (id: string, title = id) => ({ id, title });
const section = (title: string, ...ids: string[]) => ({ title, rows: ids.map((id) => yes(id)) });
const list = (...sections: Config[]) => ({ text: 'Which?', button: 'See', sections });
const buttons = (given: Config) => ({ text: 'Well?', buttons: [yes('a')], ...given });
const page = { text: 'Look', button: 'Open', url: 'https://x.example/' };
const form = { text: 'Fill in', button: 'Open' };
const products = (...sections: string[][]) => ({
  header: 'All',
  text: 'See',
  catalogId: '1',
  sections: sections.map((productIds) => ({ title: 'A', productIds })),
});
const header = { kind: 'image', url: 'https://x.example/a.jpg' };
const opens = { header, url: 'https://x.example/', button: 'Open' };
const answers = (...ids: string[]) => ({ header, buttons: ids.map((id) => yes(id)) });
const cards = (...given: Config[]) => ({ text: 'See', cards: given });
const offer = (given: Config) => ({ name: 'offer', language: 'pt_BR', ...given });
const replied = { buttons: [{ index: 0, payload: 'a' }], waitForReply: true };
const monthly = { every: 'month', dayOfMonth: 1 };
const all = { audience: { tags: ['vip'] } };
const when = (left: string) => ({ name: 'paid', when: [{ left, operator: 'isEmpty' }] });
const holds = (operator: string, right: unknown) => ({ conditions: [{ left: '{{a}}', operator, right }] });
const way = (given: Config) => ({ value: '{{a}}', cases: [{ id: 'a', ...given }] });
const ways = (...given: [string, number][]) => ({ branches: given.map(([id, weight]) => ({ id, weight })) });
const choices = (given: Config) => ({ text: '?', answer: 'choice', choices: ['a', 'b'], ...given });
const ask = (given: Config) => ({ text: '?', ...given });
const reminded = (after: string, timeout: string) => ({ reminders: [{ after, text: 'Well?' }], timeout });
const attributes = (count: number) => ({ attributes: Object.fromEntries(many(count).map((name) => [name, 1])) });
const transform = (step: Config) => ({ from: '{{a}}', steps: [step], saveAs: 'a' });
const matches = (right: string) => transform({ do: 'filter', conditions: [{ left: 'a', operator: 'matches', right }] });
const monday = (...spans: string[][]) => ({ hours: { mo: spans } });
const names = (name: string) => ({ add: [name] });

/** Reminders are due before the node gives up: the same rule wherever a node waits for a person. */
const inTime = (type: string, config: Config): OwnLimit => ({
  type,
  rule: 'config own',
  good: { ...config, ...reminded('PT59M', 'PT1H') },
  bad: { ...config, ...reminded('PT1H', 'PT1H') },
  path: '/reminders/0/after',
});

/** A header is a text, or a file with an address or an id. */
const headers = (type: string, config: Config): OwnLimit[] => [
  {
    type,
    rule: 'header|1 own',
    good: { ...config, header },
    bad: { ...config, header: { kind: 'image' } },
    path: '/header/url',
  },
];

const one = (type: string, rule: string, good: Config, bad: Config, path: string): OwnLimit => ({
  type,
  rule,
  good,
  bad,
  path,
});
const root = (type: string, good: Config, bad: Config, path: string) => one(type, 'config own', good, bad, path);

/** Rules between several fields, at their limit and beyond it. */
export const OWN_LIMITS: readonly OwnLimit[] = [
  root('trigger.message', { keywords: ['a'] }, { keywords: [] }, '/keywords'),
  root('trigger.message', { keywords: ['a'] }, { keywords: [' '], how: 'starts' }, '/keywords'),
  root('trigger.message', { keywords: ['a+'], how: 'pattern' }, { keywords: ['(a'], how: 'pattern' }, '/keywords'),
  root('trigger.message', { match: 'button', title: 'Yes' }, { match: 'button' }, '/payload'),
  root('trigger.schedule', { ...all, ...monthly }, { ...all, every: 'month' }, '/dayOfMonth'),
  root('trigger.schedule', { ...all, every: 'week', days: ['su'] }, { ...all, every: 'week' }, '/days'),
  root('trigger.schedule', { ...all, every: 'once', date: '2028-02-29' }, { ...all, every: 'once' }, '/date'),
  root('trigger.schedule', all, { audience: { tags: [] } }, '/audience'),
  root('trigger.schedule', all, { audience: { tags: ['{{a}}'] } }, '/audience'),
  root('trigger.schedule', { ...all, timezone: 'UTC' }, { ...all, timezone: '{{a}}' }, '/timezone'),
  // No zone of the world has a name of 60 characters, and a schedule takes no template
  one(
    'trigger.schedule',
    'timezone longest 60',
    { ...all, timezone: 'America/Argentina/ComodRivadavia' },
    { ...all, timezone: x(61) },
    '/timezone',
  ),
  root('trigger.event', when('{{event.a}}'), when('event.a'), '/when/0/left'),
  one('trigger.event', 'saveAs longest 100', { name: 'a', saveAs: x(100) }, { name: 'a', saveAs: x(101) }, '/saveAs'),
  root('chat.send', { kind: 'image', mediaId: 'm' }, { kind: 'image' }, '/url'),
  root('chat.send', { kind: 'text', text: 'a' }, { kind: 'text' }, '/text'),
  root('chat.send', { kind: 'location', latitude: 1, longitude: 2 }, { kind: 'location', latitude: 1 }, '/longitude'),
  root(
    'chat.buttons',
    buttons({ buttons: [yes('a'), yes('b')] }),
    buttons({ buttons: [yes('a'), yes('a', 'b')] }),
    '/buttons/1/id',
  ),
  root(
    'chat.buttons',
    buttons({ buttons: [yes('a'), yes('b')] }),
    buttons({ buttons: [yes('a'), yes('b', 'A ')] }),
    '/buttons/1/title',
  ),
  root('chat.buttons', buttons({}), buttons({ buttons: [yes('timeout')] }), '/buttons/0/id'),
  inTime('chat.buttons', buttons({})),
  ...headers('chat.buttons', buttons({})),
  root(
    'chat.list',
    list(section('A', ...many(5)), section('B', ...many(5, 5))),
    list(section('A', ...many(5)), section('B', ...many(6, 5))),
    '/sections',
  ),
  root('chat.list', list(section('', 'a')), list(section('', 'a'), section('B', 'b')), '/sections/0/title'),
  root(
    'chat.list',
    list(section('A', 'a'), section('B', 'b')),
    list(section('A', 'a'), section('B', 'a')),
    '/sections/1/rows/0/id',
  ),
  inTime('chat.list', list(section('A', 'a'))),
  root('chat.ask', ask({ minLength: 5, maxLength: 5 }), ask({ minLength: 5, maxLength: 4 }), '/maxLength'),
  root('chat.ask', ask({ answer: 'number', min: 5, max: 5 }), ask({ answer: 'number', min: 5, max: 4 }), '/max'),
  root('chat.ask', ask({ answer: 'number', min: '5' }), ask({ answer: 'number', min: 'five' }), '/min'),
  root('chat.ask', choices({ multiple: true, min: 1, max: 2 }), choices({ multiple: true, max: 3 }), '/max'),
  root('chat.ask', choices({ multiple: true, min: 1 }), choices({ multiple: true, min: 0 }), '/min'),
  root('chat.ask', choices({}), choices({ choices: ['a', yes('a', 'b')] }), '/choices/1'),
  root('chat.ask', choices({ multiple: true }), ask({ multiple: true }), '/multiple'),
  root('chat.ask', ask({ answer: 'media', kinds: ['image'] }), ask({ kinds: ['image'] }), '/kinds'),
  inTime('chat.ask', ask({})),
  // A program of 500 instructions has a few characters less than the pattern may have
  one('chat.ask', 'pattern longest 500', ask({ pattern: x(490) }), ask({ pattern: x(501) }), '/pattern'),
  ...headers('chat.callToAction', page),
  inTime('chat.locationRequest', { text: 'Where?' }),
  root('chat.flowForm', { ...form, formId: '1' }, { ...form, formId: '1', formName: 'a' }, '/formId'),
  root('chat.flowForm', { ...form, formId: '1', screen: 'A', data: {} }, { ...form, formId: '1', data: {} }, '/screen'),
  inTime('chat.flowForm', { ...form, formId: '1' }),
  ...headers('chat.flowForm', { ...form, formId: '1' }),
  root('chat.products', products(many(15), many(15)), products(many(15), many(16)), '/sections'),
  root(
    'chat.products',
    { ...products(['a']), waitForOrder: true, saveAs: 'a' },
    { ...products(['a']), saveAs: 'a' },
    '/saveAs',
  ),
  inTime('chat.products', { ...products(['a']), waitForOrder: true }),
  root('chat.carousel', cards(opens, opens), cards(opens, answers('a')), '/cards/1/buttons'),
  root('chat.carousel', cards(answers('a'), answers('b')), cards(answers('a'), answers('a')), '/cards/1/buttons/0/id'),
  root('chat.carousel', cards(answers('a'), answers('b')), { ...cards(opens, opens), timeout: 'PT1H' }, '/timeout'),
  root(
    'chat.carousel',
    cards(opens, opens),
    cards(opens, { ...opens, header: { ...header, kind: 'video' } }),
    '/cards/1/header',
  ),
  inTime('chat.carousel', cards(answers('a'), answers('b'))),
  one(
    'chat.carousel',
    'cards[].header own',
    cards(opens, opens),
    cards(opens, { ...opens, header: { kind: 'image' } }),
    '/cards/1/header/url',
  ),
  one(
    'chat.carousel',
    'cards[].buttons most items 2',
    cards(answers('a', 'b'), answers('c', 'd')),
    cards(answers('a', 'b', 'c'), answers('d', 'e', 'f')),
    '/cards/0/buttons',
  ),
  // No language has a code of 15 characters
  one('chat.template', 'language longest 15', offer({}), offer({ language: x(16) }), '/language'),
  root('chat.template', offer(replied), offer({ ...replied, buttons: [] }), '/buttons'),
  root('chat.template', offer(replied), offer({ saveAs: 'a' }), '/saveAs'),
  inTime('chat.template', offer(replied)),
  root('logic.branch', holds('between', '1, 2'), holds('between', 1), '/conditions/0/right'),
  root('logic.branch', holds('matches', 'a'), holds('matches', '(a'), '/conditions/0/right'),
  root('logic.switch', way({ right: 'a' }), way({ operator: 'matches', right: '(a' }), '/cases/0/right'),
  root('logic.switch', way({ right: 'a' }), { value: 1, cases: [{ id: 'other' }] }, '/cases/0/id'),
  root('logic.random', ways(['a', 0], ['b', 1]), ways(['a', 0], ['b', 0]), '/branches'),
  root('logic.random', ways(['a', 1], ['b', 1]), ways(['a', 1], ['a', 1]), '/branches/1/id'),
  root('logic.subflow', { flow: 'f', outcomes: ['a', 'b'] }, { flow: 'f', outcomes: ['a', 'a'] }, '/outcomes/1'),
  root('logic.subflow', { flow: 'f', outcomes: ['a'] }, { flow: 'f', outcomes: ['next'] }, '/outcomes/0'),
  one(
    'logic.subflow',
    'outcomes most items 20',
    { flow: 'f', outcomes: many(20) },
    { flow: 'f', outcomes: many(21) },
    '/outcomes',
  ),
  one('data.set', 'assign own', { assign: { a: 1 } }, { assign: {} }, '/assign'),
  root(
    'data.transform',
    transform({ do: 'map', to: '{{item}}' }),
    transform({ do: 'map', to: '{{#if}}' }),
    '/steps/0/to',
  ),
  root('data.transform', matches('a'), matches('(a'), '/steps/0/conditions/0/right'),
  one('time.wait', 'duration own', { duration: 'P366D' }, { duration: 'P367D' }, '/duration'),
  one(
    'time.until',
    'offset own',
    { date: '2026-01-01', offset: '-P366D' },
    { date: '2026-01-01', offset: '-P367D' },
    '/offset',
  ),
  one('time.window', 'closing own', { closing: 'P366D' }, { closing: 'P367D' }, '/closing'),
  one('time.hours', 'hours own', monday(['09:00', '17:00']), { hours: {} }, '/hours'),
  ...['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'].map((day) =>
    one(
      'time.hours',
      `hours.${day}[] own`,
      { hours: { [day]: [['09:00', '09:01']] } },
      { hours: { [day]: [['09:00', '09:00']] } },
      `/hours/${day}/0`,
    ),
  ),
  root('people.assign', { assignee: null }, {}, '/assignee'),
  root('people.notify', { text: 'a', user: 'u' }, { text: 'a', user: 'u', team: 't' }, '/team'),
  root('contact.update', { fields: { email: null } }, { fields: { name: '' } }, '/fields'),
  root('contact.update', attributes(50), attributes(51), '/attributes'),
  root('contact.tag', names('a'), {}, '/add'),
  root('contact.group', names('a'), {}, '/add'),
  root('contact.consent', { service: 'given' }, { source: 'a' }, '/marketing'),
];

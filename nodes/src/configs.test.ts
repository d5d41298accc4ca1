import { checkFlow, Flow, LIMITS, portsOf } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { nodeTypes } from './index.ts';

/** What the check says of one node's config, as `code path`. */
function problemsOf(type: string, config: Record<string, unknown>): string[] {
  const flow = Flow.parse({ format: 'parley.flow/1', nodes: [{ id: 'it', type, config }] });
  return checkFlow(flow, nodeTypes)
    .filter((one) => one.path.startsWith('/nodes/0/config'))
    .map(({ code, path }) => `${code} ${path.slice('/nodes/0/config'.length)}`);
}
const x = (length: number) => 'x'.repeat(length);
const button = (id: string, title = id) => ({ id, title });
const listOf = (...sections: unknown[]) => ({ text: 'Which?', button: 'See', sections });
const rows = (count: number) => Array.from({ length: count }, (_, i) => button(`r${i}`));
const holds = (condition: Record<string, unknown>) => ({
  conditions: [{ left: 'a', operator: 'equals', ...condition }],
});
const way = (id: string) => ({ id, right: id });
const nineToFive = { hours: { mo: [['09:00', '17:00']] } };
const steps = (...given: unknown[]) => ({ from: [1], steps: given, saveAs: 'a' });
const news = { audience: { tags: ['news'] } };

describe('configs that are refused', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['chat.send', { text: x(LIMITS.text + 1) }, ['too_long /text']],
    ['chat.send', { kind: 'text' }, ['invalid_config /text']],
    ['chat.send', { kind: 'image' }, ['invalid_config /url']],
    ['chat.send', { kind: 'image', url: 'https://x', caption: x(LIMITS.caption + 1) }, ['too_long /caption']],
    ['chat.send', { kind: 'location', latitude: 1 }, ['invalid_config /longitude']],
    ['chat.send', { kind: 'reaction' }, ['invalid_config /emoji']],
    ['chat.send', { text: 'Hi', to: 'first' }, ['invalid_config /to']],
    ['chat.buttons', { text: 'Well?', buttons: [] }, ['missing /buttons']],
    ['chat.buttons', { text: 'Well?', buttons: ['a', 'b', 'c', 'd'].map((id) => button(id)) }, ['too_long /buttons']],
    ['chat.buttons', { text: x(LIMITS.buttonBody + 1), buttons: [button('a')] }, ['too_long /text']],
    ['chat.buttons', { text: 'Well?', buttons: [button('a', x(21))] }, ['too_long /buttons/0/title']],
    [
      'chat.buttons',
      { text: 'Well?', buttons: [button('a', 'Yes'), button('b', 'YÉS ')] },
      ['invalid_config /buttons/1/title'],
    ],
    ['chat.buttons', { text: 'Well?', buttons: [button('a'), button('a', 'b')] }, ['invalid_config /buttons/1/id']],
    ['chat.buttons', { text: 'Well?', buttons: [button('other')] }, ['invalid_config /buttons/0/id']],
    ['chat.buttons', { text: 'Well?', buttons: [button('$again')] }, ['invalid_config /buttons/0/id']],
    ['chat.buttons', { text: 'Well?', buttons: [button('{{now}}', 'Now')] }, ['invalid_config /buttons/0/id']],
    ['chat.buttons', { text: 'Well?', buttons: [button('a')], timeout: '30 minutes' }, ['invalid_config /timeout']],
    ['chat.list', listOf({ rows: rows(11) }), ['too_long /sections/0/rows']],
    [
      'chat.list',
      listOf({ title: 'A', rows: rows(6) }, { title: 'B', rows: rows(11).slice(6) }),
      ['invalid_config /sections'],
    ],
    [
      'chat.list',
      listOf({ rows: [button('a')] }, { title: 'B', rows: [button('b')] }),
      ['invalid_config /sections/0/title'],
    ],
    [
      'chat.list',
      listOf({ title: 'A', rows: [button('a')] }, { title: 'B', rows: [button('a', 'b')] }),
      ['invalid_config /sections/1/rows/0/id'],
    ],
    ['chat.list', listOf({ rows: [button('$fault')] }), ['invalid_config /sections/0/rows/0/id']],
    [
      'chat.list',
      listOf({ rows: [{ ...button('a'), title: x(25), description: x(73) }] }),
      ['too_long /sections/0/rows/0/title', 'too_long /sections/0/rows/0/description'],
    ],
    [
      'chat.list',
      { ...listOf({ title: x(25), rows: [button('a')] }), button: x(21) },
      ['too_long /button', 'too_long /sections/0/title'],
    ],
    ['chat.template', { name: 'Spring Offer', language: 'en' }, ['invalid_config /name']],
    [
      'chat.template',
      { name: 'offer', language: 'en', buttons: [{ index: 0, couponCode: x(16) }] },
      ['too_long /buttons/0/couponCode'],
    ],
    ['chat.ask', { text: 'Which?', answer: 'choice' }, ['invalid_config /choices']],
    ['chat.ask', { text: 'Name?', saveAs: '__proto__' }, ['invalid_config /saveAs']],
    ['chat.ask', { text: 'Name?', retries: 11 }, ['too_long /retries']],
    ['logic.branch', holds({ operator: 'like' }), ['invalid_config /conditions/0/operator']],
    ['logic.branch', holds({ operator: 'matches', right: '(' }), ['invalid_config /conditions/0/right']],
    ['logic.branch', holds({ operator: 'between', right: 1 }), ['invalid_config /conditions/0/right']],
    ['data.set', { assign: {} }, ['invalid_config /assign']],
    ['data.set', { assign: { 'a b': 1 } }, ['invalid_config /assign/a b']],
    ['data.code', { code: x(20_001) }, ['too_long /code']],
    ['data.code', { code: ' \n' }, ['invalid_config /code']],
    ['data.code', { code: 'return 1', saveAs: '__proto__' }, ['invalid_config /saveAs']],
    ['time.wait', { duration: 'P2Y' }, ['invalid_config /duration']],
    ['http.request', { url: 'ftp://x' }, ['invalid_config /url']],
    ['http.request', { url: 'https://x', method: 'TRACE' }, ['invalid_config /method']],
    ['people.handoff', { team: x(101) }, ['too_long /team']],
    ['trigger.message', {}, ['invalid_config /keywords']],
    ['trigger.message', { keywords: [' '], how: 'contains' }, ['invalid_config /keywords']],
    ['trigger.message', { keywords: ['('], how: 'pattern' }, ['invalid_config /keywords']],
    ['trigger.message', { match: 'button' }, ['invalid_config /payload']],
    ['logic.switch', { value: 1, cases: [] }, ['missing /cases']],
    ['logic.switch', { value: 1, cases: [way('other')] }, ['invalid_config /cases/0/id']],
    ['logic.switch', { value: 1, cases: [way('a'), way('a')] }, ['invalid_config /cases/1/id']],
    ['logic.switch', { value: 1, cases: [way('{{now}}')] }, ['invalid_config /cases/0/id']],
    [
      'logic.switch',
      { value: 1, cases: [{ ...way('a'), operator: 'matches', right: '(' }] },
      ['invalid_config /cases/0/right'],
    ],
    ['logic.random', { branches: [{ id: 'a' }] }, ['missing /branches']],
    ['logic.random', { branches: [{ id: 'a' }, { id: 'a' }] }, ['invalid_config /branches/1/id']],
    ['logic.random', { branches: ['a', 'b'].map((id) => ({ id, weight: 0 })) }, ['invalid_config /branches']],
    ['logic.random', { branches: [{ id: 'a' }, { id: 'b', weight: -1 }] }, ['missing /branches/1/weight']],
    ['logic.loop', { list: 'a', as: 'a b' }, ['invalid_config /as']],
    ['logic.subflow', { flow: 'flw_1', version: 0 }, ['missing /version']],
    ['logic.subflow', { flow: 'flw_1', outcomes: ['next'] }, ['invalid_config /outcomes/0']],
    ['logic.subflow', { flow: 'flw_1', outputs: { a: 'b c' } }, ['invalid_config /outputs/a']],
    ['logic.goTo', {}, ['invalid_config /target']],
    ['logic.end', { outcome: 'a b' }, ['invalid_config /outcome']],
    ['logic.end', { reason: x(501) }, ['too_long /reason']],
    ['time.until', { date: '2026-12-24', offset: 'a day' }, ['invalid_config /offset']],
    ['time.until', { date: '2026-12-24', offset: '-P2Y' }, ['invalid_config /offset']],
    ['time.until', { date: '2026-12-24', at: '9:00' }, ['invalid_config /at']],
    ['time.until', { date: '2026-12-24', timezone: 'local' }, ['invalid_config /timezone']],
    ['time.hours', { hours: {} }, ['invalid_config /hours']],
    ['time.hours', { hours: { mo: [['09:00', '09:00']] } }, ['invalid_config /hours/mo/0']],
    ['time.hours', { hours: { mo: [['24:00', '09:00']] } }, ['invalid_config /hours/mo/0/0']],
    ['time.hours', { ...nineToFive, holidays: ['02-30'] }, ['invalid_config /holidays/0']],
    ['time.hours', { ...nineToFive, holidays: ['25.12.'] }, ['invalid_config /holidays/0']],
    ['time.window', { closing: '2 hours' }, ['invalid_config /closing']],
    ['data.transform', { from: 1, steps: [], saveAs: 'a' }, ['missing /steps']],
    ['data.transform', steps({ do: 'shuffle' }), ['invalid_config /steps/0/do']],
    ['data.transform', steps({ do: 'map', to: '{{#if}}' }), ['invalid_config /steps/0/to']],
    ['data.transform', steps({ do: 'sort', by: 'a..b' }), ['invalid_config /steps/0/by']],
    [
      'data.transform',
      steps({ do: 'filter', conditions: [{ left: 'a', operator: 'matches', right: '(' }] }),
      ['invalid_config /steps/0/conditions/0/right'],
    ],
    ['contact.update', {}, ['invalid_config /fields']],
    ['contact.update', { fields: { phone: '1' }, attributes: { a: 1 } }, ['unknown_field /fields']],
    ['contact.update', { fields: { name: x(201) } }, ['too_long /fields/name']],
    ['contact.update', { attributes: { 'a.b': 1 } }, ['invalid_config /attributes/a.b']],
    ['contact.tag', {}, ['invalid_config /add']],
    ['contact.tag', { add: [x(101)] }, ['too_long /add/0']],
    ['contact.tag', { add: Array.from({ length: 101 }, () => 'a') }, ['too_long /add']],
    ['contact.group', { remove: [''] }, ['missing /remove/0']],
    ['contact.consent', {}, ['invalid_config /marketing']],
    ['contact.consent', { marketing: 'yes' }, ['invalid_config /marketing']],
    ['people.assign', {}, ['invalid_config /assignee']],
    ['people.assign', { priority: 'asap' }, ['invalid_config /priority']],
    ['people.note', { text: x(2_001) }, ['too_long /text']],
    ['people.notify', { text: 'a', user: 'u', team: 't' }, ['invalid_config /team']],
    ['flow.start', { flow: 'a b' }, ['invalid_config /flow']],
    ['event.emit', { name: x(101) }, ['too_long /name']],
    ['trigger.webhook', { phone: 'a..b' }, ['invalid_config /phone']],
    ['trigger.webhook', { whenBusy: 'queue' }, ['invalid_config /whenBusy']],
    ['trigger.schedule', {}, ['invalid_config /audience']],
    ['trigger.schedule', { audience: {} }, ['invalid_config /audience']],
    ['trigger.schedule', { ...news, every: 'once' }, ['invalid_config /date']],
    ['trigger.schedule', { ...news, every: 'once', date: '2026-02-30' }, ['invalid_config /date']],
    ['trigger.schedule', { ...news, every: 'week' }, ['invalid_config /days']],
    ['trigger.schedule', { ...news, every: 'month', dayOfMonth: 32 }, ['too_long /dayOfMonth']],
    ['trigger.schedule', { ...news, timezone: '{{contact.attributes.zone}}' }, ['invalid_config /timezone']],
    ['trigger.schedule', { audience: { tags: ['{{now}}'] } }, ['invalid_config /audience']],
    ['trigger.event', { name: ' ' }, ['missing /name']],
    [
      'trigger.event',
      { name: 'a', when: [{ left: '{{order.total}}', operator: 'isEmpty' }] },
      ['invalid_config /when/0/left'],
    ],
    ['trigger.event', { name: 'a', when: [{ left: 'total', operator: 'isEmpty' }] }, ['invalid_config /when/0/left']],
    ['trigger.event', { name: 'a', when: [{ left: '{{#if}}', operator: 'isEmpty' }] }, ['invalid_config /when/0/left']],
  ])('%s %j', (type, config, expected) => expect(problemsOf(type, config)).toEqual(expected));
});

describe('configs that only look wrong', () => {
  it.each<[string, Record<string, unknown>]>([
    ['chat.send', { text: x(LIMITS.text) }],
    ['chat.send', { kind: 'image', mediaId: 'med_1', caption: '' }],
    ['chat.buttons', { text: 'Well?', buttons: [button('a', '{{contact.firstName}} {{contact.lastName}}')] }],
    ['chat.list', listOf({ title: 'A', rows: rows(5) }, { title: 'B', rows: rows(10).slice(5) })],
    [
      'chat.template',
      { name: 'offer_2', language: 'pt_BR', buttons: [{ index: 0, couponCode: '{{contact.attributes.coupon}}' }] },
    ],
    ['logic.branch', holds({ operator: 'matches', right: '{{now}}(' })],
    ['logic.branch', holds({ operator: 'between', right: '1, 10' })],
    ['time.wait', { duration: '{{now}}' }],
    ['http.request', { url: '{{contact.attributes.site}}/x' }],
    ['trigger.message', { keywords: ['👍'] }],
    ['trigger.message', { match: 'any' }],
    ['logic.switch', { value: '{{now}}', cases: [{ id: 'a', operator: 'isNotEmpty' }] }],
    [
      'logic.random',
      {
        branches: [
          { id: 'a', weight: 0.5 },
          { id: 'b', weight: 0 },
        ],
      },
    ],
    [
      'time.until',
      { date: '{{now}}', offset: '{{contact.attributes.notice}}', timezone: '{{contact.attributes.zone}}' },
    ],
    [
      'time.hours',
      { hours: { sa: [['22:00', '02:00']] }, holidays: ['02-29', { date: '2026-12-25', name: 'Christmas' }] },
    ],
    ['data.transform', steps({ do: 'map', to: '{{item.name}} {{index}}' }, { do: 'take', count: '{{n}}' })],
    [
      'contact.tag',
      {
        add: [
          '{{contact.attributes.favourite_of_all_the_things_that_we_sell_in_our_shops_and_on_our_pages_everywhere}}',
        ],
      },
    ],
    ['people.assign', { assignee: null }],
    ['trigger.schedule', { ...news, every: 'month', dayOfMonth: 31 }],
    ['trigger.event', { name: 'order.paid', when: [{ left: '{{event.total}}', operator: 'greaterThan', right: 10 }] }],
  ])('%s %j', (type, config) => expect(problemsOf(type, config)).toEqual([]));
});

describe('ports', () => {
  const portsFor = (type: string, config: Record<string, unknown>): string[] => {
    const known = nodeTypes.get(type);
    if (!known) throw new Error(`no ${type}`);
    return portsOf(known, known.schema.parse(config));
  };
  it.each<[string, Record<string, unknown>, string[]]>([
    ['trigger.message', { match: 'any' }, ['next']],
    ['chat.send', { text: 'Hi' }, ['next', 'error']],
    ['chat.buttons', { text: 'Well?', buttons: [button('a')] }, ['a', 'other', 'timeout', 'error']],
    ['chat.list', listOf({ rows: rows(2) }), ['r0', 'r1', 'other', 'timeout', 'error']],
    ['chat.template', { name: 'offer', language: 'en' }, ['next', 'error']],
    ['chat.ask', { text: 'Name?' }, ['next', 'invalid', 'timeout', 'error']],
    ['logic.branch', holds({}), ['yes', 'no']],
    ['data.set', { assign: { a: 1 } }, ['next']],
    ['data.code', { code: 'return 1' }, ['next', 'error']],
    ['time.wait', { duration: 'PT1M' }, ['next']],
    ['http.request', { url: 'https://x' }, ['next', 'error']],
    ['people.handoff', {}, ['resumed', 'closed', 'timeout']],
    ['logic.switch', { value: 1, cases: [way('a'), way('b')] }, ['a', 'b', 'other']],
    ['logic.random', { branches: [{ id: 'a' }, { id: 'b' }] }, ['a', 'b']],
    ['logic.loop', { list: '{{list}}', as: 'a' }, ['each', 'done']],
    ['logic.subflow', { flow: 'flw_1', outcomes: ['vip'] }, ['next', 'vip', 'error']],
    ['logic.goTo', { target: 'a' }, []],
    ['logic.goTo', { target: 'a', comeBack: true }, ['next']],
    ['logic.goBack', {}, ['nowhere']],
    ['logic.end', {}, []],
    ['time.until', { date: '2026-12-24' }, ['next', 'past']],
    ['time.hours', nineToFive, ['open', 'closed']],
    ['time.window', {}, ['open', 'closing', 'closed']],
    ['data.transform', steps({ do: 'count' }), ['next', 'error']],
    ['contact.update', { attributes: { a: 1 } }, ['next']],
    ['contact.tag', { add: ['a'] }, ['next']],
    ['contact.group', { add: ['a'] }, ['next']],
    ['contact.consent', { marketing: 'given' }, ['next']],
    ['people.assign', { priority: 'high' }, ['next']],
    ['people.note', { text: 'a' }, ['next']],
    ['people.notify', { text: 'a' }, ['next']],
    ['flow.start', { flow: 'flw_1' }, []],
    ['event.emit', { name: 'a' }, ['next']],
    ['trigger.called', {}, ['next']],
    ['trigger.webhook', {}, ['next']],
    ['trigger.schedule', news, ['next']],
    ['trigger.event', { name: 'a' }, ['next']],
  ])('%s', (type, config, ports) => expect(portsFor(type, config)).toEqual(ports));
});

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
    ['time.wait', { duration: 'P2Y' }, ['invalid_config /duration']],
    ['http.request', { url: 'ftp://x' }, ['invalid_config /url']],
    ['http.request', { url: 'https://x', method: 'TRACE' }, ['invalid_config /method']],
    ['people.handoff', { team: x(101) }, ['too_long /team']],
    ['trigger.message', {}, ['invalid_config /keywords']],
    ['trigger.message', { keywords: [' '], how: 'contains' }, ['invalid_config /keywords']],
    ['trigger.message', { keywords: ['('], how: 'pattern' }, ['invalid_config /keywords']],
    ['trigger.message', { match: 'button' }, ['invalid_config /payload']],
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
    ['time.wait', { duration: 'PT1M' }, ['next']],
    ['http.request', { url: 'https://x' }, ['next', 'error']],
    ['people.handoff', {}, ['resumed', 'closed', 'timeout']],
  ])('%s', (type, config, ports) => expect(portsFor(type, config)).toEqual(ports));
});

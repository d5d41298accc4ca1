import { describe, expect, it } from 'vitest';
import { firstWords, nodeTitle } from './node-title.ts';

const says = (text: unknown, type = 'chat.send') => firstWords(type, { text });

describe('what a step is called', () => {
  it('is its own name first', () => {
    const node = { type: 'chat.send', config: { text: 'Hello' } };
    expect(nodeTitle({ ...node, label: 'Greeting' })).toBe('Greeting');
    expect(nodeTitle(node)).toBe('Hello');
    expect(nodeTitle({ ...node, config: { text: '' } })).toBeNull();
    expect(nodeTitle({ ...node, config: {} })).toBeNull();
  });
  it.each([
    ['trigger.message', { keywords: ['hello', 'hi'] }, 'hello, hi'],
    ['trigger.message', { match: 'any', keywords: ['hello'] }, null],
    ['chat.ask', { text: 'Your e-mail?' }, 'Your e-mail?'],
    ['chat.send', { kind: 'image', caption: 'Our shop' }, 'Our shop'],
    ['chat.template', { name: 'order_ready' }, 'order_ready'],
    ['http.request', { url: 'https://example.com/leads?key={{key}}' }, 'example.com/leads'],
    ['data.set', { assign: { total: 1, note: '' } }, 'total, note'],
    ['contact.tag', { add: [], remove: ['vip'] }, 'vip'],
    ['logic.switch', { value: '{{order.size}}' }, 'order.size'],
    ['time.wait', { duration: 'PT1H' }, null],
    ['shop.order', { whatever: [1] }, null],
  ])('%s %j begins %j', (type, config, words) => expect(firstWords(type, config)).toBe(words));
  it('has no marks and no braces', () => {
    expect(says('*Hello* _dear_ ~old~ ```friend```')).toBe('Hello dear old friend');
    expect(says('> Quoted\n- one\n- two')).toBe('Quoted one two');
    expect(says('Hi {{contact.firstName}}, welcome')).toBe('Hi …, welcome');
    expect(says('{{#if vip}}Dear{{else}}Hi{{/if}} friend')).toBe('Dear / Hi friend');
    expect(says('{{quote}}')).toBe('quote');
    expect(says('{{a}} {{b}}')).toBeNull();
    expect(says('5 * 3 = 15')).toBe('5 * 3 = 15');
  });
  it('is one line, cut between words, and never in the middle of a sign', () => {
    expect(says('One two three four five six seven eight nine ten eleven')).toBe(
      'One two three four five six seven eight nine…',
    );
    expect(says(`a${'👩‍👩‍👧'.repeat(20)}`)).toMatch(/^a(👩‍👩‍👧)+…$/u);
    expect(says('x'.repeat(5_000))).toBe(`${'x'.repeat(48)}…`);
    expect(says('Two\n\nlines')).toBe('Two lines');
  });
  it('shows script as text and lets nothing turn it round', () => {
    expect(says('<img src=x onerror=alert(1)>')).toBe('<img src=x onerror=alert(1)>');
    expect(says('abc\u202edef\u2066ghi')).toBe('abc def ghi');
  });
  it('takes what is no text for nothing', () => {
    for (const text of [7, null, [], {}, true]) expect(says(text)).toBeNull();
  });
});

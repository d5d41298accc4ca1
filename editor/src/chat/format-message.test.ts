import { describe, expect, it } from 'vitest';
import { formatMessage, type Span } from './format-message.ts';

/** Writes spans back as a reader sees them. */
const shown = (spans: readonly Span[]): string =>
  spans
    .map((span) => {
      if (span.kind === 'text') return span.text;
      if (span.kind === 'code') return `<code>${span.text}</code>`;
      if (span.kind === 'link') return `<a>${span.url}</a>`;
      return `<${span.kind}>${shown(span.spans)}</${span.kind}>`;
    })
    .join('');
const read = (text: string) => shown(formatMessage(text));

describe('formatMessage', () => {
  it.each([
    ['*bold* _italic_ ~strike~', '<bold>bold</bold> <italic>italic</italic> <strike>strike</strike>'],
    ['```mono *as is*``` and `code`', '<code>mono *as is*</code> and <code>code</code>'],
    ['*bold _and italic_*', '<bold>bold <italic>and italic</italic></bold>'],
    ['(*word*), *word*!', '(<bold>word</bold>), <bold>word</bold>!'],
    ['*Olá, çã*', '<bold>Olá, çã</bold>'],
  ])('reads %s', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    '2*3*4',
    'snake_case_name',
    '* a list',
    '*not closed',
    'over *two\nlines*',
    '**',
    '***',
    '* *',
    '``````',
    '`two\nlines`',
  ])('leaves %j as it is', (text) => expect(read(text)).toBe(text));

  it('links addresses without the end of the sentence, and no other scheme', () => {
    expect(read('See https://example.com/a_b_c?x=*1*. Bye')).toBe('See <a>https://example.com/a_b_c?x=*1</a>*. Bye');
    expect(read('javascript:alert(1) data:text/html,x')).toBe('javascript:alert(1) data:text/html,x');
    expect(read('(https://example.com)')).toBe('(<a>https://example.com</a>)');
  });

  it('keeps markup as text', () => {
    expect(formatMessage('<img src=x onerror=alert(1)>')).toEqual([
      { kind: 'text', text: '<img src=x onerror=alert(1)>' },
    ]);
  });

  it('loses no character', () => {
    const text = '*a* _b ~c~ d_ ```e``` 🥐 `f` *g';
    expect(read(text).replace(/<\/?\w+>/g, '')).toBe('a b c d e 🥐 f *g');
  });

  it('reads four thousand marks in a moment', () => {
    const begun = performance.now();
    for (const mark of ['*', '_a', '*a ', '`', '~*_']) formatMessage(mark.repeat(4096 / mark.length));
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

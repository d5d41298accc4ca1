import { describe, expect, it } from 'vitest';
import { jsonFault } from './json-fault.ts';

describe('the place where a text stops being JSON', () => {
  it.each([
    ['', 1, 1, 'a value'],
    ['{"a": 1,}', 1, 9, 'a key in double quotes'],
    ['{"a": 1 "b": 2}', 1, 9, '"," or "}"'],
    ['[1\n2]', 2, 1, '"," or "]"'],
    ['{"a" 1}', 1, 6, '":"'],
    ['{a: 1}', 1, 2, 'a key in double quotes'],
    ['{"a": tru}', 1, 7, 'a value'],
    ['{"a": 01}', 1, 8, '"," or "}"'],
    ['{"a": 1', 1, 8, '"," or "}"'],
    ['{} {}', 1, 4, 'nothing more'],
    ['["a\nb"]', 1, 4, 'a closing quote (write a line break inside a text as \\n)'],
    ['["a', 1, 4, 'a closing quote'],
    ['["\\x"]', 1, 3, 'an escape such as \\n, \\" or \\u00e9'],
    ['[1,]', 1, 4, 'a value'],
    ['// no', 1, 1, 'a value'],
    [']', 1, 1, 'a value'],
  ])('%j: line %i, column %i', (text, line, column, expected) => {
    expect(jsonFault(text)).toEqual({ line, column, expected });
  });

  it('agrees with the parser on every text that lacks or doubles a sign', () => {
    const text = '{"a": [1, -2.5e3, true, null, "x\\u00e9\\n"], "b": {}, "c": []}';
    for (let at = 0; at < text.length; at++) {
      for (const changed of [text.slice(0, at) + text.slice(at + 1), text.slice(0, at) + text[at] + text.slice(at)]) {
        expect([changed, jsonFault(changed) === null]).toEqual([changed, isJson(changed)]);
      }
    }
  });

  it('is found in a text of a hundred thousand levels', () => {
    expect(jsonFault('['.repeat(100_000))).toMatchObject({ column: 100_001 });
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

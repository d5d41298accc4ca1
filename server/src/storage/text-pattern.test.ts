import { describe, expect, it } from 'vitest';
import { loosePattern } from './text-pattern.ts';

const finds = (query: string, text: string): boolean => new RegExp(loosePattern(query), 'i').test(text);

describe('a pattern for what people look for', () => {
  it.each([
    ['cafe ord', 'Café order line'],
    ['CAFÉ', 'cafe'],
    ['acao', 'Ação de março'],
    ['cafe ord', 'Cafe\u0301 order line'],
    ['a.b*c', 'xA.B*Cx'],
    ['[x]{2}', 'some [x]{2} here'],
    ['हिन्दी', 'हिन्दी बॉट'],
    ['한국', '한국어'],
    ['مَرحبا', 'مَرحبا بك'],
    ['👋 hi', 'Say 👋 hi'],
  ])('%s finds %s', (query, text) => expect(finds(query, text)).toBe(true));

  it.each([
    ['cafe', 'caf'],
    ['a.b', 'axb'],
    ['हन', 'हिन्दी'],
  ])('%s does not find %s', (query, text) => expect(finds(query, text)).toBe(false));
});

import { INBOUND_TYPES, inboundMessage, inboundText, type JsonObject } from '@parley/runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswer } from './answer.ts';
import { ANSWERS, config } from './config.ts';
import { readDate } from './date.ts';
import { readNumber } from './number.ts';
import { wordsOf } from './refusal.ts';
import { SENTENCES } from './sentences.ts';

const LANGUAGES = ['en', 'es', 'pt-BR', 'ar', 'fr', 'de-CH', 'hi', 'xx', 'pt_BR', 'not a language', ''];
const ASKED = { language: 'en', timezone: 'Europe/Lisbon', now: '2026-03-02T09:00:00.000Z' };

describe('a number', () => {
  it.each<[string, string, number | null]>([
    ['1.234', 'en', 1.234],
    ['1.234', 'pt_BR', 1234],
    ['1,234', 'es-MX', 1234],
    ['1,234', 'es', 1.234],
    ['1.5', 'not a language', 1.5],
    ['1.5', '', 1.5],
    ['0.125', 'de', 0.125],
    ['00.125', 'de', 0.125],
    ['1.2345', 'de', 1.2345],
    ['12.345.678,9', 'en', 12345678.9],
    ['−5', 'en', -5],
    ['+1.000', 'de', 1000],
    ['１２', 'ja', 12],
    ['1٬2٫3', 'ar', 12.3],
    ['1 234 567', 'fr', 1234567],
    ['1 23', 'fr', null],
    ['1.23.456', 'de', null],
    ['1,234.567,8', 'en', null],
    ['.', 'en', null],
    ['', 'en', null],
    ['1'.repeat(41), 'en', null],
  ])('%s in %s', (text, language, expected) => expect(readNumber(text, language, false)).toBe(expected));

  it.each([
    ['three', 'en', 3],
    ['TRÊS', 'pt', 3],
    ['أربعة', 'ar', 4],
    ['three', 'de', 3],
    ['drei', 'de', null],
  ])('as the word %s in %s', (text, language, expected) => expect(readNumber(text, language, true)).toBe(expected));
});

describe('a date', () => {
  it.each<[string, string, string | undefined]>([
    ['31 de março de 2026', 'pt-BR', '2026-03-31'],
    ['31 mars 2026', 'fr', '2026-03-31'],
    ['31. März 2026', 'de', '2026-03-31'],
    ['2026年3月31日', 'ja', undefined],
    ['3/4/2026', 'en-US', '2026-03-04'],
    ['3/4/2026', 'en-GB', '2026-04-03'],
    ['29.2.2026', 'en', undefined],
    ['29.2.2028', 'en', '2028-02-29'],
    ['1/1/0000', 'not a language', '0000-01-01'],
    ['March 3 2026', 'not a language', '2026-03-03'],
    ['x'.repeat(41), 'en', undefined],
  ])('%s in %s', (text, language, expected) => expect(readDate(text, language)).toBe(expected));
});

describe('the words of a refusal', () => {
  const said = (fields: JsonObject, text: string, language = 'en') => {
    const reading = readAnswer(inboundText(text), config.parse({ text: '?', ...fields }), ASKED);
    return 'refused' in reading ? wordsOf(reading.refused, language) : null;
  };
  it('leave out a list that is too long to say', () => {
    const choices = Array.from({ length: 40 }, (_, index) => `Choice number ${index}`);
    expect(said({ answer: 'choice', choices }, 'x')).toBe('Please choose one of the answers.');
  });
  it('tell how many choices are wanted', () => {
    const several = { answer: 'choice', choices: ['a', 'b', 'c'], multiple: true };
    expect(said({ ...several, min: 2 }, 'a')).toContain('choose 2+ of these');
    expect(said({ ...several, max: 2 }, 'a, b, c')).toContain('choose 1-2 of these');
  });
  it('write limits as the language does', () =>
    expect(said({ answer: 'number', min: 1234.5 }, '1', 'de')).toBe(
      'Please answer with a number that is 1.234,5 or more.',
    ));
  it('are there in every language', () => {
    const keys = Object.keys(SENTENCES.en).sort();
    for (const sentences of Object.values(SENTENCES)) expect(Object.keys(sentences).sort()).toEqual(keys);
  });
});

it('any message and any question give a value that survives JSON, or words', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.stringMatching(/^[-+0-9., '٠-٩٬٫/]{1,20}$/),
    fc.constantFrom('red and red', 'y y y', '1, 2, 1', 'و', ',;,', 'a'.repeat(5_000), 'a,'.repeat(2_000)),
  );
  const question = fc.record({
    text: fc.constant('?'),
    answer: fc.constantFrom(...ANSWERS),
    choices: fc.constantFrom(['red', 'y'], [{ id: '2', title: '1' }, 'و'], ['red and red']),
    integer: fc.boolean(),
    words: fc.boolean(),
    period: fc.constantFrom('any', 'past', 'future'),
  });
  const message = fc.record({ type: fc.constantFrom(...INBOUND_TYPES), text, payload: fc.option(text) });
  fc.assert(
    fc.property(question, fc.boolean(), message, fc.constantFrom(...LANGUAGES), (asked, multiple, given, language) => {
      const parsed = config.parse({ ...asked, multiple: multiple && asked.answer === 'choice' });
      const reading = readAnswer(inboundMessage(given), parsed, { ...ASKED, language });
      if ('value' in reading) expect(JSON.parse(JSON.stringify(reading.value))).toEqual(reading.value);
      else expect(wordsOf(reading.refused, language)).not.toBe('');
    }),
    { numRuns: 3_000 },
  );
});

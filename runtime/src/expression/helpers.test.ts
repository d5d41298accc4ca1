import { describe, expect, it } from 'vitest';
import { HELPER_GROUPS } from './helper.ts';
import { HELPERS, helperOf } from './helpers.ts';
import { readTemplate } from './read-template.ts';
import { renderText, renderValue } from './template.ts';

const value = (source: string, scope: unknown = {}, locale = {}): unknown => {
  const { template, problem } = readTemplate(source);
  if (!template) throw new Error(problem.message);
  return renderValue(template, scope, locale);
};

describe('what is written about each helper', () => {
  it.each(HELPERS.map((helper) => [helper.name, helper] as const))(
    '%s: its example gives what it says',
    (_, helper) => {
      const { template, scope, gives } = helper.example;
      expect(template).toMatch(new RegExp(`[{(]${helper.name}\\b`));
      expect(value(template, scope)).toEqual(gives);
      const read = readTemplate(template).template;
      if (read) expect(typeof renderText(read, scope ?? {})).toBe('string');
    },
  );
  it.each(HELPERS.map((helper) => [helper.name, helper] as const))('%s: words, types and a result', (_, helper) => {
    expect(HELPER_GROUPS).toContain(helper.group);
    expect(helper.summary).toMatch(/^[A-Z].*\.$/);
    expect(helper.result).not.toBe('');
    for (const argument of helper.arguments) {
      expect(argument.name).toMatch(/^\w+$/);
      expect(argument.type).toMatch(/^(text|number|date|list|object|value|text or list|yes or no)$/);
    }
    const optional = helper.arguments.filter(({ named }) => !named).map((one) => Boolean(one.optional || one.rest));
    expect(optional.toSorted()).toEqual(optional);
  });
  it('names each once, on a table without a prototype', () => {
    expect(new Set(HELPERS.map(({ name }) => name)).size).toBe(HELPERS.length);
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
      expect(helperOf(name)).toBe(undefined);
  });
  it('has every group', () => expect(new Set(HELPERS.map(({ group }) => group))).toEqual(new Set(HELPER_GROUPS)));
});

/** Everything a template can hand over, each to every place of every helper. */
const ANYTHING: unknown[] = [
  null,
  '',
  'a',
  -1,
  0,
  2.5,
  1e308,
  '1e309',
  Number.NaN,
  true,
  [],
  [[[]]],
  {},
  { a: JSON.parse('{ "toString": "x", "valueOf": "y", "then": "z", "__proto__": 1 }') },
  '\0\ud800‮',
  '9999-12-31T23:59:59Z',
  'P9999Y',
  'x'.repeat(2_000),
];

describe('any value in any place', () => {
  it.each(HELPERS.map((helper) => [helper.name, helper] as const))('%s gives JSON', (_, helper) => {
    const places = Math.max(helper.arguments.filter(({ named }) => !named).length, 1);
    const required = helper.arguments.filter(({ named, optional, rest }) => named && !optional && !rest);
    const names = required.map(({ name }) => ` ${name}=b`).join('');
    if (helper.arguments.length === 0 || helper.name === 'object') return;
    const source = `{{${helper.name} ${Array.from({ length: places }, (_, i) => `v${i}`).join(' ')}${names}}}`;
    const { template, problem } = readTemplate(source);
    if (!template) throw new Error(problem.message);
    for (const first of ANYTHING) {
      for (const second of ANYTHING) {
        for (const third of places > 2 ? ANYTHING : [null]) {
          const scope = { v0: first, v1: second, v2: third, v3: third, v4: second, b: first, now: second };
          let result: unknown = null;
          try {
            result = renderValue(template, scope);
          } catch (error) {
            expect(error).toHaveProperty('name', 'TemplateLimit');
          }
          if (!Object.is(result, JSON.parse(JSON.stringify(result))))
            expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        }
      }
    }
  });
});

describe('values too many, too few or unknown are refused while reading', () => {
  it.each([
    [
      '{{upper}} {{truncate name}}',
      'The helper truncate is not given its length. The helper truncate takes text length [ending].',
    ],
    ['{{truncate a 1 "x" 4}}', 'The helper truncate takes text length [ending]; it is given 4 values.'],
    ['{{not a b}}', 'The helper not takes condition; it is given 2 values.'],
    ['{{truncate a 1 size=2}}', 'The helper truncate takes no size=. The helper truncate takes text length [ending].'],
    ['{{truncate a 1 length=2}}', 'The helper truncate is given length twice.'],
    [
      '{{plural n one="x"}}',
      'The helper plural is not given its other. The helper plural takes count [zero=] [one=] [two=] [few=] [many=] other= [language=].',
    ],
    ['{{choose a b c}}', 'The helper choose takes value [other=] any name=; it is given 3 values.'],
    ['{{choose a x=1 x=2}}', 'The helper choose is given x twice.'],
    ['{{constructor a}}', 'There is no helper called constructor.'],
    ['{{add (frob 1) 2}}', 'There is no helper called frob.'],
    ['{{subtract}} {{subtract a=1}}', 'The helper subtract takes no a=. The helper subtract takes from more numbers.'],
    ['{{today 1 2}}', 'The helper today takes [zone]; it is given 2 values.'],
  ])('%s', (source, message) => expect(readTemplate(source).problem).toEqual({ code: 'not_allowed', message }));

  it('any argument may be given by its name', () =>
    expect(value('{{truncate length=3 text="abcdef" ending=""}}')).toBe('abc'));
  it('a lone name of a helper that needs values is a variable', () => {
    expect(value('{{title}}', { title: 'Dr' })).toBe('Dr');
    expect(value('{{title}}')).toBe(null);
    expect(readTemplate('{{title}}').template?.reads).toEqual(['title']);
  });
  it('a lone name of one that needs none is the helper, unless a variable has the name', () => {
    expect(value('{{today}}', { now: '2026-03-02T09:00:00Z' })).toBe('2026-03-02');
    expect(value('{{addTime today "P1D"}}', { now: '2026-03-02T09:00:00Z' })).toBe('2026-03-03');
    expect(value('{{today}}', { now: '2026-03-02T09:00:00Z', today: 'mine' })).toBe('mine');
    expect(readTemplate('{{today}}').template?.reads).toEqual([]);
  });
});

describe('language, zone and time of a rendering', () => {
  const now = '2026-03-02T23:30:00Z';
  it.each([
    ['{{formatDate now "longDate"}}', { language: 'pt-BR' }, '2 de março de 2026'],
    ['{{formatDate now "longDate"}}', { language: 'de', zone: 'Europe/Berlin' }, '3. März 2026'],
    ['{{formatDate now "time"}}', { zone: 'America/New_York' }, '6:30 PM'],
    ['{{formatDate now "dd.LL.yyyy HH:mm"}}', { zone: 'UTC+5:30' }, '03.03.2026 05:00'],
    ['{{formatDate now "yyyy"}}', { language: 'th' }, '2026'],
    ['{{formatDate now "d"}}', { language: 'ar-EG' }, '2'],
    ['{{formatDate now "iso" zone="Asia/Tokyo"}}', {}, '2026-03-03T08:30:00+09:00'],
    ['{{formatDate now "date"}}', { zone: 'Nowhere/Else', language: 'not a language' }, 'Mar 2, 2026'],
    ['{{formatDate now "date" zone="local"}}', {}, null],
    ['{{formatDate now "date" zone="system"}}', {}, null],
    ['{{today}}', { zone: 'Asia/Tokyo' }, '2026-03-03'],
    ['{{today}}', { now: '2020-02-28T23:00:00-05:00' }, '2020-02-29'],
    ['{{tomorrow}}', { now: 'some day' }, null],
    ['{{startOf "2026-03-29T12:00:00" "day"}}', { zone: 'Europe/Berlin' }, '2026-03-29T00:00:00+01:00'],
    ['{{addTime "2026-03-28T12:00:00" "P1D"}}', { zone: 'Europe/Berlin' }, '2026-03-29T12:00:00+02:00'],
    ['{{addTime "2026-03-28T12:00:00" "PT24H"}}', { zone: 'Europe/Berlin' }, '2026-03-29T13:00:00+02:00'],
    ['{{addTime "2026-01-31" "P1M"}}', {}, '2026-02-28'],
    ['{{addTime "2026-01-31" "PT1H"}}', {}, '2026-01-31T01:00:00Z'],
    ['{{timeBetween "2026-03-28" "2026-03-30" "hours"}}', { zone: 'Europe/Berlin' }, 47],
    ['{{timeBetween "2026-03-30" "2026-03-28"}}', {}, -2],
    ['{{timeBetween "2026-03-30" "2026-03-28" "fortnight"}}', {}, null],
    ['{{weekday "2026-03-02"}}', { language: 'pt' }, 'segunda-feira'],
    ['{{parseDate "2 March 2026" "d MMMM yyyy"}}', {}, '2026-03-02'],
    ['{{parseDate "2 2 2026" "d d yyyy"}}', {}, null],
    ["{{parseDate '111111' \"y''y''y\"}}", {}, null],
    [
      '{{parseDate "2 março 2026 14:05" "d LLLL yyyy HH:mm"}}',
      { language: 'pt', zone: 'Europe/Lisbon' },
      '2026-03-02T14:05:00+00:00',
    ],
    ['{{parseDate 1772442000 "seconds"}}', {}, '2026-03-02T09:00:00Z'],
    ['{{parseDate 1772442000000 "milliseconds"}}', {}, '2026-03-02T09:00:00Z'],
    ['{{parseDate "31.2.2026" "d.M.yyyy"}}', {}, null],
    ['{{parseDate "yesterday"}}', {}, null],
    ['{{parseDate "2026-03-02T10:00:00+02:00"}}', {}, '2026-03-02T08:00:00Z'],
    ['{{isSameDay now "2026-03-03"}}', { zone: 'Asia/Tokyo' }, true],
    ['{{isBefore now "x"}}', {}, false],
    ['{{formatNumber 1234567.891}}', { language: 'fr' }, '1 234 567,891'],
    ['{{formatNumber 1234.5 2}}', { language: 'ar-EG' }, '1,234.50'],
    ['{{formatNumber 1234.5}}', { language: 'pt_BR' }, '1.234,5'],
    ['{{formatNumber "x"}}', {}, null],
    ['{{formatMoney 123456 "EUR"}}', { language: 'de' }, '1.234,56 €'],
    ['{{formatMoney 123456 "JPY"}}', { language: 'en' }, '¥123,456'],
    ['{{formatMoney 123456 "KWD"}}', { language: 'en' }, 'KWD 123.456'],
    ['{{formatMoney -1999 "usd"}}', { language: 'en' }, '-$19.99'],
    ['{{formatMoney 1999 "EURO"}}', {}, null],
    ['{{formatMoney 0.5 "EUR"}}', {}, '€0.00'],
    ['{{plural 1 one="# mensagem" other="# mensagens"}}', { language: 'pt' }, '1 mensagem'],
    ['{{plural 2 one="# файл" few="# файла" many="# файлов" other="# файла"}}', { language: 'ru' }, '2 файла'],
    ['{{plural 5 one="# файл" few="# файла" many="# файлов" other="# файла"}}', { language: 'ru' }, '5 файлов'],
    ['{{plural 0 zero="none" other="#"}}', {}, 'none'],
    ['{{plural "x" other="#"}}', {}, null],
    ['{{plural 12345 other="# pieces"}}', { language: 'de' }, '12.345 pieces'],
    ['{{joinAnd (list "a" "b" "c")}}', { language: 'es' }, 'a, b y c'],
    ['{{joinAnd (list)}}', {}, ''],
  ])('%s in %j is %j', (source, locale, expected) => expect(value(source, { now }, locale)).toBe(expected));
});

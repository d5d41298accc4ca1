import { holds, readTemplate, renderText, renderValue, TemplateLimit } from '@parley/runtime';

/**
 * What attackers write into templates, or into values that templates show: items A1 to A10. Each says how it has to end:
 * `refused` while reading, stopped at the `limit`, or with exactly this value.
 */
export interface HostileCase {
  item: string;
  what: string;
  run: () => Outcome;
  ends: Outcome;
}
/** `gives` is what came out, both as a value and, for a text, as that text. */
export type Outcome = 'refused' | 'limit' | { gives: unknown };

/** Whether it ended as it has to, and whether what came out is JSON and nothing else. */
export function isContained({ run, ends }: HostileCase): boolean {
  const outcome = run();
  return JSON.stringify(outcome) === JSON.stringify(ends);
}

function rendered(source: unknown, scope: unknown): Outcome {
  const { template } = readTemplate(source as string);
  if (!template) return 'refused';
  return limited(() => {
    const gives = renderValue(template, scope);
    const text = renderText(template, scope);
    const same = JSON.stringify(JSON.parse(JSON.stringify(gives))) === JSON.stringify(gives);
    if (!same || !text.isWellFormed() || text.includes('\0') || /[\u202d\u202e]/.test(text))
      return { gives: 'escaped' };
    return { gives };
  });
}

function limited(work: () => Outcome): Outcome {
  try {
    return work();
  } catch (error) {
    if (error instanceof TemplateLimit) return 'limit';
    throw error;
  }
}

const scope = () => ({
  name: 'Ana',
  order: { number: 12, items: ['tea'] },
  big: 'x'.repeat(50_000),
  list: Array.from({ length: 2_000 }, (_, i) => i),
  secret: 'canary',
  now: '2026-03-02T09:00:00.000Z',
});

type Row = [source: unknown, ends: Outcome, more?: Record<string, unknown>];
const empty: Outcome = { gives: null };

const shown = (source: unknown): string => {
  const text = typeof source === 'string' ? source : JSON.stringify(source);
  return text.length > 60 ? `${text.slice(0, 50)}... (${text.length} characters)` : text;
};

const cases = (item: string, rows: Row[]): HostileCase[] =>
  rows.map(([source, ends, more]) => ({
    item,
    what: shown(source),
    run: () => rendered(source, { ...scope(), ...more }),
    ends,
  }));

const condition = (what: string, run: () => boolean, gives: boolean): HostileCase => ({
  item: 'A8',
  what,
  run: () => ({ gives: run() }),
  ends: { gives },
});

/** As a person's message would bring it: a flow that was parsed from JSON. */
const fromJson = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
const doubled = (helper: string, times: number): string =>
  Array.from({ length: times }).reduce<string>((inner) => `(${helper} ${inner} ${inner})`, 'list');
const evil = fromJson(
  '{"a":{"__proto__":{"polluted":1},"constructor":{"prototype":{"x":1}},"toString":1,"then":"x","valueOf":null}}',
);

/** No JSON, but what a careless driver could hand in. */
const callable = Object.fromEntries(['toString', 'valueOf', 'then', 'toJSON'].map((name) => [name, () => 'called']));

const words = Array.from({ length: 5_000 }, (_, i) => `Item ${i} ÁÉ`);

export const HOSTILE_CASES: HostileCase[] = [
  ...cases('A1', [
    ['{{constructor.constructor("return process")()}}', 'refused'],
    ['{{constructor.constructor "return process"}}', 'refused'],
    ['{{#with (constructor.constructor "return process")}}{{this}}{{/with}}', 'refused'],
    ['{{name.constructor.constructor}}', empty],
    ['{{get name "constructor.constructor"}}', empty],
    ['{{map (list name) "constructor"}}', { gives: [null] }],
    ['{{process.env}}{{globalThis.process}}{{require}}', { gives: '' }],
  ]),
  ...cases('A2', [
    ['{{__proto__}}', empty],
    ['{{order.__proto__.constructor}}', empty],
    ['{{order.[__proto__]}}', empty],
    ['{{get order (join (list "__pro" "to__") "")}}', empty],
    ['{{get order "[__proto__].[constructor]"}}', empty],
    ['{{order.[\\u005f_proto__]}}', empty],
    ['{{sortBy (list order) "__proto__.x"}}', { gives: [{ number: 12, items: ['tea'] }] }],
    ['{{object __proto__=order}}', { gives: {} }],
    ['{{parseJson "{\\"__proto__\\":{\\"x\\":1}}"}}', { gives: {} }],
    ['{{parseJson text}}', { gives: { a: 1 } }, { text: '{"__proto__":{"x":1},"a":1}' }],
    ['{{keys (match "a" "(?P<constructor>a)")}}', { gives: ['constructor', 'text', 'groups'] }],
  ]),
  ...cases('A3', [
    ['{{#with order}}{{number}}{{/with}}', 'refused'],
    ['{{lookup (lookup this "constructor") "constructor"}}', 'refused'],
    ['{{#each (lookup . "constructor")}}{{this}}{{/each}}', 'refused'],
    ['{{> (lookup . "name")}}', 'refused'],
    ['{{#* inline "x"}}y{{/inline}}', 'refused'],
    ['{{log "x" level="error"}}', 'refused'],
    ['{{helperMissing name}}', 'refused'],
    ['{{blockHelperMissing name}}', 'refused'],
    ['{{#helperMissing}}x{{/helperMissing}}', 'refused'],
    ['{{@root.constructor.constructor}}', empty],
    ['{{@constructor}}', 'refused'],
  ]),
  ...cases('A4', [
    [{ type: 'Program', body: [{ type: 'MustacheStatement', path: {}, params: [] }] }, 'refused'],
    [['{{secret}}'], 'refused'],
    [null, 'refused'],
    [12, 'refused'],
    [{ includes: '{{', length: 1 }, 'refused'],
  ]),
  ...cases('A5', [
    ['Hi {{name}}', { gives: 'Hi {{secret}}' }, { name: '{{secret}}' }],
    ['{{upper name}}', { gives: '{{SECRET}}' }, { name: '{{secret}}' }],
    ['{{replace name "x" "{{secret}}"}}', { gives: '{{secret}}' }, { name: 'x' }],
    ['{{#each order.items}}{{this}}{{/each}}', { gives: '{{secret}}' }, { order: { items: ['{{secret}}'] } }],
    ['{{replacePattern name "x" to}}', { gives: '{{secret}}$&' }, { name: 'x', to: '{{secret}}$&' }],
    ['{{choose name x=to}}', { gives: '{{secret}}' }, { name: 'x', to: '{{secret}}' }],
    ['{{formatDate now name}}', { gives: '{{0}}' }, { name: '{{s}}' }],
    ['{{plural 2 other=name}}', { gives: '{{secret}} 2' }, { name: '{{secret}} #' }],
  ]),
  ...cases('A6', [
    ['{{evil}}|{{upper evil}}|{{add evil 1}}', { gives: '||' }, { evil: evil.a }],
    [
      '{{evil}}',
      { gives: fromJson('{"constructor":{"prototype":{"x":1}},"toString":1,"then":"x","valueOf":null}') },
      { evil: evil.a },
    ],
    ['{{evil}}', { gives: {} }, { evil: callable }],
    [
      '{{sort evil}}{{eq evil "x"}}{{join evil "-"}}',
      { gives: 'false' },
      { evil: { toString: 1, valueOf: 1, length: 1e9 } },
    ],
    ['{{#if evil.then}}a{{/if}}{{evil.toString}}', { gives: '' }, { evil: callable }],
  ]),
  ...cases('A7', [
    [`{{name}}${'x'.repeat(10_000_000)}`, 'refused'],
    ['x'.repeat(10_000_000), 'limit'],
    ['{{#if a}}'.repeat(10_000), 'refused'],
    [`{{upper ${'(upper '.repeat(10_000)}a${')'.repeat(10_000)}}}`, 'refused'],
    [`{{upper ${'(upper '.repeat(300)}a${')'.repeat(300)}}}`, 'refused'],
    ['{{'.repeat(2_000), 'refused'],
    [`{{${'a.'.repeat(2_000)}a}}`, empty],
    [`{{length ${doubled('concat', 7)}}}`, 'limit'],
    [`{{json ${doubled('list', 7)}}}`, 'limit'],
    [`{{join (list ${doubled('list', 6)}) big}}`, 'limit'],
    ['{{repeat "a" 1000000000}}', 'limit'],
    ['{{repeat (repeat (repeat "abcdefgh" 1000) 1000) 1000}}', 'limit'],
    ['{{padStart "a" 1000000000}}', 'limit'],
    ['{{range 1 1000000000}}', 'limit'],
    ['{{range 0 1 0.000000000001}}', 'limit'],
    ['{{replace big "x" big}}', 'limit'],
    ['{{replacePattern big "x" big}}', 'limit'],
    ['{{join list big}}', 'limit'],
    ['{{split big ""}}', 'limit'],
    ['{{#each list}}{{#each ../list}}{{this}}{{/each}}{{/each}}', 'limit'],
    ['{{#each list}}{{json ../list}}{{/each}}', 'limit'],
    ['{{#each list}}{{sort ../list}}{{/each}}', 'limit'],
    ...['index', 'count', 'map', 'groupBy', 'unique', 'sortBy', 'contains'].map(
      (helper): Row => [`{{#each list}}{{#if (${helper} ../words ../words)}}{{/if}}{{/each}}`, 'limit', { words }],
    ),
    [
      '{{#each list}}{{#if (keys ../wide)}}{{/if}}{{/each}}',
      'limit',
      { wide: Object.fromEntries(words.map((word) => [word, word])) },
    ],
    ['{{parseJson deep}}', empty, { deep: `${'['.repeat(10_000)}${']'.repeat(10_000)}` }],
    ['{{deep}}|{{json deep}}', 'limit', { deep: fromJson('['.repeat(100) + ']'.repeat(100)) }],
    ['{{upper deep}}', 'limit', { deep: fromJson('['.repeat(5_000) + ']'.repeat(5_000)) }],
  ]),
  ...cases('A8', [
    ['{{matches big "(a+)+$"}}', { gives: false }, { big: `${'a'.repeat(50_000)}!` }],
    ['{{matches big "^(([a-z])+.)+[A-Z]([a-z])+$" true}}', { gives: false }, { big: `${'a'.repeat(50_000)}!` }],
    ['{{matches big "(a{1,100})+(b{1,100})+c"}}', 'limit', { big: `${'a'.repeat(50_000)}!` }],
    ['{{matches big "(a{1,1000}){1,1000}$"}}', { gives: false }],
    ['{{matchAll big "a+b|a"}}', 'limit', { big: 'a'.repeat(50_000) }],
    ['{{replacePattern big "(a*)*b" "x"}}', { gives: 'a'.repeat(5_000) }, { big: 'a'.repeat(5_000) }],
    [`{{#each list}}{{matches ../name "${'x?'.repeat(100)}"}}{{/each}}`, 'limit', { name: 'x'.repeat(4_000) }],
    ["{{parseDate big \"y''y''y''y''y''y\"}}", empty, { big: '1'.repeat(60) }],
    [`{{#each list}}{{matches "x" (join (list this "${'x?'.repeat(200)}") "")}}{{/each}}`, 'limit'],
    ['{{#each list}}{{matches "x" (join (list "(a{1,1000}){1,100}" this) "")}}{{/each}}', 'limit'],
    ['{{parseDate big "yMdHms"}}', empty, { big: `${'1'.repeat(60)}!` }],
  ]),
  condition(
    'condition (a+)+$ on 50 kB',
    () => holds('matches', { left: `${'a'.repeat(50_000)}!`, right: '(a+)+$' }),
    false,
  ),
  condition(
    'condition (a|aa)+$ on 50 kB',
    () => holds('matches', { left: `${'a'.repeat(50_000)}!`, right: '(a|aa)+$' }),
    false,
  ),
  condition(
    'condition isEmail on 100 kB',
    () => holds('isEmail', { left: `a@${'.'.repeat(100_000)}@`, right: null }),
    false,
  ),
  condition(
    'condition hasAny of two lists of 50,000',
    () => {
      const left = Array.from({ length: 50_000 }, (_, i) => `a${i}`);
      return holds('hasAny', { left, right: left.map((one) => `b${one}`) });
    },
    false,
  ),
  ...cases('A9', [
    ...[
      'constructor',
      '__proto__',
      'toString',
      'hasOwnProperty',
      'valueOf',
      '__defineGetter__',
      'isPrototypeOf',
      '__lookupGetter__',
    ].map((name): Row => [`{{${name} name "x"}}`, 'refused']),
    ['{{upper (constructor "x")}}', 'refused'],
    ['{{choose "constructor" other="none"}}', { gives: 'none' }],
    ['{{choose "__proto__" a=1}}', empty],
    ['{{formatDate now "__proto__"}}', { gives: '__pr619:00 AM61__' }],
    ['{{formatPhone "+351912345678" "constructor"}}', empty],
    ['{{filterBy (list order) "number" 1 "constructor"}}', { gives: [] }],
    ['{{upper name constructor="x"}}', 'refused'],
  ]),
  ...cases('A10', [
    ['{{add huge huge}}|{{multiply huge -10}}|{{toNumber "1e309"}}', { gives: '||' }, { huge: 1e308 }],
    ['{{n}}', empty, { n: Number.NaN }],
    ['{{list n m z}}', { gives: [null, null, 0] }, { n: Number.NaN, m: Number.POSITIVE_INFINITY, z: -0 }],
    ['{{multiply 0 -1}}', { gives: 0 }],
    ['{{round "-0.4"}}', { gives: 0 }],
    ['{{addTime now "P9999999999Y"}}|{{addTime now "P8000Y"}}', { gives: '|' }],
    ['{{startOf "+275760-09-13" "year"}}|{{formatDate "-000001-01-01"}}', { gives: '|' }],
    ['{{parseDate "1e309" "seconds"}}|{{parseDate 99999999999999999 "milliseconds"}}', { gives: '|' }],
    ['{{timeBetween "0000-01-01" "9999-12-31" "second"}}', { gives: 315569433600 }],
    ['{{formatDate now "D" "Etc/../../passwd"}}|{{today zone="local"}}', { gives: '|' }],
    ['{{formatMoney huge "XXX"}}|{{formatNumber -0}}', { gives: `¤1${',000'.repeat(102)}.00|0` }, { huge: 1e308 }],
    ['{{name}}{{urlEncode name}}', { gives: 'a\ufffdba%EF%BF%BDb' }, { name: 'a\ud800b' }],
    ['{{name}}', { gives: 'ab' }, { name: 'a\0b' }],
    ['{{name}}', { gives: 'photognp.exe' }, { name: 'photo\u202egnp.exe' }],
    ['{{slice name 0 1}}{{slice name 1}}', { gives: '👋' }, { name: '👋' }],
    ['{{truncate name 1}}', { gives: '…' }, { name: '👨‍👩‍👧‍👦👋' }],
    ['{{order.name}}', { gives: 'x�' }, { order: { name: 'x\udfff' } }],
  ]),
];

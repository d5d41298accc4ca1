import fc from 'fast-check';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { HELPERS } from './helpers.ts';
import { readTemplate } from './read-template.ts';
import { renderText, renderValue, TemplateLimit } from './template.ts';

const RUNS = { numRuns: 1_000, seed: 4 };
const NAMES = ['name', 'city', 'order', 'items', 'people', 'nothing'];

/** Words and numbers apart from each other: Handlebars adds neighbouring numbers when it does not escape. */
const word = fc.constantFrom('', 'Ana', 'ação', '0', '{{name}}', 'a b', '👋', '<b>', '"');
const leaf = fc.oneof(word, fc.integer({ min: -9, max: 9 }), fc.boolean(), fc.constant(null));
const value = fc.oneof(
  leaf,
  fc.array(fc.record({ name: word, items: fc.array(word, { maxLength: 3 }) }), { maxLength: 3 }),
);
const scope = fc.record({
  name: word,
  city: leaf,
  order: fc.record({ name: word, items: fc.array(word, { maxLength: 3 }), city: leaf }),
  items: fc.array(word, { maxLength: 3 }),
  people: fc.oneof(value, fc.array(fc.record({ name: word, city: leaf }), { maxLength: 3 })),
});

const name = fc.constantFrom(...NAMES);
const text = fc.constantFrom('', ' ', 'Hi ', '\n', '  \n', '\\', 'x\n  y', '}', '(');
const leafPath = fc.constantFrom(
  '{{name}}',
  '{{{name}}}',
  '{{order.name}}',
  '{{this.name}}',
  '{{../name}}',
  '{{@root.name}}',
  '{{missing.name}}',
  '{{nothing}}',
  '{{@index}}',
  '{{@key}}',
  '{{@first}}',
  '{{@last}}',
  '{{@../index}}',
  '{{order.missing.deep}}',
  '{{~name~}}',
  '{{! said }}',
  '{{order.[name]}}',
  '{{one.name}}',
  '{{at}}',
  '{{../../name}}',
  '{{upper name}}',
  '{{upper (default order.name "x")}}',
);
const { template } = fc.letrec<{ template: string; block: string }>((tie) => ({
  template: fc
    .array(fc.oneof({ weight: 3, arbitrary: text }, { weight: 3, arbitrary: leafPath }, tie('block')), {
      maxLength: 4,
    })
    .map((parts) => parts.join(' ')),
  block: fc
    .tuple(
      fc.constantFrom('if', 'unless', 'each'),
      name,
      fc.constantFrom('', '../', 'order.'),
      tie('template'),
      fc.option(tie('template')),
      fc.boolean(),
    )
    .map(([block, of, where, body, otherwise, named]) => {
      const bound = named && block === 'each' ? ' as |one at|' : '';
      return `{{#${block} ${where}${of}${bound}}}${body}${otherwise === null ? '' : `{{else}}${otherwise}`}{{/${block}}}`;
    }),
}));

const engine = Handlebars.create();
engine.registerHelper({
  upper: (given: unknown) => String(given ?? '').toUpperCase(),
  default: (given: unknown, otherwise: unknown) => given || otherwise,
});

/** What both write alike: lists and objects read as words with us, and their lengths are not asked for here. */
const asWords = (scope: unknown): unknown =>
  JSON.parse(JSON.stringify(scope), (_, one: unknown) => (Array.isArray(one) && one.length === 0 ? [] : one));

describe('our templates beside Handlebars', () => {
  it('write the same', () => {
    let compared = 0;
    fc.assert(
      fc.property(template, scope, (source, values) => {
        const read = readTemplate(source);
        if (!read.template) {
          expect(['too_deep', 'syntax']).toContain(read.problem.code);
          return;
        }
        const plain = asWords(values);
        const theirs = engine.compile(source, { noEscape: true })(plain);
        // An object or a list of objects has no words with us; Handlebars writes [object Object].
        if (theirs.includes('[object')) return;
        compared++;
        expect(renderText(read.template, plain)).toBe(theirs);
      }),
      RUNS,
    );
    expect(compared).toBeGreaterThan(RUNS.numRuns / 2);
  });
});

const anyName = fc.stringMatching(/^[a-z]{3,12}$/).filter((one) => !HELPERS.some((helper) => helper.name === one));
const anyScope = fc.dictionary(anyName, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 });

/** Calls of any helper with any names and texts, nested a little: what an author could come to write. */
const literal = fc.oneof(
  anyName,
  fc.integer().map(String),
  fc.constantFrom('"a"', '"\\d+"', 'true', 'null', '"2026-03-02"', '"P1D"', '"day"', 'now'),
);
const callOf = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.constantFrom(...HELPERS).chain((helper) => {
    const places = helper.arguments.filter(({ named }) => !named);
    const names = helper.arguments.filter(({ named, optional, rest }) => named && !optional && !rest);
    const count = places.some(({ rest }) => rest) ? 3 : places.length;
    return fc
      .tuple(
        fc.array(inner, { minLength: count, maxLength: count }),
        fc.array(inner, { minLength: names.length, maxLength: names.length }),
      )
      .map(([values, named]) =>
        [helper.name, ...values, ...named.map((one, i) => `${names[i]?.name}=${one}`)].join(' '),
      );
  });
const call = callOf(
  fc.oneof(
    literal,
    callOf(literal).map((inner) => `(${inner})`),
  ),
);

const outcome = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    if (error instanceof TemplateLimit) return 'limit';
    throw error;
  }
};

describe('any template over any scope', () => {
  it('gives JSON or stops at its limit, the same twice', () =>
    fc.assert(
      fc.property(call, anyScope, (written, values) => {
        const read = readTemplate(`{{${written}}}`);
        if (!read.template) throw new Error(`${written}: ${read.problem.message}`);
        const known = read.template;
        const before = JSON.stringify(values);
        const [one, other] = [1, 2].map(() =>
          outcome(() => renderValue(known, { ...values, now: '2026-03-02T09:00:00Z' })),
        );
        expect(JSON.parse(JSON.stringify(one))).toEqual(one);
        expect(other).toEqual(one);
        expect(JSON.stringify(values)).toBe(before);
        expect(typeof outcome(() => renderText(known, values))).toBe('string');
      }),
      RUNS,
    ));
  it('renders unknown names empty', () =>
    fc.assert(
      fc.property(anyName, anyName, anyScope, (one, two, values) => {
        const read = readTemplate(
          `[{{missing_${one}}}{{missing_${one}.${two}}}{{#each missing_${two}}}x{{/each}}]`,
        ).template;
        expect(read && renderText(read, values)).toBe('[]');
      }),
      RUNS,
    ));
  it('never reads what it rendered again', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{{', '}}', '{{secret}}', '{{{', '#if', 'secret', '\\', ' ', '$&', '(upper secret)'), {
          maxLength: 6,
        }),
        (parts) => {
          const said = parts.join('');
          const read = readTemplate(
            '{{said}}|{{#each list}}{{this}}{{/each}}|{{trim said}}|{{join list}}|{{replace "x" "x" said}}',
          ).template;
          const expected = [said, said, said.trim(), said, said].join('|');
          expect(read && renderText(read, { said, list: [said], secret: 'canary' })).toBe(expected);
        },
      ),
      RUNS,
    ));
  it('reads any text without a throw', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '{{',
            '}}',
            '{{#',
            '{{/',
            'if',
            'each',
            ' a',
            '(',
            ')',
            '"',
            '[',
            ']',
            '=',
            '|',
            'as ',
            '~',
            '!',
            '--',
            '^',
            '>',
            '&',
            '*',
            '\\',
            '.',
            '../',
            '@',
            '\n',
            '1',
          ),
          { maxLength: 20 },
        ),
        (parts) => {
          const { template: read, problem } = readTemplate(parts.join(''));
          expect(read ? typeof outcome(() => renderText(read, { a: [1] })) : problem?.message).toBeTruthy();
        },
      ),
      RUNS,
    ));
});

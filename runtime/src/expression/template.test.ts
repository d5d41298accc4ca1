import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { readTemplate } from './read-template.ts';
import { renderText, renderValue, TemplateLimit } from './template.ts';

const scope = {
  name: 'Ana',
  yes: true,
  no: false,
  zero: 0,
  one: 1,
  two: 2,
  nothing: null,
  empty: '',
  none: [],
  order: { number: 12, items: ['tea', 'milk'], 'ship-to': 'Lisbon' },
  people: [
    { name: 'Bea', tags: ['x', 'y'] },
    { name: 'Caio', tags: [] },
  ],
};

function text(source: string, values: unknown = scope): string {
  const { template, problem } = readTemplate(source);
  if (!template) throw new Error(problem.message);
  return renderText(template, values);
}

function value(source: string, values: unknown = scope): unknown {
  const { template, problem } = readTemplate(source);
  if (!template) throw new Error(problem.message);
  return renderValue(template, values);
}

describe('templates read as Handlebars reads them', () => {
  it.each([
    'plain text, (with (brackets)',
    'Hi {{name}}!',
    'Hi {{ name }} and {{{name}}}',
    '{{order.number}}',
    '{{order.[ship-to]}}',
    '{{[order].number}}',
    '{{order.items.[0]}}',
    '{{order.items.length}}',
    '{{missing}}|{{missing.deep.er}}|{{name.deep}}',
    '{{nothing}}|{{empty}}|{{zero}}|{{no}}|{{yes}}',
    '{{this.name}} {{../name}}',
    '{{@root.name}}',
    '{{@index}}',
    '{{#if yes}}a{{/if}}{{#if no}}b{{/if}}',
    '{{#if no}}a{{else}}b{{/if}}',
    '{{#if no}}a{{^}}b{{/if}}',
    '{{#if no}}a{{else if zero}}b{{else if yes}}c{{else}}d{{/if}}',
    '{{#if zero}}a{{/if}}{{#if none}}b{{/if}}{{#if empty}}c{{/if}}{{#if nothing}}d{{/if}}{{#if order}}e{{/if}}',
    '{{#unless no}}a{{/unless}}{{#unless yes}}b{{else}}c{{/unless}}',
    '{{#each order.items}}{{this}} {{/each}}',
    '{{#each order.items}}{{.}}{{/each}}',
    '{{#each order.items}}{{@index}}:{{@key}}:{{@first}}:{{@last}} {{/each}}',
    '{{#each none}}a{{else}}b{{/each}}',
    '{{#each name}}a{{else}}b{{/each}}',
    '{{#each missing}}a{{/each}}',
    '{{#each order}}{{@key}} {{/each}}',
    '{{#each people}}{{name}} of {{../name}}, {{@root.name}}; {{/each}}',
    '{{#each people}}{{#each tags}}{{../name}}{{this}}{{../../name}} {{else}}{{name}}-{{/each}}{{/each}}',
    '{{#each people}}{{#if tags}}{{name}}{{/if}}{{/each}}',
    '{{#each people}}{{#if @last}}{{../name}}{{/if}}{{/each}}',
    '{{#each people as |p i|}}{{i}}{{p.name}} {{#each p.tags as |t|}}{{p.name}}{{t}} {{/each}}{{/each}}',
    '{{#each people as |name|}}{{name.name}}{{this.name}}{{/each}}{{name}}',
    'a{{! a comment }}b{{!-- }} another --}}c',
    'a  {{~name~}}  b',
    'a\n{{#if yes}}\nb\n{{/if}}\nc',
    'a\n  {{#each order.items}}\n  - {{this}}\n  {{/each}}\nb',
    'a {{~#if yes~}} b {{~/if~}} c',
    '\\{{name}} {{name}}',
    '{{this.length}}{{./length}}',
    '{{#if yes}}{{#if no}}a{{else}}{{#unless no}}b{{/unless}}{{/if}}{{/if}}',
    '{{#if order.items}}{{order.items.[1]}}{{/if}}',
    'Olá 👋 {{name}} – até já',
    '{{name}}{{name}}\n\n{{name}}',
    '{{#each order.items}}{{#each ../people}}{{name}}{{../this}} {{/each}}{{/each}}',
  ])('%j', (source) => expect(text(source)).toBe(Handlebars.compile(source)(scope)));

  it('but neighbouring numbers stay two numbers', () => {
    expect(text('{{one}}{{two}}')).toBe('12');
    expect(Handlebars.compile('{{one}}{{two}}', { noEscape: true })(scope)).toBe('3');
  });
  it('but a list reads as words and an object as none', () => {
    expect(text('{{order.items}}|{{order}}')).toBe('tea, milk|');
  });
  it('but nothing is escaped', () => expect(text('{{a}}', { a: '<Tom & Ana>' })).toBe('<Tom & Ana>'));
});

describe('helpers', () => {
  it.each([
    ['{{add 1 2}}', 3],
    ['{{add "0.1" 0.2}}', 0.3],
    ['{{subtract order.number 2}}', 10],
    ['{{multiply 2 3 4}}', 24],
    ['{{divide 1 4}}', 0.25],
    ['{{divide 1 0}}', null],
    ['{{add name 1}}', null],
    ['{{multiply 0 -1}}', 0],
    ['{{round 2.345 1}}', 2.3],
    ['{{round -0.4}}', 0],
    ['{{upper name}}', 'ANA'],
    ['{{lower (upper name)}}', 'ana'],
    ['{{trim "  a "}}', 'a'],
    ['{{default missing "you"}}', 'you'],
    ['{{length order.items}}', 2],
    ['{{length "👋"}}', 1],
    ['{{join order.items " and "}}', 'tea and milk'],
    ['{{eq name "ANA"}}', true],
    ['{{ne order.number 12}}', false],
    ['{{lt "9" "10"}}', true],
    ['{{gte order.number 12}}', true],
    ['{{and yes one}}', true],
    ['{{or no zero}}', false],
    ['{{not nothing}}', true],
  ])('%s is %j', (source, expected) => expect(value(source)).toBe(expected));

  it('gives way to a variable of its name', () => expect(text('{{length}}', { length: 'long' })).toBe('long'));
  it('keeps the type of a lone expression, and makes a text of more', () => {
    expect(value('{{order.items}}')).toEqual(['tea', 'milk']);
    expect(value('{{missing}}')).toBe(null);
    expect(value(' {{one}}')).toBe(' 1');
    expect(value('{{n}}', { n: Number.POSITIVE_INFINITY })).toBe(null);
  });
});

describe('what must not be reached', () => {
  it.each([
    '{{constructor}}',
    '{{__proto__}}',
    '{{constructor.name}}',
    '{{name.constructor}}',
    '{{order.toString}}',
    '{{order.__proto__.constructor}}',
    '{{@root.constructor}}',
    '{{order.items.map}}',
  ])('%s renders empty', (source) => expect(text(source)).toBe(''));
  it('getters of classes are not there, own fields are', () => {
    class Account {
      owner = 'Ana';
      get secret() {
        return 'secret';
      }
      steal = () => 'stolen';
    }
    expect(text('{{a.owner}}{{a.secret}}{{a.steal}}', { a: new Account() })).toBe('Ana');
  });
  it('a value that holds a template is only text', () => {
    const values = { name: '{{phone}}', phone: '+44', list: ['{{phone}}'] };
    expect(text('{{name}} {{#each list}}{{this}}{{/each}} {{upper name}}', values)).toBe(
      '{{phone}} {{phone}} {{PHONE}}',
    );
    expect(value('{{name}}', values)).toBe('{{phone}}');
  });
  it.each([
    '{{> partial}}',
    '{{#with order}}{{number}}{{/with}}',
    '{{#order}}{{number}}{{/order}}',
    '{{lookup order "number"}}',
    '{{log "x"}}',
    '{{"text"}}',
    '{{unknown name}}',
    '{{#if yes includeZero=true}}a{{/if}}',
    '{{default name key=1}}',
    '{{@secret}}',
    '{{* decorator}}',
    '{{#if}}a{{/if}}',
    '{{{{raw}}}}a{{{{/raw}}}}',
    '{{constructor name}}',
  ])('%s is refused', (source) => expect(readTemplate(source).problem?.code).toBe('not_allowed'));
});

describe('limits', () => {
  const nested = (depth: number) => `{{upper ${'(upper '.repeat(depth)}name${')'.repeat(depth)}}}`;

  it('nesting is counted before the parser sees it', () => {
    expect(readTemplate(`${'{{#if a}}'.repeat(10_000)}`).problem?.code).toBe('too_long');
    expect(readTemplate('{{#if a}}'.repeat(400)).problem?.code).toBe('too_deep');
    expect(readTemplate(nested(300)).problem?.code).toBe('too_deep');
    expect(readTemplate(nested(9)).problem?.code).toBe('too_deep');
    expect(text(nested(8))).toBe('ANA');
  });
  it.each([
    `{{! " }}${nested(300)}`,
    `{{upper "}}" ${nested(300).slice(2)}`,
    `{{upper [}}] ${nested(300).slice(2)}`,
    `{{!-- }} " --}}${nested(300)}`,
  ])('nor is it hidden by comments and quotes: %#', (source) =>
    expect(readTemplate(source).problem?.code).toBe('too_deep'),
  );
  it('what only looks nested is read', () => {
    expect(text(`${':( '.repeat(20)}{{name}}`)).toBe(`${':( '.repeat(20)}Ana`);
    expect(text('{{#if no}}a{{^}}b{{/if}}'.repeat(20))).toBe('b'.repeat(20));
    expect(text('{{#if no}}a{{else if yes}}b{{/if}}'.repeat(20))).toBe('b'.repeat(20));
    expect(text(`{{upper "${'('.repeat(20)}"}}`)).toBe('('.repeat(20));
    expect(text(`{{!-- ${'('.repeat(20)} --}}a`)).toBe('a');
  });
  it('a source holds 4,096 characters', () => {
    const source = `{{name}}${'x'.repeat(4_096)}`;
    expect(readTemplate(source).problem?.code).toBe('too_long');
    expect(readTemplate(source.slice(0, 4_096)).problem).toBe(undefined);
    expect(readTemplate('x'.repeat(20_000)).problem).toBe(undefined);
    expect(readTemplate('{{a}}'.repeat(4_000)).problem?.code).toBe('too_long');
  });
  it('loops in loops end', () => {
    const list = Array.from({ length: 100 }, () => 1);
    const source = '{{#each l}}{{#each ../l}}{{#each ../../l}}{{/each}}{{/each}}{{/each}}';
    expect(() => text(source, { l: list })).toThrow(TemplateLimit);
  });
  it('long texts end', () => {
    expect(() => text('{{a}}{{a}}', { a: 'x'.repeat(9_000) })).toThrow(TemplateLimit);
    expect(text('{{a}}', { a: 'x'.repeat(16_384) })).toHaveLength(16_384);
  });
  it('helpers that read long values pay for it', () => {
    const values = { l: Array.from({ length: 600 }, () => 1), big: 'é'.repeat(80_000) };
    expect(() => text('{{#each l}}{{#if (eq ../big "x")}}.{{/if}}{{/each}}', values)).toThrow(TemplateLimit);
  });
});

describe('mistakes are answered in words', () => {
  it('names the block that is closed by another', () =>
    expect(readTemplate('{{#if a}}x{{/each}}').problem).toEqual({
      code: 'syntax',
      message: '{{#if}} is closed by {{/each}}. Close each block with its own name.',
    }));
  it.each(['{{', '{{name', '{{#if a}}', '{{/if}}', '{{a b', '{{list.0}}}', '{{#each}}'])('%s', (source) =>
    expect(['syntax', 'not_allowed']).toContain(readTemplate(source).problem?.code),
  );
  it('gives the line', () => expect(readTemplate('a\nb {{name').problem?.message).toContain('line 2'));
});

it('tells which names a template reads from its scope', () => {
  const source = '{{contact.name}} {{#each order.items}}{{price}}{{/each}} {{@root.x}} {{default city "?"}}';
  expect(readTemplate(source).template?.reads).toEqual(['contact.name', 'order.items', 'city']);
});

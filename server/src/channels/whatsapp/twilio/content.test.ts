import type { OutboundContent } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { contentBody, isOurs, type Shaped, variablesText } from './content.ts';

const buttons = (text: string, ...titles: string[]): OutboundContent => ({
  kind: 'buttons',
  text,
  buttons: titles.map((title, index) => ({ id: `id-${index}`, title })),
});
const list = (rows: { id: string; title: string; description?: string }[], text = 'Choose'): OutboundContent => ({
  kind: 'list',
  text,
  button: 'See all',
  sections: [{ rows }],
});

function made(content: OutboundContent): Shaped {
  const shape = contentBody(content);
  if (!shape) throw new Error('no resource');
  return shape;
}

/** What the person reads: every place filled in once, as Twilio does it. */
const said = ({ body, variables }: Shaped): unknown =>
  JSON.parse(
    JSON.stringify(body.types).replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
      JSON.stringify(variables[name]).slice(1, -1),
    ),
  );

const bodyOf = (content: OutboundContent): string =>
  Object.values(said(made(content)) as Record<string, { body: string }>)[0]?.body ?? '';

describe('the resource of a content', () => {
  it('is told from a template that somebody made by its name', () => {
    const resources = [made(buttons('Tea?', 'Yes')), made(list([{ id: 'a', title: 'A' }]))];
    expect(resources.map(({ body }) => isOurs(body.friendly_name))).toEqual([true, true]);
    expect(['parley', 'parley welcome', 'order_update'].map(isOurs)).toEqual([false, false, false]);
  });

  it('holds no words of buttons, only places for them', () => {
    const { body, variables } = made(buttons('Tea or coffee?', 'Tea', 'Coffee'));
    expect(body.types).toEqual({
      'twilio/quick-reply': {
        body: '{{1}}',
        actions: [
          { type: 'QUICK_REPLY', title: '{{2}}', id: '{{3}}' },
          { type: 'QUICK_REPLY', title: '{{4}}', id: '{{5}}' },
        ],
      },
    });
    expect(variables).toEqual({ 1: 'Tea or coffee?', 2: 'Tea', 3: 'id-0', 4: 'Coffee', 5: 'id-1' });
    expect(body.variables).toEqual({ 1: 'text', 2: 'text', 3: 'text', 4: 'text', 5: 'text' });
  });

  it('holds no words of a list, and a description only where a row has one', () => {
    const { body, variables } = made(
      list([
        { id: 'a', title: 'A', description: 'First' },
        { id: 'b', title: 'B', description: '' },
      ]),
    );
    expect(body.types).toEqual({
      'twilio/list-picker': {
        body: '{{1}}',
        button: '{{2}}',
        items: [
          { id: '{{3}}', item: '{{4}}', description: '{{5}}' },
          { id: '{{6}}', item: '{{7}}' },
        ],
      },
    });
    expect(variables).toEqual({ 1: 'Choose', 2: 'See all', 3: 'a', 4: 'A', 5: 'First', 6: 'b', 7: 'B' });
  });

  it('keeps what belongs to a form, and fills in its words and token', () => {
    const form: OutboundContent = {
      kind: 'form',
      text: 'Book',
      button: 'Open {{x',
      formId: '77',
      screen: 'DAY',
      token: 'tok',
    };
    expect(made(form)).toMatchObject({
      variables: { 1: 'Book', 2: 'tok' },
      body: {
        types: {
          'whatsapp/flows': {
            body: '{{1}}',
            button_text: 'Open {\u2060{x',
            flow_id: '77',
            flow_token: '{{2}}',
            flow_first_page_id: 'DAY',
          },
        },
      },
    });
  });

  it('is the same for other words, and another for other arrangements', () => {
    const shape = (content: OutboundContent) => made(content).shape;
    expect(shape(buttons('Hi Ada', 'Yes', 'No'))).toBe(shape(buttons('Hi Bob', 'Oui', 'Non')));
    expect(shape(buttons('Hi', 'Yes'))).not.toBe(shape(buttons('Hi', 'Yes', 'No')));
    expect(shape(buttons('Hi\nthere', 'Yes'))).not.toBe(shape(buttons('Hi', 'Yes')));
    expect(shape(list([{ id: 'a', title: 'A' }]))).not.toBe(shape(list([{ id: 'a', title: 'A', description: 'x' }])));
  });

  it('is needed for these three only', () => {
    expect(contentBody({ kind: 'text', text: 'Hi' })).toBeNull();
    expect(contentBody({ kind: 'image', url: 'https://a.example/a.png' })).toBeNull();
  });

  const TEXTS = [
    'one line',
    'two\nlines',
    'a paragraph\n\nand another',
    ' spaces at the edges ',
    '\nbreaks at the edges\n',
    'tabs\tand  two   three    four     five spaces',
    'windows\r\nlines',
    'an empty line with spaces\n   \nbetween',
    'braces {{1}} and {{name}}',
    'it\'s an apostrophe, a "quote" and a \\ backslash',
    'emoji 👩‍👩‍👧‍👦\nعربى',
    Array.from({ length: 90 }, (_, line) => `line ${line}`).join('\n'),
  ];

  it.each(TEXTS)('says every text as it is written: %j', (text) => {
    expect(bodyOf(buttons(text, 'Yes'))).toBe(text);
  });

  it.each(TEXTS)('puts nothing into a variable that Twilio refuses: %j', (text) => {
    const { variables } = made(list([{ id: 'a', title: 'two\nlines', description: 'a\tb' }], text));
    expect(Object.keys(variables).length).toBeLessThanOrEqual(100);
    for (const value of Object.values(variables)) expect(value).not.toMatch(/^$|[\n\r\t]| {5}/);
    expect(variables).not.toContainEqual('');
  });

  it('stays within a hundred variables with ten full rows and more lines than there is room for', () => {
    const rows = Array.from({ length: 10 }, (_, row) => ({ id: `r${row}`, title: `Row ${row}`, description: 'd' }));
    const text = Array.from({ length: 500 }, () => 'x').join('\n');
    const shape = made(list(rows, text));
    expect(Object.keys(shape.variables)).toHaveLength(91);
    expect(bodyOf(list(rows, text))).toBe(text);
  });
});

it('writes variables as JSON without a bare apostrophe', () => {
  const text = variablesText({ 1: "Ada's" });
  expect(text).not.toContain("'");
  expect(JSON.parse(text)).toEqual({ 1: "Ada's" });
});

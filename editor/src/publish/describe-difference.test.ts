import { nodeTypes } from '@parley/nodes';
import { Flow } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { changesBehaviour, describeDifference, type Fact } from './describe-difference.ts';
import { unionFlow } from './union-flow.ts';
import { wordDifference } from './word-difference.ts';

const before = Flow.parse({
  format: 'parley.flow/1',
  name: 'Shop',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'any' } },
    {
      id: 'menu',
      type: 'chat.buttons',
      label: 'Menu',
      config: {
        text: 'What may it be?',
        buttons: [
          { id: 'yes', title: 'Yes' },
          { id: 'no', title: 'No' },
        ],
        timeout: 'PT1H',
      },
    },
    { id: 'bye', type: 'chat.send', config: { text: 'See you soon' } },
    { id: 'help', type: 'people.assign', label: 'Handoff', config: {} },
  ],
  edges: [
    { id: 'e1', source: 'start', sourceHandle: 'next', target: 'menu' },
    { id: 'e2', source: 'menu', sourceHandle: 'yes', target: 'bye' },
  ],
  variables: [{ name: 'size', type: 'text' }],
  translations: { es: { 'bye.text': 'Hasta pronto' } },
});

type Change = (flow: Flow) => unknown;
const after = (change: Change): Flow => {
  const copy = structuredClone(before);
  change(copy);
  return copy;
};
const facts = (change: Change): Fact[] => describeDifference(before, after(change), nodeTypes);
const config = (flow: Flow, id: string) => flow.nodes.find((node) => node.id === id)?.config ?? {};
const buttons = (flow: Flow) => config(flow, 'menu').buttons as object[];

describe('what differs, in facts', () => {
  it('is nothing between the same flows', () => expect(facts(() => {})).toEqual([]));

  it('names the field and both values', () => {
    const [fact, ...rest] = facts((flow) => Object.assign(config(flow, 'menu'), { timeout: 'PT4H' }));
    expect(rest).toEqual([]);
    expect(fact).toMatchObject({
      kind: 'field_changed',
      node: { id: 'menu', label: 'Menu' },
      field: { path: '/timeout', input: 'duration' },
      before: 'PT1H',
      after: 'PT4H',
    });
  });

  it('finds a button by its id, wherever it stands, and says its words', () => {
    const [fact] = facts((flow) => Object.assign(buttons(flow)[1] ?? {}, { title: 'Never' }));
    expect(fact).toMatchObject({ field: { path: '/buttons/1/title' }, before: 'No', after: 'Never' });
    expect(fact?.kind === 'field_changed' && fact.field.labels.map(({ text }) => text)).toEqual([
      'Buttons',
      'Never',
      'Title',
    ]);
    const turned = facts((flow) => buttons(flow).reverse());
    expect(turned).toMatchObject([{ kind: 'field_ordered', field: { path: '/buttons' } }]);
    const shorter = facts((flow) => buttons(flow).shift());
    expect(shorter).toMatchObject([{ kind: 'item_removed', field: { path: '/buttons' }, item: { title: 'Yes' } }]);
    const longer = facts((flow) => buttons(flow).push({ id: 'perhaps', title: 'Perhaps' }));
    expect(longer).toMatchObject([{ kind: 'item_added', field: { path: '/buttons' }, item: { title: 'Perhaps' } }]);
  });

  it('keeps a condition in one piece, which is one sentence', () => {
    const asks = (right: string) => ({
      match: 'all',
      conditions: [{ left: '{{size}}', operator: 'greaterThan', right }],
    });
    const branch = (right: string) =>
      Flow.parse({ ...before, nodes: [...before.nodes, { id: 'big', type: 'logic.branch', config: asks(right) }] });
    expect(describeDifference(branch('50'), branch('100'), nodeTypes)).toMatchObject([
      { kind: 'field_changed', field: { path: '/conditions/0' }, before: { right: '50' }, after: { right: '100' } },
    ]);
    // What is no part of the sentence is told by itself
    const exact = branch('50');
    Object.assign((config(exact, 'big').conditions as object[])[0] ?? {}, { caseSensitive: true });
    expect(describeDifference(branch('50'), exact, nodeTypes)).toMatchObject([
      { kind: 'field_changed', field: { path: '/conditions/0/caseSensitive' }, after: true },
    ]);
    const two = branch('50');
    (config(two, 'big').conditions as object[]).push({ left: '{{size}}', operator: 'lessThan', right: '9' });
    expect(describeDifference(branch('50'), two, nodeTypes)).toMatchObject([
      { kind: 'item_added', field: { path: '/conditions' }, item: { right: '9' } },
    ]);
    const twice = branch('50');
    (config(twice, 'big').conditions as object[]).push({ left: '{{size}}', operator: 'greaterThan', right: '50' });
    expect(describeDifference(branch('50'), twice, nodeTypes)).toHaveLength(1);
  });

  it('says where a choice leads now', () => {
    const moved = facts((flow) => Object.assign(flow.edges[1] ?? {}, { target: 'help' }));
    expect(moved).toMatchObject([
      {
        kind: 'wire_changed',
        port: { choice: 'Yes' },
        before: { id: 'bye', label: null, title: 'Send a message', words: null },
        after: { id: 'help', label: 'Handoff' },
      },
    ]);
    expect(facts((flow) => flow.edges.pop())).toMatchObject([{ kind: 'wire_changed', after: null }]);
    expect(facts((flow) => Object.assign(flow.edges[1] ?? {}, { id: 'other' }))).toEqual([]);
  });

  it('tells two steps of a kind apart by what they say', () => {
    const [fact] = facts((flow) => flow.nodes.push({ id: 'hi', type: 'chat.send', config: { text: 'Hi  there' } }));
    expect(fact).toMatchObject({ kind: 'step_added', node: { id: 'hi', words: 'Hi there' } });
  });

  it('says steps that came, went, and got a name', () => {
    const changed = facts((flow) => {
      flow.nodes.splice(2, 1, { id: 'new', type: 'logic.end', label: 'The end', config: {} });
      Object.assign(flow.nodes[3] ?? {}, { label: 'People' });
      flow.edges.pop();
    });
    expect(changed.map(({ kind }) => kind)).toEqual(['wire_changed', 'step_added', 'step_renamed', 'step_removed']);
  });

  it('says settings, variables and translations, and layout alone in one quiet line', () => {
    const changed = facts((flow) => {
      flow.settings.priority = 5;
      flow.variables = [{ name: 'colour', type: 'text' }];
      flow.translations = { es: { 'bye.text': 'Adiós' } };
      flow.layout.nodes.bye = [10, 10];
    });
    expect(changed.map(({ kind }) => kind)).toEqual([
      'setting_changed',
      'variable_added',
      'variable_removed',
      'translation_changed',
      'layout_changed',
    ]);
    expect(changesBehaviour(changed)).toBe(true);
    expect(changesBehaviour(facts((flow) => Object.assign(flow.layout.nodes, { bye: [1, 1] })))).toBe(false);
  });

  it('bears steps of a type that is gone, and configs that are not right', () => {
    const changed = facts((flow) => {
      flow.nodes.push({ id: 'odd', type: 'gone.step', config: { a: [1] } });
      Object.assign(config(flow, 'menu'), { buttons: 'none', extra: { deep: [{ x: 1 }] } });
    });
    expect(changed.map(({ kind }) => kind)).toEqual(['field_changed', 'field_changed', 'step_added']);
  });
});

describe('both flows in one', () => {
  it('holds what came and what went, marked', () => {
    const fresh = after((flow) => {
      flow.nodes = flow.nodes.filter(({ id }) => id !== 'bye');
      flow.edges = [...flow.edges.slice(0, 1), { id: 'e2', source: 'menu', sourceHandle: 'yes', target: 'help' }];
      flow.nodes.push({ id: 'new', type: 'logic.end', config: {} });
      Object.assign(config(flow, 'menu'), { text: 'Well?' });
    });
    const { flow, layer } = unionFlow(before, fresh, nodeTypes, { added: '+', removed: '-', changed: '~' });
    expect(layer.nodes).toEqual({
      menu: { tone: 'changed', title: '~' },
      new: { tone: 'added', title: '+' },
      bye: { tone: 'removed', title: '-' },
    });
    expect(layer.edges).toEqual({ e2: { tone: 'added', title: '+' }, 'e2-was1': { tone: 'removed', title: '-' } });
    expect(flow.edges.find(({ id }) => id === 'e2-was1')).toMatchObject({ target: 'bye' });
    expect(Flow.safeParse(flow).success).toBe(true);
  });
});

describe('changed words', () => {
  it('are told from those that stayed, in every script', () => {
    expect(wordDifference('See you soon, Ana', 'See you later, Ana')).toEqual([
      { kind: 'same', text: 'See you ' },
      { kind: 'removed', text: 'soon' },
      { kind: 'added', text: 'later' },
      { kind: 'same', text: ', Ana' },
    ]);
    expect(wordDifference('مرحبا يا آنا', 'أهلا يا آنا').map(({ kind }) => kind)).toEqual(['removed', 'added', 'same']);
    expect(wordDifference('', 'a')).toEqual([{ kind: 'added', text: 'a' }]);
  });

  it('give both texts back, also very long ones', () => {
    const long = 'word '.repeat(2_000);
    for (const [one, other] of [
      ['a b c d', 'b x d e'],
      ['  <b>', '<i>  '],
      [long, `${long}more`],
    ] as const) {
      const pieces = wordDifference(one, other);
      const text = (without: string) =>
        pieces
          .filter(({ kind }) => kind !== without)
          .map((piece) => piece.text)
          .join('');
      expect([text('added'), text('removed')]).toEqual([one, other]);
    }
  });
});

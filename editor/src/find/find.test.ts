import { describe, expect, it } from 'vitest';
import { edited, flowOf, nodeTypes } from '../document/testing.ts';
import { findMatches, type Wanted } from './find-matches.ts';
import { replaceMatches } from './replace-matches.ts';

const flow = flowOf(
  {
    start: ['trigger.message', { keywords: ['order'], match: 'keyword' }],
    ask: ['chat.ask', { text: 'Your order, {{order}}? ORDERS (a+b)', saveAs: 'order' }],
    go: ['logic.goTo', { target: 'ask' }],
  },
  [],
  {
    name: 'Order bot',
    variables: [{ name: 'order', type: 'text' }],
    translations: { pt: { 'ask.text': 'order em português' } },
    layout: {
      notes: [{ id: 'n', at: [0, 0], text: 'order <script>' }],
      groups: [{ id: 'g', title: 'Orders', nodes: ['ask'] }],
    },
  },
);
const wanted: Wanted = { text: 'order', matchCase: false, wholeWord: false, inTexts: true, inVariables: true };
const find = (change: Partial<Wanted> = {}) => findMatches(flow, nodeTypes, { ...wanted, ...change });
const told = (change: Partial<Wanted>) => find(change).map(({ place, start }) => `${place.kind} ${start}`);

describe('finding', () => {
  it('looks into names, labels, texts, words of other languages, notes, groups and variables', () =>
    expect(told({})).toEqual([
      'name 0',
      'config 0',
      'config 5',
      'config 14',
      'config 23',
      'config 0',
      'translation 0',
      'note 0',
      'group 0',
      'variable 0',
    ]));
  it('of whole words, and with capitals as they are', () => {
    expect(told({ wholeWord: true })).toHaveLength(8);
    expect(told({ matchCase: true, text: 'ORDER' })).toEqual(['config 23']);
  });
  it('in texts, or in variables alone', () => {
    expect(told({ inTexts: false })).toEqual(['config 14', 'config 0', 'variable 0']);
    expect(told({ inVariables: false })).toHaveLength(7);
  });
  it('takes signs as they are, and nothing for nothing', () => {
    expect(told({ text: '(a+b)' })).toEqual(['config 30']);
    expect(told({ text: '' })).toEqual([]);
    expect(told({ text: '\\' })).toEqual([]);
  });
  it('finds no names of other nodes', () => expect(told({ text: 'ask' })).toEqual([]));
});

describe('replacing', () => {
  it('is done in every place at once, and keeps the rest', () => {
    const after = edited(flow, replaceMatches(flow, find({ inVariables: false, wholeWord: true }), 'parcel'));
    expect(after.nodes[1]?.config.text).toBe('Your parcel, {{order}}? ORDERS (a+b)');
    expect(after.nodes[0]?.config).toMatchObject({ keywords: ['parcel'] });
    expect(after.translations.pt).toEqual({ 'ask.text': 'parcel em português' });
    expect(after.layout.notes[0]?.text).toBe('parcel <script>');
    expect([after.name, after.variables[0]?.name]).toEqual(['parcel bot', 'order']);
  });
  it('of a group keeps its place', () => {
    const only = find({ text: 'Orders', matchCase: true });
    expect(edited(flow, replaceMatches(flow, only, 'Parcels')).layout.groups[0]).toMatchObject({
      id: 'g',
      title: 'Parcels',
    });
  });
});

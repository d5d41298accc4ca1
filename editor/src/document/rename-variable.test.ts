import { checkFlow } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { renameVariable } from './rename-variable.ts';
import { edited, flowOf, nodeTypes } from './testing.ts';

const flow = flowOf(
  {
    start: ['trigger.message', { match: 'any' }],
    ask: ['chat.ask', { text: 'city?', saveAs: 'city' }],
    set: ['data.set', { assign: { city: '{{upper city}}', 'city.zip': '1', other: 'city' } }],
    branch: ['logic.branch', { conditions: [{ left: '{{city.zip}}', operator: 'equals', right: 'city' }] }],
    code: ['data.code', { code: 'return variables.city' }],
  },
  ['start.next>ask', 'ask.next>set', 'set.next>branch'],
  {
    variables: [
      { name: 'first', type: 'any' },
      { name: 'city', type: 'text' },
    ],
    translations: { pt: { 'ask.text': 'cidade, {{city}}?' } },
  },
);

describe('renaming a variable', () => {
  const { edits, places, inCode } = renameVariable(flow, 'city', 'town', nodeTypes);
  const after = edited(flow, edits);
  const config = (id: string) => after.nodes.find((node) => node.id === id)?.config;
  it('changes where it is declared, set and read, and nothing that only reads so', () => {
    expect(after.variables.map(({ name }) => name)).toEqual(['first', 'town']);
    expect(config('ask')).toEqual({ text: 'city?', saveAs: 'town' });
    expect(config('set')).toEqual({ assign: { town: '{{upper town}}', 'town.zip': '1', other: 'city' } });
    expect(config('branch')).toMatchObject({ conditions: [{ left: '{{town.zip}}', right: 'city' }] });
    expect(after.translations.pt).toEqual({ 'ask.text': 'cidade, {{town}}?' });
  });
  it('tells how many places, and code that names it', () => {
    expect(places).toBe(7);
    expect(inCode).toEqual(['code']);
  });
  it('leaves nothing that nobody sets', () =>
    expect(checkFlow(after, nodeTypes).map(({ code }) => code)).not.toContain('unknown_variable'));
  it('does nothing for a name that is not there', () =>
    expect(renameVariable(flow, 'cit', 'x', nodeTypes).edits).toEqual([]));
});

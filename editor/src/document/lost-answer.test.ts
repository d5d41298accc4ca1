import type { Edit, Flow } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import type { Journal } from './journal.ts';
import { begin, says, settle } from './testing-tab.ts';

describe('a saving whose answer was lost, and on top of which somebody else saved', () => {
  const add = (id: string): Edit => ({ edit: 'addNode', node: { id, type: 'chat.send', config: {} } });
  const text = (id: string, text: string): Edit => ({ edit: 'setConfig', id, config: { text } });
  const theirs: Edit = { edit: 'rename', name: 'Theirs' };
  const stepsOf = ({ nodes }: Flow) => nodes.map(({ id, config }) => `${id}: ${config.text ?? ''}`);
  const UNDO = 'undo';
  const cases: [string, { first: Edit[]; more: Edit[] | typeof UNDO; others: Edit[]; left: string[] }][] = [
    [
      'doubles no step that is worked on',
      { first: [add('b')], more: [text('b', 'Hi')], others: [theirs], left: ['hello: ', 'b: Hi'] },
    ],
    [
      'doubles no step that they corrected',
      { first: [add('b')], more: [], others: [text('b', 'Hello')], left: ['hello: ', 'b: Hello'] },
    ],
    ['does not bring back what was undone', { first: [says('No')], more: UNDO, others: [theirs], left: ['hello: '] }],
    ['does not bring back a step', { first: [add('b')], more: UNDO, others: [theirs], left: ['hello: '] }],
    [
      'does not bring back what they removed',
      { first: [add('b')], more: [], others: [{ edit: 'removeNode', id: 'b' }], left: ['hello: '] },
    ],
    ['overwrites no correction', { first: [says('No')], more: [], others: [says('')], left: ['hello: '] }],
    [
      'does not ask about our own words',
      { first: [says('Hel')], more: [says('Hello')], others: [theirs], left: ['hello: Hello'] },
    ],
  ];
  const begun = async ({ first, more, others }: (typeof cases)[number][1]) => {
    const one = begin();
    one.server.next = ['lost'];
    one.document.apply(first, 'config');
    one.document.save();
    if (more === UNDO) one.document.undo();
    else one.document.apply(more, 'config');
    one.document.keep();
    await settle();
    one.server.others(others);
    return one;
  };
  describe.each(cases)('%s', (_, given) => {
    it('in the same page', async () => {
      const { server, state, later } = await begun(given);
      for (let tries = 0; tries < 3; tries++) await later(3_000);
      expect([state().saveState, stepsOf(server.flow)]).toEqual(['clean', given.left]);
    });
    it('after a reload', async () => {
      const { server, open } = await begun(given);
      const again = open();
      for (let tries = 0; tries < 3; tries++) await again.later(3_000);
      expect([again.state().saveState, stepsOf(server.flow)]).toEqual(['clean', given.left]);
    });
    it('after a reload of a browser with little room', async () => {
      const { server, tab, open } = await begun(given);
      const { base: _, ...kept } = JSON.parse(tab.kept ?? '') as Journal;
      tab.kept = JSON.stringify(kept);
      const again = open();
      for (let tries = 0; tries < 3; tries++) await again.later(3_000);
      if (again.state().saveState === 'conflict') again.document.resolve('mine');
      await again.later(3_000);
      expect([again.state().saveState, stepsOf(server.flow)]).toEqual(['clean', given.left]);
    });
  });
  it('so often that the server has forgotten asks about the whole', async () => {
    const { server, state, later } = await begun({ first: [add('b')], more: [], others: [theirs], left: [] });
    server.remembers = 1;
    await later(3_000);
    expect([state().saveState, stepsOf(server.flow)]).toEqual(['conflict', ['hello: ', 'b: ']]);
  });
});

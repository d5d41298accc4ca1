import type { Edit } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { act, type History, redo, undo } from './history.ts';
import { flowOf } from './testing.ts';

const begin: History = {
  flow: flowOf({ a: ['chat.send', { text: '' }], b: ['chat.send', { text: '' }] }),
  past: [],
  future: [],
};
const says = (id: string, text: string): Edit => ({ edit: 'setConfig', id, config: { text } });
const done = (result: ReturnType<typeof undo>): History => {
  if (!result?.ok) throw new Error('not possible');
  return result.history;
};
const did = (history: History, edits: Edit[], merge: string | null = null) =>
  done(act(history, { edits, label: 'x', merge }));

describe('what was done', () => {
  it('is undone and redone, in order', () => {
    const two = did(did(begin, [says('a', '1')]), [{ edit: 'removeNode', id: 'b' }]);
    const back = done(undo(done(undo(two))));
    expect(back.flow).toEqual(begin.flow);
    expect(done(redo(done(redo(back)))).flow).toEqual(two.flow);
    expect(undo(back)).toBe(null);
    expect(redo(two)).toBe(null);
  });
  it('is one act where letters follow each other in one field', () => {
    const typed = ['H', 'Hi', 'Hi!'].reduce((at, text) => did(at, [says('a', text)], 'a text'), begin);
    expect(typed.past).toMatchObject([{ edits: [says('a', 'Hi!')], inverse: [says('a', '')] }]);
  });
  it('loses nothing where different things have the same key', () => {
    const both = did(did(begin, [says('a', '1')], 'key'), [says('b', '2')], 'key');
    expect(both.past).toHaveLength(1);
    expect(done(undo(both)).flow).toEqual(begin.flow);
  });
  it('is a new act after an undo, and nothing can be redone then', () => {
    const undone = done(undo(did(did(begin, [says('a', '1')], 'k'), [{ edit: 'rename', name: 'N' }])));
    const again = did(undone, [says('a', '12')], 'k');
    expect([again.past.length, again.future.length]).toEqual([2, 0]);
  });
  it('is all or nothing', () => {
    const result = act(begin, { edits: [says('a', '1'), says('ghost', '2')], label: 'x', merge: null });
    expect(result).toMatchObject({ ok: false, problem: { code: 'unknown_node' } });
  });
  it('is kept for 200 acts', () => {
    let at = begin;
    for (let i = 0; i < 250; i++) at = did(at, [says('a', String(i))]);
    expect(at.past).toHaveLength(200);
  });
});

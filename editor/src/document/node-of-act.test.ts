import { applyEdits, type Edit } from '@parley/runtime';
import { expect, it } from 'vitest';
import { nodeOfAct } from './node-of-act.ts';
import { flowOf } from './testing.ts';

const flow = flowOf({ ask: ['chat.ask'], say: ['chat.send'] }, ['ask.next>say']);
const nodeOf = (edits: Edit[]) => {
  const done = applyEdits(flow, edits);
  if (!done.ok) throw new Error(done.problem.message);
  return nodeOfAct({ edits, inverse: done.inverse }, done.flow)?.id;
};

it('is the one that was moved or set', () => {
  expect(nodeOf([{ edit: 'moveNodes', positions: { say: [1, 2] } }])).toBe('say');
  expect(nodeOf([{ edit: 'setLabel', id: 'ask', label: 'Ask' }])).toBe('ask');
});
it('is also one that is gone', () => expect(nodeOf([{ edit: 'removeNode', id: 'say' }])).toBe('say'));
it('is none of several, and none of a wire', () => {
  expect(nodeOf([{ edit: 'moveNodes', positions: { say: [1, 2], ask: [3, 4] } }])).toBeUndefined();
  expect(nodeOf([{ edit: 'disconnect', id: 'e1' }])).toBeUndefined();
});

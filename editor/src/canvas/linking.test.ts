import { describe, expect, it } from 'vitest';
import { flowOf } from '../document/testing.ts';
import { firstTarget, nextTarget, targetsOf } from './linking.ts';

const flow = flowOf(
  {
    start: ['trigger.message'],
    ask: ['chat.buttons', { text: 'x', buttons: [{ id: 'a', title: 'A' }] }],
    right: ['chat.send'],
    below: ['chat.send'],
    left: ['chat.send'],
  },
  ['start.next>ask'],
);
const spot = (id: string, x: number, y: number) => ({ id, x, y, width: 256, height: 120 });
const spots = [
  spot('start', -400, 0),
  spot('ask', 0, 0),
  spot('right', 400, 20),
  spot('below', 420, 300),
  spot('left', -400, 300),
];
const link = { source: 'ask', port: 'a', target: 'right' };

describe('leading a wire by arrow keys', () => {
  it('offers no card that nothing may lead to', () =>
    expect(targetsOf(flow, spots, 'right').map(({ id }) => id)).toEqual(['ask', 'below', 'left']));
  it('begins at the nearest card behind the step, or where the way leads already', () => {
    expect(firstTarget(flow, spots, 'ask', 'a')).toBe('right');
    expect(firstTarget(flow, spots, 'start', 'next')).toBe('ask');
  });
  it('goes where the arrow points, and stays where nothing lies there', () => {
    expect(nextTarget(flow, spots, link, 'down')).toBe('below');
    expect(nextTarget(flow, spots, { ...link, target: 'below' }, 'left')).toBe('left');
    expect(nextTarget(flow, spots, { ...link, target: 'below' }, 'up')).toBe('right');
    expect(nextTarget(flow, spots, link, 'right')).toBe('right');
  });
  it('has nowhere to go where there is only the start', () => {
    const alone = flowOf({ start: ['trigger.message'] });
    expect(firstTarget(alone, [spot('start', 0, 0)], 'start', 'next')).toBeNull();
  });
  it('leads to the first step of a group that is folded up', () => {
    const folded = flowOf({ start: ['trigger.message'], one: ['chat.send'] }, [], {
      layout: { groups: [{ id: 'g', title: 'G', nodes: ['one'], collapsed: true }] },
    });
    expect(firstTarget(folded, [spot('start', 0, 0), spot('group:g', 400, 0)], 'start', 'next')).toBe('group:g');
  });
});

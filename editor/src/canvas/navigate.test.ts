import { applyEdits, type Edit, emptyFlow, type Flow } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { neighbour, readingOrder, type Spot } from './navigate.ts';

const PLACES: Record<string, [number, number]> = {
  start: [0, 100],
  ask: [400, 100],
  yes: [800, 0],
  no: [800, 300],
  alone: [400, 600],
};
const node = (id: string): Edit => ({ edit: 'addNode', node: { id, type: 'chat.send', config: {} }, at: PLACES[id] });
const wire = (source: string, target: string): Edit => ({
  edit: 'connect',
  edge: { id: `${source}-${target}`, source, sourceHandle: target, target },
});

function drawn(): Flow {
  const made = applyEdits(emptyFlow(''), [
    ...['no', 'alone', 'yes', 'ask', 'start'].map(node),
    wire('start', 'ask'),
    wire('ask', 'no'),
    wire('ask', 'yes'),
    wire('no', 'ask'),
  ]);
  if (!made.ok) throw new Error(made.problem.message);
  return made.flow;
}

const flow = drawn();
const spots: Spot[] = Object.entries(PLACES).map(([id, [x, y]]) => ({ id, x, y, width: 288, height: 150 }));

describe('the reading order of a flow', () => {
  it('follows the wires from the trigger, upper ways first, then what is alone', () =>
    expect(readingOrder(flow, spots)).toEqual(['start', 'ask', 'yes', 'no', 'alone']));
  it('holds every card once, also in a ring', () => expect(new Set(readingOrder(flow, spots)).size).toBe(5));
});

describe('an arrow key', () => {
  it('goes along a wire', () => expect(neighbour(flow, spots, 'start', 'right')).toBe('ask'));
  it('takes the upper of two wires', () => expect(neighbour(flow, spots, 'ask', 'right')).toBe('yes'));
  it('goes back where a wire came from', () => expect(neighbour(flow, spots, 'yes', 'left')).toBe('ask'));
  it('goes up and down to what is near', () => {
    expect(neighbour(flow, spots, 'yes', 'down')).toBe('no');
    expect(neighbour(flow, spots, 'alone', 'up')).toBe('ask');
  });
  it('stays where nothing lies', () => expect(neighbour(flow, spots, 'yes', 'up')).toBeNull());
  it('begins at the beginning when no card is chosen', () =>
    expect(neighbour(flow, spots, 'gone', 'right')).toBe('start'));
});

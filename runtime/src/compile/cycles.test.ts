import { describe, expect, it } from 'vitest';
import { bodyOf, cyclesOf } from './cycles.ts';

const cycles = (edges: Record<string, string[]>) =>
  [...cyclesOf(Object.keys(edges), new Map(Object.entries(edges)))].map(([id, cycle]) => [
    id,
    [...cycle].sort().join(''),
  ]);

it('finds the loop of each node', () =>
  expect(cycles({ a: ['b'], b: ['c'], c: ['b', 'd'], d: ['d'], e: ['a'], f: [] }).sort()).toEqual([
    ['b', 'bc'],
    ['c', 'bc'],
    ['d', 'd'],
  ]));
it('takes loops that share a node as one', () =>
  expect(cycles({ a: ['b', 'c'], b: ['a'], c: ['a'] }).sort()).toEqual([
    ['a', 'abc'],
    ['b', 'abc'],
    ['c', 'abc'],
  ]));
it('takes edges to nodes that are not there as ends', () => expect(cycles({ a: ['gone'] })).toEqual([]));
it('walks 2,000 nodes in a row, and in a ring', () => {
  const ring = Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`n${at}`, [`n${(at + 1) % 2_000}`]]));
  expect(cyclesOf(Object.keys(ring), new Map(Object.entries(ring))).get('n7')?.size).toBe(2_000);
  expect(cyclesOf(Object.keys(ring), new Map(Object.entries({ ...ring, n1999: [] }))).size).toBe(0);
});

describe('the body of a loop', () => {
  const body = (head: string, edges: Record<string, string[]>) => {
    const next = new Map(Object.entries(edges));
    const cycle = cyclesOf([...next.keys()], next).get(head) ?? new Set<string>();
    return [...bodyOf(head, cycle, next, ['start'])].sort().join('');
  };

  it('is what only its head leads to', () =>
    expect(body('b', { start: ['a'], a: ['b'], b: ['c'], c: ['b', 'a'] })).toBe('bc'));
  it('holds the head alone where an edge leads back to itself', () =>
    expect(body('b', { start: ['b'], b: ['b'] })).toBe('b'));
  it('is the whole circle where the flow jumps into its middle', () =>
    expect(body('b', { start: ['b', 'c'], b: ['c'], c: ['d'], d: ['b'] })).toBe('bcd'));
  it('of an inner loop leaves the outer one out', () =>
    expect(body('c', { start: ['b'], b: ['c'], c: ['d', 'b'], d: ['c'] })).toBe('cd'));
  it('holds a way that only an error handler begins', () =>
    expect(body('b', { start: ['b'], b: ['c'], c: ['b'], e: ['c'] })).toBe('bc'));
});

import { expect, it } from 'vitest';
import { cyclesOf } from './cycles.ts';

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

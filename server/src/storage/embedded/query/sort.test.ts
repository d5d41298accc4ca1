import { describe, expect, it } from 'vitest';
import { doc, int } from '../bson/value.ts';
import { toDoc } from '../testing/engine.ts';
import { random } from '../testing/random.ts';
import { parseSort, Sorter, sortKey } from './sort.ts';

const BY_A = parseSort(doc({ a: 1 }));

/** Items in the order in which they are given back; each is its key and its number. */
function sorted(keys: number[], limit?: number, most?: number): [number, number][] {
  const sorter = new Sorter<[number, number]>(BY_A, limit, most);
  for (const [n, key] of keys.entries()) sorter.add(doc({ a: int(key) }), [key, n], 100);
  return [...sorter.finish()];
}

describe('Sorter', () => {
  it.each([
    [0, 1],
    [1, 10],
    [999, 50],
    [1_000, 50],
    [25_000, 7],
    [25_000, 100_000],
  ])('gives %i items back in order, equal ones as they came', (count, kinds) => {
    const chance = random(count);
    const keys = Array.from({ length: count }, () => chance.below(kinds));
    const wanted = keys.map((key, n): [number, number] => [key, n]).sort((a, b) => a[0] - b[0]);
    expect(sorted(keys)).toEqual(wanted);
    for (const limit of [1, 20, 1_500, 12_000]) expect(sorted(keys, limit)).toEqual(wanted.slice(0, limit));
  });

  it('is refused when it holds too much, unless a limit makes it little', () => {
    const keys = Array.from({ length: 3_000 }, (_, n) => -n);
    expect(() => sorted(keys, undefined, 500_000)).toThrow(expect.objectContaining({ code: 292 }));
    expect(() => sorted(keys, 2_000, 500_000)).toThrow(expect.objectContaining({ code: 292 }));
    expect(sorted(keys, 3, 500_000).map(([key]) => key)).toEqual([-2_999, -2_998, -2_997]);
    expect(sorted(keys, 600, 500_000)).toHaveLength(600);
  });
});

describe('a sort', () => {
  const compare = (sort: Record<string, unknown>, a: Record<string, unknown>, b: Record<string, unknown>): number => {
    const by = parseSort(toDoc(sort));
    return sortKey(toDoc(a), by).compare(sortKey(toDoc(b), by));
  };

  it('by two fields of one array takes both from the same element', () => {
    const mixed = {
      a: [
        { x: 1, y: 9 },
        { x: 5, y: 0 },
      ],
    };
    expect(compare({ 'a.x': 1, 'a.y': 1 }, mixed, { a: [{ x: 1, y: 5 }] })).toBe(1);
    expect(compare({ 'a.x': -1, 'a.y': 1 }, mixed, { a: [{ x: 5, y: 1 }] })).toBe(-1);
  });

  it('by two arrays is refused', () => {
    expect(() => compare({ a: 1, b: 1 }, { a: [1], b: [2] }, {})).toThrow(expect.objectContaining({ code: 2 }));
  });

  it.each([
    [0, 15975],
    [2, 15975],
    ['up', 15974],
    [{ $meta: 'textScore' }, 2],
  ])('of the direction %j is refused with %i', (way, code) => {
    expect(() => parseSort(toDoc({ a: way }))).toThrow(expect.objectContaining({ code }));
  });
});

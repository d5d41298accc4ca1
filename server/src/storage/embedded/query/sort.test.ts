import { describe, expect, it } from 'vitest';
import { doc, int } from '../bson/value.ts';
import { random } from '../testing/random.ts';
import { parseSort, Sorter } from './sort.ts';

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

import { describe, expect, it } from 'vitest';
import { decimal, NASTY } from '../testing/nasty-values.ts';
import { type Random, random } from '../testing/random.ts';
import { after, invert, keyOf } from './key.ts';
import { compare, RANK, rank } from './order.ts';
import { type Doc, Int32, type Value } from './value.ts';

function anyValue(source: Random, depth = 0): Value {
  const roll = source.below(depth < 3 ? 12 : 10);
  if (roll < 8) return source.pick(NASTY);
  if (roll === 8) return new Int32(source.below(40) - 20);
  if (roll === 9) return BigInt(source.below(1e9)) * BigInt(source.below(1e9)) - 2n ** 58n;
  if (roll === 10) return Array.from({ length: source.below(4) }, () => anyValue(source, depth + 1));
  const made: Doc = new Map();
  for (let i = source.below(4); i > 0; i--) made.set(source.pick(['a', 'b', 'ab', '']), anyValue(source, depth + 1));
  return made;
}

/** A key against another as the values should stand, both ways round. */
function expectOrder(wanted: number, a: Buffer, b: Buffer, what: () => unknown): void {
  if (Math.sign(a.compare(b)) !== Math.sign(wanted)) expect(what()).toBe(`in the order ${wanted}`);
}

const RANKS = new Set(NASTY.map(rank));

describe('keyOf', () => {
  it('is asked about every type, more than two hundred picked values', () => {
    expect(NASTY.length).toBeGreaterThanOrEqual(200);
    expect([...Object.values(RANK)].filter((of) => of !== RANK.emptyArray && !RANKS.has(of))).toEqual([]);
  });

  it('orders bytes as compare orders values: all pairs, in both directions', () => {
    const source = random(1);
    const values = [...NASTY, ...Array.from({ length: 400 }, () => anyValue(source))];
    const keyed = values.map((value) => ({ value, up: keyOf(value), down: keyOf(value, true) }));
    for (const a of keyed) {
      for (const b of keyed) {
        const wanted = compare(a.value, b.value);
        expectOrder(wanted, a.up, b.up, () => ({ a: a.value, b: b.value }));
        expectOrder(-wanted, a.down, b.down, () => ({ a: a.value, b: b.value, descending: true }));
      }
    }
  });

  it('never makes a key that is the beginning of another one', () => {
    const source = random(2);
    const values = [...NASTY, ...Array.from({ length: 400 }, () => anyValue(source))];
    const keys = [...new Map(values.map((value) => [keyOf(value).toString('hex'), keyOf(value)])).values()];
    keys.sort(Buffer.compare);
    // In order, a beginning stands right before what begins with it.
    for (const [i, key] of keys.entries())
      expect(keys[i + 1]?.subarray(0, key.length).equals(key) ?? false).toBe(false);
    const down = keys.map(invert).sort(Buffer.compare);
    for (const [i, key] of down.entries())
      expect(down[i + 1]?.subarray(0, key.length).equals(key) ?? false).toBe(false);
  });

  it.each([
    [1, 1],
    [1, -1],
    [-1, 1],
    [-1, -1],
  ])('orders compound keys part by part, (%i, %i), and each beginning right before them', (first, second) => {
    const source = random(3);
    const pairs = Array.from({ length: 700 }, (_, i): [Value, Value] => [
      i < 300 ? (NASTY[i % NASTY.length] ?? null) : source.pick(NASTY),
      source.pick(NASTY),
    ]);
    const keyed = pairs.map(([a, b]) => {
      const prefix = keyOf(a, first < 0);
      return { a, b, prefix, key: Buffer.concat([prefix, keyOf(b, second < 0)]) };
    });
    for (const x of keyed) {
      const end = after(x.prefix);
      for (const y of keyed) {
        const byFirst = first * compare(x.a, y.a);
        expectOrder(byFirst || second * compare(x.b, y.b), x.key, y.key, () => ({ x, y }));
        const inside = x.prefix.compare(y.key) <= 0 && (end === null || y.key.compare(end) < 0);
        if (inside !== (byFirst === 0)) expect({ x, y }).toBe('found by the beginning of its key');
      }
    }
  });
});

describe('compare', () => {
  it('tells numbers apart that doubles cannot', () => {
    expect(compare(2n ** 53n + 1n, 2 ** 53)).toBeGreaterThan(0);
    expect(compare(decimal('0.1'), 0.1)).toBeLessThan(0);
    expect(compare(decimal('9'), decimal('10'))).toBeLessThan(0);
    expect(compare(decimal('1.0'), new Int32(1))).toBe(0);
  });

  it('compares strings by code point', () => expect(compare('😀', '\uffff')).toBeGreaterThan(0));
});

import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { type Random, random } from '../testing/random.ts';
import { decode } from './decode.ts';
import { keyOf } from './key.ts';
import { compare } from './order.ts';
import {
  Binary,
  DateTime,
  type Doc,
  Int32,
  MaxKey,
  MinKey,
  ObjectId,
  Pattern,
  Timestamp,
  type Value,
} from './value.ts';

const { BSON } = mongoose.mongo;

const decimal = (text: string): Value =>
  decode(Buffer.from(BSON.serialize({ v: BSON.Decimal128.fromString(text) }))).get('v') ?? null;

const DECIMALS = [
  '0',
  '-0',
  '0.1',
  '0.10',
  '1',
  '-1',
  '9007199254740993',
  '1E+400',
  '-1E+400',
  '1E-400',
  '1.5',
  'NaN',
  'Infinity',
  '-Infinity',
  '9.999999999999999999999999999999999E+6144',
];
const EDGES: Value[] = [
  null,
  true,
  false,
  new MinKey(),
  new MaxKey(),
  ...[0, -0, 1, -1, 0.1, 1.5, -1.5, 2 ** 53, 2 ** 53 + 2, -(2 ** 53), 5e-324, -5e-324, 1.7976931348623157e308].map(
    Number,
  ),
  Number.NaN,
  Infinity,
  -Infinity,
  ...[0, 1, -1, 2 ** 31 - 1, -(2 ** 31)].map((value) => new Int32(value)),
  ...[
    0n,
    1n,
    2n ** 53n,
    2n ** 53n + 1n,
    -(2n ** 53n) - 1n,
    2n ** 63n - 1n,
    2n ** 63n - 2n,
    -(2n ** 63n),
    -(2n ** 63n) + 1n,
  ],
  ...DECIMALS.map(decimal),
  ...['', 'a', 'ab', 'b', 'a\0', 'a\0b', 'a\u0001', 'é', '\uffff', '😀', 'zz'],
  ...[0n, 1n, -1n, 2n ** 62n].map((ms) => new DateTime(ms)),
  ...[0n, 1n, 2n ** 63n].map((value) => new Timestamp(value)),
  new Binary(0, Buffer.from('b')),
  new Binary(0, Buffer.from('aa')),
  new Binary(4, Buffer.from('a')),
  new ObjectId(Buffer.alloc(12, 1)),
  new ObjectId(Buffer.alloc(12, 255)),
  new Pattern('a', ''),
  new Pattern('a', 'i'),
  new Pattern('ab', ''),
];

function anyValue(source: Random, depth = 0): Value {
  const roll = source.below(depth < 3 ? 12 : 10);
  if (roll < 8) return source.pick(EDGES);
  if (roll === 8) return new Int32(source.below(40) - 20);
  if (roll === 9) return BigInt(source.below(1e9)) * BigInt(source.below(1e9)) - 2n ** 58n;
  if (roll === 10) return Array.from({ length: source.below(4) }, () => anyValue(source, depth + 1));
  const made: Doc = new Map();
  for (let i = source.below(4); i > 0; i--) made.set(source.pick(['a', 'b', 'ab', '']), anyValue(source, depth + 1));
  return made;
}

describe('keyOf', () => {
  it('orders bytes as compare orders values, in both directions', () => {
    const source = random(1);
    const values = [...EDGES, ...Array.from({ length: 250 }, () => anyValue(source))];
    for (const a of values) {
      for (const b of values) {
        const wanted = Math.sign(compare(a, b));
        const up = Math.sign(keyOf(a).compare(keyOf(b)));
        const down = Math.sign(keyOf(a, true).compare(keyOf(b, true)));
        if (up !== wanted || down !== (wanted === 0 ? 0 : -wanted)) expect({ a, b, up, down }).toBe(wanted);
      }
    }
  });

  it('never makes a key that is the beginning of another one', () => {
    const source = random(2);
    const keys = Array.from({ length: 400 }, () => keyOf(anyValue(source)));
    for (const a of keys) {
      for (const b of keys) if (a.length < b.length) expect(b.subarray(0, a.length).equals(a)).toBe(false);
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

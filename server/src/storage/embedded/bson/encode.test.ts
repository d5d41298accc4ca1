import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { decode } from './decode.ts';
import { encode } from './encode.ts';

const { BSON } = mongoose.mongo;

const samples = {
  double: 1.5,
  wholeDouble: new BSON.Double(1),
  minusZero: new BSON.Double(-0),
  int: 7,
  long: BSON.Long.fromString('9007199254740993'),
  decimal: BSON.Decimal128.fromString('1.10'),
  text: 'é😀',
  nothing: null,
  yes: true,
  date: new Date(-5),
  id: new BSON.ObjectId(),
  stamp: new BSON.Timestamp({ t: 5, i: 4_000_000_000 }),
  bytes: new BSON.Binary(Buffer.from('abc'), 4),
  regex: /a.b/i,
  least: new BSON.MinKey(),
  most: new BSON.MaxKey(),
  nested: { list: [1, 'two', { three: [[]] }], empty: {} },
};

it('gives back the very bytes it read', () => {
  const bytes = Buffer.from(BSON.serialize(samples));
  expect(encode(decode(bytes)).equals(bytes)).toBe(true);
});

it('keeps the order of fields that look like integers, and odd names', () => {
  const bytes = encode(
    new Map([
      ['10', 'a'],
      ['9', 'b'],
      ['__proto__', 'c'],
    ]),
  );
  expect([...decode(bytes).keys()]).toEqual(['10', '9', '__proto__']);
});

it('refuses broken bytes with InvalidBSON', () => {
  const bytes = Buffer.from(BSON.serialize({ a: 'text' }));
  for (const broken of [bytes.subarray(0, 8), Buffer.concat([bytes, Buffer.from([0])]), Buffer.alloc(3)]) {
    expect(() => decode(broken)).toThrow(/invalid BSON/);
  }
});

import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { encode } from '../bson/encode.ts';
import { Timestamp } from '../bson/value.ts';
import { type Fields, toDoc } from '../testing/engine.ts';
import { compileUpdate } from './update.ts';

const { BSON } = mongoose.mongo;
const NOW = new Date('2026-01-01T00:00:00Z');
const long = (text: string) => BSON.Long.fromString(text);
const double = (value: number) => new BSON.Double(value);

const applied = (document: Fields, change: Fields): string => {
  const scope = { root: toDoc(document), now: NOW, stamp: () => new Timestamp(77n) };
  return encode(compileUpdate(toDoc(change).get('u') ?? null).apply(scope, false)).toString('hex');
};
const bytes = (document: Fields): string => Buffer.from(BSON.serialize(document)).toString('hex');

const CASES: [Fields, Fields, Fields][] = [
  [{ a: 1 }, { $set: { b: { c: 2 } } }, { a: 1, b: { c: 2 } }],
  [{ a: 1 }, { $set: { z: 1, 'x.y': 2, b: 3 } }, { a: 1, b: 3, x: { y: 2 }, z: 1 }],
  [{ a: [1, 2] }, { $set: { 'a.1': 9, 'a.3': 4 } }, { a: [1, 9, null, 4] }],
  [{ a: [{ b: 1 }] }, { $set: { 'a.0.b': 2 } }, { a: [{ b: 2 }] }],
  [{}, { $set: { 'a.0': 1 } }, { a: { 0: 1 } }],
  [{ outbox: { e7: { id: 'x' } } }, { $unset: { 'outbox.e7': '' }, $set: { head: 8 } }, { outbox: {}, head: 8 }],
  [{ a: [1, 2, 3] }, { $unset: { 'a.1': '' } }, { a: [1, null, 3] }],
  [{ a: 1 }, { $unset: { 'a.b': '', c: '' } }, { a: 1 }],
  [{ a: 1 }, { $inc: { a: 2, b: 3 } }, { a: 3, b: 3 }],
  [{ a: 2147483647 }, { $inc: { a: 1 } }, { a: long('2147483648') }],
  [{ a: 1 }, { $inc: { a: double(1) } }, { a: double(2) }],
  [{ a: BSON.Decimal128.fromString('1.50') }, { $inc: { a: 1 } }, { a: BSON.Decimal128.fromString('2.50') }],
  [{}, { $mul: { a: BSON.Decimal128.fromString('1.50') } }, { a: BSON.Decimal128.fromString('0.00') }],
  [{ a: long('1') }, { $inc: { a: 1 } }, { a: long('2') }],
  [{ a: 3 }, { $mul: { a: 2, b: 5 } }, { a: 6, b: 0 }],
  [
    { a: 5, b: 5 },
    { $min: { a: 3 }, $max: { b: 7, c: 1 } },
    { a: 3, b: 7, c: 1 },
  ],
  [{ rank: 3 }, { $max: { rank: 2 } }, { rank: 3 }],
  [{}, { $currentDate: { at: true, stamp: { $type: 'timestamp' } } }, { at: NOW, stamp: new BSON.Timestamp(77n) }],
  [{ lease: {} }, { $currentDate: { 'lease.at': true } }, { lease: { at: NOW } }],
  [{ a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] }, b: 3 } }, { a: [1, 2], b: [3] }],
  [{ a: [1] }, { $push: { a: 2, b: 1 } }, { a: [1, 2], b: [1] }],
  [{ a: [1, 2] }, { $push: { a: { $each: [8, 9], $position: 1, $slice: 3 } } }, { a: [1, 8, 9] }],
  [{ a: [1, 2] }, { $push: { a: { $each: [3], $slice: -2 } } }, { a: [2, 3] }],
  [{ a: [1, 2, 3, 2] }, { $pull: { a: 2 } }, { a: [1, 3] }],
  [{ a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
  [
    {
      a: [
        [1, 2],
        [2, 3],
      ],
    },
    { $pull: { a: { $all: [1, 2] } } },
    { a: [[2, 3]] },
  ],
  [{ a: [{ x: 1 }, { x: 5 }] }, { $pull: { a: { $or: [{ x: { $gt: 4 } }, { y: 1 }] } } }, { a: [{ x: 1 }] }],
  [{ a: [{ b: 1, c: 1 }, { b: 2 }] }, { $pull: { a: { b: 1 } } }, { a: [{ b: 2 }] }],
  [{ a: [1, 2, 3] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
  [{ a: [1, 2, 3] }, { $pop: { a: 1 } }, { a: [1, 2] }],
  [{ a: [1, 2, 3] }, { $pop: { a: -1 } }, { a: [2, 3] }],
  [{ a: 1, b: 2 }, { $rename: { a: 'c.d' } }, { b: 2, c: { d: 1 } }],
  [{ a: 1 }, { $setOnInsert: { b: 1 } }, { a: 1 }],
  [{ _id: 1, a: 1 }, { b: 2 }, { _id: 1, b: 2 }],
  [{ _id: 1 }, { at: new BSON.Timestamp(0n) }, { _id: 1, at: new BSON.Timestamp(77n) }],
];

describe('an update', () => {
  it.each(CASES)('of %j by %j gives %j', (document, change, wanted) => {
    expect(applied(document, { u: change })).toBe(bytes(wanted));
  });

  const REFUSED: [Fields, unknown, number][] = [
    [{}, { $set: { a: 1, 'a.b': 2 } }, 40],
    [{}, { $set: { 'a.b': 1 }, $inc: { a: 1 } }, 40],
    [{}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    [{ _id: 1 }, { $set: { _id: 2 } }, 66],
    [{ _id: 1 }, { $unset: { _id: '' } }, 66],
    [{ _id: 1 }, { _id: 2 }, 66],
    [{ a: 'x' }, { $inc: { a: 1 } }, 14],
    [{}, { $inc: { a: 'x' } }, 14],
    [{ a: long('9223372036854775807') }, { $inc: { a: 1 } }, 2],
    [{ a: 1 }, { $set: { 'a.b': 1 } }, 28],
    [{ a: 1 }, { $push: { a: 1 } }, 2],
    [{ a: null }, { $push: { a: 1 } }, 2],
    [{ a: null }, { $addToSet: { a: 1 } }, 2],
    [{ a: [1] }, { $push: { a: { $each: [1], $sort: 1 } } }, 2],
    [{ a: [1] }, { $set: { 'a.$': 1 } }, 2],
    [{ a: [1] }, { $set: { 'a.$[]': 1 } }, 2],
    [{ a: [1] }, { $bit: { a: { and: 1 } } }, 9],
    [{}, { $set: { 'a.': 1 } }, 56],
    [{}, { $inc: { $a: 1 } }, 52],
    [{ a: 1 }, { $rename: { a: '$b' } }, 52],
    [{ a: 1 }, { $rename: { a: 'a' } }, 2],
    [{ _id: 1, a: 1 }, { $rename: { a: '_id' } }, 66],
    [{ a: 1 }, { $rename: { 'a.b': 'c' } }, 28],
    [{ a: 1 }, { $rename: { a: 'b\0' } }, 9867600],
    [{ a: [{ b: [1] }] }, { $pop: { 'a.b': 1 } }, 28],
    [{ a: 1 }, { $pop: { 'a.b': 1 } }, 28],
    [{}, { $currentDate: { a: { $type: true } } }, 2],
    [{ _id: { x: 1 } }, { $set: { '_id.y': 2 } }, 66],
    [{}, [{ $set: { a: 1 } }], 9],
  ];
  it.each(REFUSED)('of %j by %j is refused', (document, change, code) => {
    expect(() => applied(document, { u: change })).toThrow(expect.objectContaining({ code }));
  });
});

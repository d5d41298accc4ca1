import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { type Fields, toDoc } from '../testing/engine.ts';
import { compileFilter } from './match.ts';

const { BSON } = mongoose.mongo;
const NOW = new Date('2026-01-01T00:00:30Z');
const matches = (filter: Fields, document: Fields) => compileFilter(toDoc(filter))(toDoc(document), NOW);
const long = (text: string) => BSON.Long.fromString(text);
const decimal = (text: string) => BSON.Decimal128.fromString(text);

const YES: [Fields, Fields][] = [
  [{}, { a: 1 }],
  [{ a: 1 }, { a: 1.0 }],
  [{ a: 1 }, { a: long('1') }],
  [{ a: 1 }, { a: [2, 1] }],
  [{ a: [2, 1] }, { a: [2, 1] }],
  [{ a: [1] }, { a: [[1], 3] }],
  [{ a: null }, {}],
  [{ a: null }, { a: [1, null] }],
  [{ 'a.b': null }, { a: 4 }],
  [{ 'a.b': null }, { a: [{}] }],
  [{ 'a.b': 1 }, { a: [{ b: 2 }, { b: [1] }] }],
  [{ 'a.1': 5 }, { a: [4, 5] }],
  [{ 'a.1.b': 5 }, { a: [4, { b: 5 }] }],
  [{ a: { x: 1, y: 2 } }, { a: { x: 1, y: 2 } }],
  [{ a: { $gt: decimal('9') } }, { a: decimal('10') }],
  [{ a: { $gt: 9007199254740992 } }, { a: long('9007199254740993') }],
  [{ a: { $gte: [1, 2] } }, { a: [2, 1] }],
  [{ a: { $gte: null } }, {}],
  [{ a: { $gte: Number.NaN } }, { a: Number.NaN }],
  [{ a: { $gt: 1, $lt: 3 } }, { a: [0, 5] }],
  [{ a: { $ne: 1 } }, {}],
  [{ a: { $nin: [1, 2] } }, { a: 3 }],
  [{ a: { $in: [null] } }, {}],
  [{ a: { $in: [/^x/, 3] } }, { a: 'xy' }],
  [{ a: { $exists: false } }, { b: 1 }],
  [{ a: { $exists: true } }, { a: null }],
  [{ a: { $type: 'int' } }, { a: 5 }],
  [{ a: { $type: 'number' } }, { a: [1.5] }],
  [{ a: { $type: 'array' } }, { a: [[]] }],
  [{ a: { $type: 'array' } }, { a: [] }],
  [{ a: { $type: 'date' } }, { a: new Date() }],
  [{ a: { $not: { $gt: 5 } } }, { a: 'text' }],
  [{ a: { $not: /x/ } }, { a: 'y' }],
  [{ a: { $regex: 'B', $options: 'i' } }, { a: 'abc' }],
  [{ a: { $regex: 'b # the second\n [ c]', $options: 'x' } }, { a: 'ab ' }],
  [{ a: { $regex: 'b\\Z' } }, { a: 'ab\n' }],
  [{ a: { $gt: new BSON.MinKey() } }, {}],
  [{ a: { $mod: [long('9223372036854775807'), 0] } }, { a: long('9223372036854775807') }],
  [{ a: { $mod: [3, 0] } }, { a: decimal('999999999999999999') }],
  [{ a: { $all: [1, 2] } }, { a: [2, 1, 3] }],
  [{ a: { $all: [{ $elemMatch: { b: 1 } }] } }, { a: [{ b: 1 }] }],
  [{ a: { $size: 0 } }, { a: [] }],
  [{ a: { $mod: [4, 1] } }, { a: 5 }],
  [{ a: { $elemMatch: { $gt: 1, $lt: 3 } } }, { a: [0, 2] }],
  [{ a: { $elemMatch: { b: 1, c: 2 } } }, { a: [{ b: 1, c: 2 }] }],
  [{ a: { $elemMatch: { $or: [{ b: 1 }, { c: 3 }] } } }, { a: [{ c: 3 }] }],
  [{ $or: [{ a: 1 }, { b: 2 }] }, { b: 2 }],
  [{ $nor: [{ a: 1 }] }, { a: 2 }],
  [{ $and: [{ a: 1 }, { b: { $ne: 3 } }] }, { a: 1 }],
  [
    { $expr: { $lt: ['$lease.at', { $subtract: ['$$NOW', 30_000] }] } },
    { lease: { at: new Date('2025-12-31T23:59:59Z') } },
  ],
  [{ $expr: { $eq: ['$a', '$b'] } }, { a: 1, b: 1 }],
  [{ $expr: { $gt: [{ $ifNull: ['$a', 7] }, { $add: [1, 2] }] } }, {}],
  [{ $expr: { $eq: ['$a', { $literal: '$b' }] } }, { a: '$b' }],
];

const NO: [Fields, Fields][] = [
  [{ a: 1 }, { a: '1' }],
  [{ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }],
  [{ a: null }, { a: [] }],
  [{ 'a.b': null }, { a: [1, 2] }],
  [{ 'a.b': null }, { a: [] }],
  [{ a: { $lt: 5 } }, { a: Number.NaN }],
  [{ a: { $gt: 1 } }, { a: 'z' }],
  [{ a: { $gt: null } }, { a: 1 }],
  [{ a: { $ne: 1 } }, { a: [1, 2] }],
  [{ a: { $nin: [1] } }, { a: [1] }],
  [{ a: { $type: 'long' } }, { a: 5 }],
  [{ a: { $all: [] } }, { a: [] }],
  [{ a: { $elemMatch: { $gt: 1, $lt: 3 } } }, { a: [0, 5] }],
  [{ a: { $elemMatch: { b: 1 } } }, { a: { b: 1 } }],
  [{ a: { $size: 1 } }, { a: 1 }],
  [{ $expr: { $lt: ['$lease.at', { $subtract: ['$$NOW', 30_000] }] } }, { lease: { at: NOW } }],
  [{ $expr: { $eq: ['$a', null] } }, {}],
  [{ 'owner.user': { $ne: 'u' } }, { owner: { user: 'u' } }],
];

describe('a filter', () => {
  it.each(YES)('%j selects %j', (filter, document) => expect(matches(filter, document)).toBe(true));
  it.each(NO)('%j passes over %j', (filter, document) => expect(matches(filter, document)).toBe(false));
});

describe('what a filter may not hold', () => {
  const REFUSED: [Fields, number][] = [
    [{ a: { $near: 1 } }, 2],
    [{ $where: 'true' }, 2],
    [{ $text: { $search: 'a' } }, 2],
    [{ a: { $in: 1 } }, 2],
    [{ $or: [] }, 2],
    [{ $expr: { $abs: '$a' } }, 168],
    [{ $expr: { $eq: ['$$ROOT', 1] } }, 17276],
    [{ a: { $type: 'nonsense' } }, 2],
    [{ a: { $regex: 'a', $options: 'y' } }, 51108],
    [{ a: { $regex: /a/i, $options: 'm' } }, 51075],
    [{ a: { $options: 'm', $regex: /a/i } }, 51074],
    [{ a: { $regex: 'a\0' } }, 2],
    [{ a: { $in: [{ $gt: 1 }] } }, 2],
    [{ a: { $nin: [{ $regex: 'a' }] } }, 2],
    [{ a: { $all: [{ $elemMatch: { b: 1 } }, 1] } }, 2],
    [{ a: { $size: 2 ** 31 } }, 2],
    [{ a: { $size: decimal('1E+30') } }, 2],
    [{ a: { $mod: [decimal('1E+30'), 1] } }, 2],
    [{ a: { $regex: '(?=a)b' } }, 51091],
    [{ a: { $regex: '(a' } }, 51091],
    [{ a: { $regex: '(a*)\\1' } }, 51091],
    [{ a: { $regex: 'a'.repeat(33_000) } }, 51091],
  ];
  it.each(REFUSED)('%j is refused with %i', (filter, code) => {
    expect(() => compileFilter(toDoc(filter))).toThrow(expect.objectContaining({ code }));
  });
});

it.each(['(a+)+$', '((a+))+$', '(a|aa)+$', 'a?'.repeat(60) + 'a'.repeat(60), 'a*a*a*a*$'])(
  'the pattern %s takes no longer than its text',
  (pattern) => {
    const started = performance.now();
    compileFilter(toDoc({ a: { $regex: pattern } }))(toDoc({ a: `${'a'.repeat(5000)}b` }), NOW);
    expect(performance.now() - started).toBeLessThan(2000);
  },
);

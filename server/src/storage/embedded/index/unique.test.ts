import mongoose from 'mongoose';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Fields, openTestEngine, type TestEngine } from '../testing/engine.ts';

const { BSON } = mongoose.mongo;
const long = (text: string) => BSON.Long.fromString(text);
const decimal = (text: string) => BSON.Decimal128.fromString(text);

let store: TestEngine;
beforeEach(async () => {
  store = openTestEngine();
  await store.command({ createIndexes: 'c', indexes: [{ key: { k: 1 }, name: 'k', unique: true }] });
  await store.command({ createIndexes: 'd', indexes: [{ key: { k: -1, _id: 1 }, name: 'k', unique: true }] });
});
afterEach(() => store.close());

const SAME: [string, unknown[]][] = [
  ['one', [new BSON.Int32(1), new BSON.Double(1), long('1'), decimal('1'), decimal('1.00'), decimal('10E-1')]],
  ['zero', [0, -0, long('0'), decimal('0'), decimal('-0'), decimal('0E-6176')]],
  ['2^53', [2 ** 53, long('9007199254740992'), decimal('9007199254740992')]],
  ['2^53 + 1', [long('9007199254740993'), decimal('9007199254740993'), decimal('9007199254740993.0')]],
  ['NaN', [Number.NaN, decimal('NaN')]],
  ['infinity', [Infinity, decimal('Infinity')]],
  ['null', [null, undefined]],
  ['an array and its element', [[5, 6], 6, [7, 6]]],
];
it.each(SAME)('%s is the same in every type', async (_, values) => {
  const [first, ...others] = values;
  const insert = (value: unknown) =>
    store.command({ insert: 'c', documents: [value === undefined ? {} : { k: value }] });
  expect(await insert(first)).toMatchObject({ n: 1 });
  for (const value of others) expect(await insert(value)).toMatchObject({ n: 0, writeErrors: [{ code: 11000 }] });
  const [held] = (await store.command({ find: 'c' })).rows as Fields[];
  const set = (value: unknown) =>
    store.command({ update: 'c', updates: [{ q: { _id: held?._id }, u: { $set: { k: value } } }] });
  for (const value of others) if (value !== undefined) expect(await set(value)).toMatchObject({ n: 1 });
});

it('numbers that doubles cannot tell apart are different ones', async () => {
  const values = [
    2 ** 53,
    long('9007199254740993'),
    decimal('9007199254740993.5'),
    0.1,
    decimal('0.1'),
    decimal('0.1000000000000000055511151231257827'),
    long('9223372036854775807'),
    long('9223372036854775806'),
    2 ** 63,
    decimal('1E-400'),
    0,
  ];
  const documents = values.map((k) => ({ k }));
  expect(await store.command({ insert: 'c', documents })).toMatchObject({ n: values.length });
});

it('the same holds for _id', async () => {
  const insert = (...documents: Fields[]) => store.command({ insert: 'ids', documents, ordered: false });
  const one = [1, long('1'), decimal('1.0'), new BSON.Double(1)];
  expect(await insert(...one.map((_id) => ({ _id })))).toMatchObject({ n: 1 });
  expect(await insert({ _id: { a: 1, b: 2 } }, { _id: { b: 2, a: 1 } }, { _id: { a: long('1'), b: 2 } })).toMatchObject(
    { n: 2 },
  );
});

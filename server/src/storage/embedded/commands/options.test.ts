import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fields, openTestEngine, type TestEngine } from '../testing/engine.ts';

const { BSON } = mongoose.mongo;
const decimal = (text: string) => BSON.Decimal128.fromString(text);
const long = (text: string) => BSON.Long.fromString(text);

let store: TestEngine;
beforeAll(async () => {
  store = openTestEngine();
  await store.command({ insert: 'c', documents: [{ _id: 1 }, { _id: 2 }, { _id: 3 }] });
});
afterAll(() => store.close());

const FIND = { find: 'c' };
const COUNT = { count: 'c' };
const UPDATE = { update: 'c', updates: [{ q: { _id: 1 }, u: { $set: { a: 1 } } }] };
const AGGREGATE = { aggregate: 'c', pipeline: [], cursor: {} };

/** The codes are MongoDB's own, as documentdb's functional tests record them. */
const REFUSED: [Fields, Fields, number][] = [
  [FIND, { maxTimeMS: 'x' }, 14],
  [FIND, { maxTimeMS: true }, 14],
  [FIND, { maxTimeMS: 1.5 }, 9],
  [FIND, { maxTimeMS: Number.NaN }, 9],
  [FIND, { maxTimeMS: decimal('1E+30') }, 9],
  [FIND, { maxTimeMS: -1 }, 2],
  [FIND, { maxTimeMS: 2 ** 31 }, 2],
  [FIND, { readConcern: { level: 1 } }, 14],
  [FIND, { readConcern: { level: 'Local' } }, 2],
  [FIND, { readConcern: { level: 'snapshot' } }, 123],
  [FIND, { readConcern: { level: 'linearizable' } }, 123],
  [FIND, { readConcern: { other: 1 } }, 40415],
  [FIND, { readConcern: { afterClusterTime: 5 } }, 14],
  [FIND, { readConcern: { afterClusterTime: new BSON.Timestamp(0n) } }, 72],
  [FIND, { readConcern: { afterClusterTime: new BSON.Timestamp(5n) } }, 20],
  [FIND, { readConcern: { atClusterTime: new BSON.Timestamp(5n) } }, 72],
  [FIND, { readConcern: { provenance: 'me' } }, 2],
  [UPDATE, { readConcern: { level: 'majority' } }, 72],
  [FIND, { writeConcern: { w: 1 } }, 72],
  [UPDATE, { writeConcern: { w: 2 } }, 2],
  [UPDATE, { writeConcern: { w: 51 } }, 9],
  [UPDATE, { writeConcern: { w: -1 } }, 9],
  [UPDATE, { writeConcern: { w: null } }, 2],
  [UPDATE, { writeConcern: { w: 'Majority' } }, 2],
  [UPDATE, { writeConcern: { w: true } }, 9],
  [UPDATE, { writeConcern: { w: {} } }, 9],
  [UPDATE, { writeConcern: { j: 'yes' } }, 14],
  [UPDATE, { writeConcern: { wtimeout: 2 ** 31 } }, 9],
  [UPDATE, { writeConcern: { W: 1 } }, 40415],
  [UPDATE, { ordered: 1 }, 14],
  [UPDATE, { bypassDocumentValidation: 'x' }, 14],
  [UPDATE, { apiVersion: '2' }, 322],
  [FIND, { filter: null }, 14],
  [FIND, { limit: -1 }, 2],
  [FIND, { skip: 'x' }, 14],
  [FIND, { unknown: 1 }, 40415],
  [COUNT, { limit: null }, 2],
  [COUNT, { limit: 'x' }, 2],
  [COUNT, { limit: 1.5 }, 9],
  [COUNT, { limit: long('-9223372036854775808') }, 2],
  [COUNT, { skip: -1 }, 2],
  [AGGREGATE, { cursor: null }, 14],
  [AGGREGATE, { cursor: { batchsize: 1 } }, 40415],
  [AGGREGATE, { cursor: { batchSize: -1 } }, 2],
  [AGGREGATE, { cursor: undefined }, 9],
  [AGGREGATE, { allowDiskUse: 1 }, 14],
  [{ distinct: 'c' }, {}, 40414],
  [{ distinct: 'c', key: 'a\0' }, {}, 31032],
  [{ killCursors: 'c' }, {}, 40414],
  [{ killCursors: 1, cursors: [] }, {}, 73],
  [{ killCursors: 'c', cursors: [1] }, {}, 14],
  [{ find: '' }, {}, 73],
  [{ find: '$c' }, {}, 73],
  [{ find: 'a\0b' }, {}, 73],
  [{ delete: 'c', deletes: [] }, {}, 16],
  [{ dropDatabase: 2 }, {}, 5255100],
  [{ dropDatabase: 'x' }, {}, 14],
  [{ dropDatabase: 1, $db: 'admin' }, {}, 20],
];

describe('options', () => {
  it.each(REFUSED)('%j with %j is refused', async (command, options, code) => {
    const body = Object.fromEntries(
      Object.entries({ ...command, ...options }).filter(([, value]) => value !== undefined),
    );
    expect(await store.command(body)).toMatchObject({ ok: 0, code });
  });

  it.each([
    [{ skip: 1.9 }, 2],
    [{ skip: decimal('1.5') }, 1],
    [{ skip: decimal('2.5') }, 1],
    [{ skip: Number.NaN }, 3],
    [{ skip: Number.POSITIVE_INFINITY }, 0],
    [{ skip: decimal('1E+6000') }, 0],
    [{ skip: 5e-324 }, 3],
    [{ limit: -2 }, 2],
    [{ limit: long('9223372036854775807') }, 3],
  ])('count by %j gives %i: numbers are cut, decimals rounded half to even', async (options, n) => {
    expect(await store.command({ ...COUNT, ...options })).toMatchObject({ ok: 1, n });
  });

  it.each([
    { readConcern: {} },
    { readConcern: { level: 'majority' } },
    { maxTimeMS: 0 },
    { maxTimeMS: null },
    { comment: { any: ['thing'] } },
  ])('find takes %j', async (options) => {
    expect(await store.command({ ...FIND, ...options })).toMatchObject({ ok: 1 });
  });

  it.each([{ w: 1 }, { w: 'majority' }, { w: 1.9 }, { j: true }, { w: 1, j: 1, wtimeout: 10 }])(
    'an update takes the write concern %j',
    async (writeConcern) => {
      expect(await store.command({ ...UPDATE, writeConcern })).toMatchObject({ ok: 1, n: 1 });
    },
  );

  it('with write concern 0 says nothing of errors', async () => {
    const updates = [{ q: {}, u: { a: 2 }, multi: true }];
    expect(await store.command({ update: 'c', updates, writeConcern: { w: 0 } })).not.toHaveProperty('writeErrors');
    expect(await store.command({ update: 'c', updates })).toMatchObject({ writeErrors: [{ code: 9 }] });
  });

  it.each([
    [{ delete: 'c', deletes: [{ limit: 1 }] }, 40414],
    [{ delete: 'c', deletes: [{ q: {} }] }, 40414],
    [{ update: 'c', updates: [{ u: { $set: { a: 1 } } }] }, 40414],
  ])('of a statement %j that are missing are named', async (command, code) => {
    const { ok, code: whole, writeErrors } = await store.command(command);
    expect(ok === 0 ? whole : (writeErrors as Fields[])[0]?.code).toBe(code);
  });
});

describe('distinct', () => {
  it('gives each value once, in order', async () => {
    await store.command({
      insert: 'd',
      documents: [{ v: [2, 'b'] }, { v: 'a' }, { v: 2.0 }, { v: null }, { v: -1 }, {}],
    });
    expect(await store.command({ distinct: 'd', key: 'v' })).toMatchObject({ values: [null, -1, 2, 'a', 'b'] });
  });
});

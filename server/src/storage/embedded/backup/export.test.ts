import mongoose, { type mongo } from 'mongoose';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../testing/store.ts';
import { ExportFailed, exportStore } from './export.ts';
import { hostOf, withoutSecrets } from './secrets.ts';

const { Binary, BSONRegExp, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } = mongoose.mongo;

let source: TestStore;
let target: TestStore;
beforeEach(async () => {
  source = await openTestStore();
  target = await openTestStore(); // in the place of a MongoDB
});
afterEach(async () => {
  await source.close();
  await target.close();
});

const run = (replace = false) =>
  exportStore({ from: source.store.uri, to: target.store.uri, replace, progress: () => {} });
const rows = (test: TestStore, name: string) => test.connection.collection<{ _id: number; n?: number }>(name);
const rawOf = (test: TestStore, name: string) =>
  test.connection.collection(name).find<Buffer>({}, { raw: true }).toArray();

it('keeps every type and the order of fields, byte by byte', async () => {
  const odd = new Map<string, unknown>([
    ['_id', new ObjectId()],
    ['10', new Int32(1)],
    ['2', new Double(1)],
    ['__proto__', Long.fromString('9007199254740993')],
    ['double', new Double(-0)],
    ['not', new Double(Number.NaN)],
    ['decimal', Decimal128.fromString('1.20E+5')],
    ['date', new Date(-1)],
    ['stamp', new Timestamp({ t: 5, i: 6 })],
    ['binary', new Binary(Buffer.from('abc'), 0)],
    ['old', new Binary(Buffer.from('abc'), 2)],
    ['uuid', new Binary(Buffer.alloc(16, 7), 4)],
    ['pattern', new BSONRegExp('^a', 'im')],
    ['min', new MinKey()],
    ['max', new MaxKey()],
    ['nothing', null],
    ['yes', true],
    ['empty', []],
    ['deep', [new Map([['b', [new Map([['a', 'ä😀']])]]])]],
  ]);
  await source.connection.db?.command({ insert: 'odd', documents: [odd] });
  await run();
  expect(await rawOf(target, 'odd')).toEqual(await rawOf(source, 'odd'));
});

it('copies collections with their indexes in batches, empty ones too', async () => {
  const many = Array.from({ length: 2500 }, (_, _id) => ({ _id, n: _id % 7, at: new Date(), tags: ['a', `t${_id}`] }));
  await rows(source, 'many').insertMany(many);
  const indexes: mongo.IndexDescription[] = [
    { key: { n: 1, at: -1 }, name: 'n_at' },
    { key: { tags: 1 }, sparse: true },
    { key: { at: 1 }, expireAfterSeconds: 3600 },
    { key: { n: 1 }, name: 'some', partialFilterExpression: { n: { $gt: 3 } } },
  ];
  await rows(source, 'many').createIndexes(indexes);
  await source.connection.createCollection('none');
  const exported = await run();
  expect(exported.collections).toEqual([
    { name: 'many', documents: 2500, indexes: 5 },
    { name: 'none', documents: 0, indexes: 1 },
  ]);
  expect(await rows(target, 'many').listIndexes().toArray()).toEqual(
    await rows(source, 'many').listIndexes().toArray(),
  );
  const names = (await target.connection.listCollections()).map(({ name }) => name);
  expect(names).toEqual(['many', 'none']);
});

it('takes large documents one by one', async () => {
  const large = Array.from({ length: 3 }, (_, _id) => ({ _id, text: 'x'.repeat(9_000_000) }));
  for (const one of large) await rows(source, 'large').insertOne(one);
  expect((await run()).collections).toEqual([{ name: 'large', documents: 3, indexes: 1 }]);
});

it('refuses a target with documents of others, unless told to replace them', async () => {
  await rows(source, 'rows').insertOne({ _id: 1 });
  await rows(target, 'rows').insertMany([{ _id: 7 }, { _id: 8 }]);
  await rows(target, 'other').insertOne({ _id: 9 });
  await expect(run()).rejects.toThrow(/holds documents in rows\. .*--replace/);
  expect(await rows(target, 'rows').countDocuments({})).toBe(2);
  await run(true);
  expect(await rows(target, 'rows').find({}).toArray()).toEqual([{ _id: 1 }]);
  expect(await rows(target, 'other').countDocuments({})).toBe(1);
});

it('may be started again when it was broken off, and a finished one is not overwritten', async () => {
  await rows(source, 'a').insertMany([{ _id: 1 }, { _id: 2 }]);
  await rows(source, 'b').insertOne({ _id: 1 });
  const broken = exportStore({
    from: source.store.uri,
    to: target.store.uri,
    replace: false,
    progress: () => {
      throw new Error('the line was cut');
    },
  });
  await expect(broken).rejects.toThrow(ExportFailed);
  expect(await rows(target, 'a').countDocuments({})).toBe(2);
  await rows(source, 'a').insertOne({ _id: 3 });
  expect((await run()).collections.map(({ documents }) => documents)).toEqual([3, 1]);
  await expect(run()).rejects.toThrow(/holds documents in a, b/);
});

it('never repeats the password', async () => {
  const url = 'mongodb://me:s%40cret@nowhere.invalid:1/db?replicaSet=x';
  expect(hostOf(url)).toBe('nowhere.invalid:1');
  expect(withoutSecrets(`cannot reach ${url} as me:s%40cret, s@cret`, url)).toBe('cannot reach *** as ***, ***');
  for (const to of ['mongodb://me:s%40cret@[broken', 'mongodb://me:s%40cret@host:port:port/']) {
    const failed = exportStore({ from: source.store.uri, to, replace: false, progress: () => {} });
    await expect(failed).rejects.toThrow(ExportFailed);
    await expect(failed).rejects.not.toThrow(/s%40cret|s@cret/);
  }
});

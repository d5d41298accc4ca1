import { connect } from 'node:net';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedStore } from './store.ts';
import { openTestStore, type TestStore } from './testing/store.ts';

const { BSON, MongoBulkWriteError, MongoServerError } = mongoose.mongo;

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());

type Loose = mongoose.mongo.BSON.Document;

const collection = (name: string) => test.connection.collection<Loose>(name);
const keyed = (name: string) => test.connection.collection<Loose & { _id: string }>(name);
const fails = (code: number) => expect.objectContaining({ code });

describe('mongoose', () => {
  const schema = new mongoose.Schema(
    { email: { type: String, unique: true }, name: String, tags: [String], visits: Number, address: { city: String } },
    { timestamps: true },
  );

  it('saves, finds, changes and counts documents', async () => {
    const Person = test.connection.model('Person', schema);
    await Person.init();
    const ada = await Person.create({
      email: 'ada@x',
      name: 'Ada',
      tags: ['a', 'b'],
      visits: 1,
      address: { city: 'L' },
    });
    await Person.create([
      { email: 'bob@x', visits: 5 },
      { email: 'eve@x', visits: 3 },
    ]);
    expect(await Person.findById(ada._id).lean()).toMatchObject({ name: 'Ada', tags: ['a', 'b'], __v: 0 });
    expect(await Person.findOne({ 'address.city': 'L', tags: 'b' })).toMatchObject({ email: 'ada@x' });
    ada.tags.push('c');
    ada.set('name', 'Ada L');
    await ada.save();
    expect(
      await Person.findOneAndUpdate({ email: 'ada@x' }, { $inc: { visits: 2 } }, { returnDocument: 'after' }),
    ).toMatchObject({
      name: 'Ada L',
      visits: 3,
      tags: ['a', 'b', 'c'],
    });
    expect(await Person.countDocuments({ visits: { $gte: 3 } })).toBe(3);
    expect(await Person.estimatedDocumentCount()).toBe(3);
    expect((await Person.distinct('tags')).sort()).toEqual(['a', 'b', 'c']);
    expect(await Person.exists({ email: 'nobody' })).toBeNull();
    expect(
      (await Person.find().sort({ visits: -1, email: 1 }).select('email -_id').lean()).map(({ email }) => email),
    ).toEqual(['bob@x', 'ada@x', 'eve@x']);
    await expect(Person.create({ email: 'ada@x' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { email: 1 },
      keyValue: { email: 'ada@x' },
      message: expect.stringContaining(
        'E11000 duplicate key error collection: parley.people index: email_1 dup key: { email: "ada@x" }',
      ),
    });
    await Person.bulkWrite([
      { updateOne: { filter: { email: 'new@x' }, update: { $set: { visits: 9 } }, upsert: true } },
      { deleteOne: { filter: { email: 'eve@x' } } },
    ]);
    const sums = [
      { $match: { visits: { $gt: 0 } } },
      { $group: { _id: null, all: { $sum: '$visits' }, most: { $max: '$visits' } } },
    ];
    expect(await Person.aggregate(sums)).toEqual([{ _id: null, all: 17, most: 9 }]);
    expect(await Person.deleteMany({})).toMatchObject({ deletedCount: 3 });
  });

  it('streams through a cursor in batches', async () => {
    await collection('many').insertMany(Array.from({ length: 1000 }, (_, n) => ({ n })));
    const seen: unknown[] = [];
    for await (const { n } of collection('many')
      .find({ n: { $gte: 10 } })
      .batchSize(50))
      seen.push(n);
    expect(seen).toEqual(Array.from({ length: 990 }, (_, n) => n + 10));
    expect(await collection('many').find().skip(990).limit(5).toArray()).toHaveLength(5);
  });

  it('lists, creates and drops collections and indexes', async () => {
    const things = collection('things');
    await things.createIndex({ a: 1, b: -1 }, { unique: true, partialFilterExpression: { a: { $exists: true } } });
    expect(await things.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1, b: -1 }, name: 'a_1_b_-1', unique: true, partialFilterExpression: { a: { $exists: true } } },
    ]);
    const listed = await test.connection.listCollections();
    expect(listed.map(({ name }) => name)).toContain('things');
    await things.dropIndex('a_1_b_-1');
    await things.drop();
    await expect(things.indexes()).rejects.toThrow(fails(26));
  });
});

describe("the engine's writes", () => {
  const LEASE = 30_000;
  const now = new Date();
  const fresh = (_id: string) => ({
    _id,
    organization: 'o',
    channel: 'w',
    contact: _id,
    revision: 1,
    step: 1,
    epoch: 1,
    owner: { kind: 'bot', flow: 'f', version: 1 },
    lease: { worker: '', token: 0, at: new Date(0) },
    session: null,
    timers: [],
    calls: [],
    head: 7,
    next: 7,
    outbox: {},
    sendingAt: null,
    tail: [],
    wakeAt: null,
  });
  const conversation = async (_id: string) => {
    const conversations = keyed('conversations');
    await conversations.insertOne(fresh(_id));
    return conversations;
  };
  const after = { returnDocument: 'after' as const };

  it('S1: stores a batch, stamps it in its order and names the duplicates in the middle', async () => {
    const events = keyed('events');
    const row = (id: string) => ({
      _id: id,
      conversation: 'c',
      arrived: new BSON.Timestamp({ t: 0, i: 0 }),
      state: 'new',
    });
    await events.insertOne(row('e2'));
    const failure = await events
      .insertMany(['e1', 'e2', 'e3', 'e1', 'e4'].map(row), {
        ordered: false,
        writeConcern: { w: 'majority', j: true },
      })
      .catch((error: unknown) => error);
    if (!(failure instanceof MongoBulkWriteError)) throw new Error('a bulk error was expected');
    const errors = [failure.writeErrors].flat();
    expect(errors.map(({ index, code }) => ({ index, code }))).toEqual([
      { index: 1, code: 11000 },
      { index: 3, code: 11000 },
    ]);
    expect(failure.insertedCount).toBe(3);
    const rows = await events.find({ conversation: 'c', state: 'new' }).sort({ arrived: 1 }).limit(32).toArray();
    expect(rows.map(({ _id }) => _id)).toEqual(['e2', 'e1', 'e3', 'e4']);
    const stamps = rows.map(({ arrived }) => BigInt(String(arrived)));
    expect(stamps.every((stamp, i) => stamp > (stamps[i - 1] ?? 0n))).toBe(true);
  });

  it('S3: one of many takes the lease', async () => {
    const conversations = await conversation('s3');
    const lease = (worker: string) =>
      conversations.findOneAndUpdate(
        { _id: 's3', $expr: { $lt: ['$lease.at', { $subtract: ['$$NOW', LEASE] }] } },
        { $set: { 'lease.worker': worker }, $inc: { 'lease.token': 1 }, $currentDate: { 'lease.at': true } },
        after,
      );
    const taken = await Promise.all(Array.from({ length: 20 }, (_, i) => lease(`w${i}`)));
    const won = taken.filter((one) => one !== null);
    expect(won).toHaveLength(1);
    expect(won[0]).toMatchObject({ lease: { token: 1 }, revision: 1 });
  });

  it('S6: commits a step with the first permit, and only on its revision', async () => {
    const conversations = await conversation('s6');
    const commit = () =>
      conversations.findOneAndUpdate(
        { _id: 's6', revision: 1, 'lease.token': 0 },
        {
          $inc: { revision: 1, step: 1 },
          $currentDate: { 'lease.at': true, sendingAt: true },
          $set: {
            session: { id: 's6.s1', snapshot: { value: 'asking' } },
            timers: [{ id: 's6.1.t0', due: now }],
            calls: [],
            tail: [{ id: 'e1', step: 1 }],
            wakeAt: now,
            next: 9,
            'outbox.e7': { id: 's6.e7', state: 'sending', epoch: 1 },
            'outbox.e8': { id: 's6.e8', state: 'queued', epoch: 1 },
          },
        },
        after,
      );
    expect(await commit()).toMatchObject({
      revision: 2,
      step: 2,
      next: 9,
      outbox: { e7: { state: 'sending' }, e8: { id: 's6.e8' } },
    });
    expect(await commit()).toBeNull();
  });

  it('S9 and S12: permits the head once, settles it and permits the next', async () => {
    const conversations = await conversation('s9');
    await conversations.updateOne(
      { _id: 's9' },
      {
        $set: {
          'outbox.e7': { id: 'x7', state: 'queued', attempt: 0 },
          'outbox.e8': { id: 'x8', state: 'queued', attempt: 0 },
        },
      },
    );
    const permit = (nonce: string) =>
      conversations.updateOne(
        { _id: 's9', 'lease.token': 0, epoch: 1, head: 7, 'outbox.e7.state': 'queued' },
        {
          $set: { 'outbox.e7.state': 'sending', 'outbox.e7.permit': nonce },
          $inc: { 'outbox.e7.attempt': 1 },
          $currentDate: { sendingAt: true, 'lease.at': true },
        },
      );
    const given = await Promise.all(['a', 'b', 'c'].map(permit));
    expect(given.map(({ modifiedCount }) => modifiedCount).sort()).toEqual([0, 0, 1]);
    const settled = await conversations.updateOne(
      { _id: 's9', head: 7, 'outbox.e7.id': 'x7', 'lease.token': 0, epoch: 1, 'outbox.e8.state': 'queued' },
      {
        $unset: { 'outbox.e7': '' },
        $set: { head: 8, 'outbox.e8.state': 'sending', 'outbox.e8.permit': 'n' },
        $inc: { 'outbox.e8.attempt': 1 },
        $currentDate: { sendingAt: true, 'lease.at': true },
      },
    );
    expect(settled.modifiedCount).toBe(1);
    expect(await conversations.findOne({ _id: 's9' })).toMatchObject({
      head: 8,
      outbox: { e8: { id: 'x8', state: 'sending', permit: 'n', attempt: 1 } },
      sendingAt: expect.any(Date),
    });
  });

  it('S15 and S17: releases the lease, and an agent takes over once', async () => {
    const conversations = await conversation('s17');
    const release = await conversations.updateOne(
      { _id: 's17', 'lease.token': 0 },
      { $set: { 'lease.at': new Date(0), wakeAt: now } },
    );
    expect(release.matchedCount).toBe(1);
    const takeOver = () =>
      conversations.findOneAndUpdate(
        { _id: 's17', organization: 'o', 'owner.user': { $ne: 'u' } },
        { $inc: { epoch: 1, revision: 1 }, $set: { owner: { kind: 'agent', user: 'u' }, calls: [], wakeAt: now } },
        after,
      );
    expect(await takeOver()).toMatchObject({ epoch: 2, revision: 2, owner: { user: 'u' } });
    expect(await takeOver()).toBeNull();
  });

  it('S7, S11 and S16: journals by bulk, and a rank only rises', async () => {
    const done = { $set: { state: 'done', doneAt: now, step: { number: 1 } } };
    const journal = await keyed('journal').bulkWrite([
      { updateOne: { filter: { _id: 'fired.t1' }, update: done, upsert: true } },
      { updateOne: { filter: { _id: 'fired.t1' }, update: done } },
    ]);
    expect(journal).toMatchObject({ upsertedCount: 1, matchedCount: 1, modifiedCount: 0 });
    const messages = keyed('messages');
    await messages.insertOne({ _id: 'm', rank: 0, providerIds: [] });
    for (const rank of [3, 1]) {
      await messages.bulkWrite([
        { updateOne: { filter: { _id: 'm' }, update: { $max: { rank }, $addToSet: { providerIds: 'p' } } } },
      ]);
    }
    expect(await messages.findOne({ _id: 'm' })).toEqual({ _id: 'm', rank: 3, providerIds: ['p'] });
  });

  it('50 upserts of one unique key make one document', async () => {
    const contacts = collection('contacts');
    await contacts.createIndex({ organization: 1, phone: 1 }, { unique: true });
    const key = { organization: 'o', phone: '1' };
    await Promise.all(Array.from({ length: 50 }, () => contacts.updateOne(key, { $inc: { n: 1 } }, { upsert: true })));
    expect(await contacts.find(key).toArray()).toMatchObject([{ ...key, n: 50 }]);
  });
});

describe('what is refused', () => {
  it('says so with the codes of MongoDB', async () => {
    const some = collection('some');
    await expect(some.aggregate([{ $lookup: { from: 'x' } }]).toArray()).rejects.toThrow(fails(40324));
    await expect(some.updateOne({}, [{ $set: { a: 1 } }])).rejects.toThrow(fails(9));
    await expect(some.find({}, { collation: { locale: 'en' } }).toArray()).rejects.toThrow(fails(40415));
    await expect(some.createIndex({ a: 'text' })).rejects.toThrow(fails(67));
    await expect(test.connection.db?.command({ serverStatus: 1 })).rejects.toThrow(fails(59));
    await expect(some.find({ $where: 'true' }).toArray()).rejects.toThrow(fails(2));
    await expect(some.insertOne({ text: 'x'.repeat(16 * 1024 * 1024 + 1) })).rejects.toThrow();
  });

  it('refuses transactions', async () => {
    const session = await test.connection.startSession();
    session.startTransaction();
    await expect(collection('some').insertOne({ a: 1 }, { session })).rejects.toThrow(fails(263));
    await session.abortTransaction().catch(() => {});
    await session.endSession();
  });

  it('hangs up on a frame of garbage, and only there', async () => {
    const path = decodeURIComponent(/\/\/(.*?)\//.exec(test.store.uri)?.[1] ?? '');
    const closed = new Promise<void>((resolve, reject) => {
      const socket = connect(path, () => socket.write(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')));
      socket.on('close', () => resolve());
      socket.on('error', reject);
    });
    await closed;
    expect(await test.connection.db?.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });
});

describe('the directory', () => {
  it('is held by one store at a time', async () => {
    await expect(startEmbeddedStore({ directory: test.directory })).rejects.toThrow(/another process holds the store/);
  });

  it('keeps documents, indexes and the order of stamps when it is opened again', async () => {
    const stamp = () => ({ at: new BSON.Timestamp({ t: 0, i: 0 }) });
    await collection('kept').createIndex({ key: 1 }, { unique: true });
    await collection('kept').insertOne({ key: 'a', ...stamp() });
    await test.reopen();
    await expect(collection('kept').insertOne({ key: 'a' })).rejects.toThrow(MongoServerError);
    await collection('kept').insertOne({ key: 'b', ...stamp() });
    const rows = await collection('kept').find().sort({ at: 1 }).toArray();
    expect(rows.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('may have a long path', async () => {
    const directory = `${test.directory}/${'Long'.repeat(30)}`;
    const store = await startEmbeddedStore({ directory });
    const connection = await mongoose.createConnection(store.uri).asPromise();
    expect(await connection.db?.command({ ping: 1 })).toMatchObject({ ok: 1 });
    await connection.close();
    await store.close();
  });
});

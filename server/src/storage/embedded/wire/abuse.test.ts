import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_CONNECTIONS, MAX_MESSAGE, MAX_UNREAD } from '../limits.ts';
import { random } from '../testing/random.ts';
import { message, openTestServer, type RawClient, sequence, type TestServer } from '../testing/wire.ts';

const { BSON } = mongoose.mongo;
const MANY = 1_000; // connections

let store: TestServer;
let client: RawClient;
beforeEach(async () => {
  store = await openTestServer();
  client = await store.client();
  await client.command({ insert: 'c', documents: [{ _id: 'here' }] });
});
afterEach(() => store.close());

/** What every abuse has to leave: a store that answers others, and has lost nothing. */
async function stillServes(): Promise<void> {
  const other = await store.client();
  expect(await other.command({ find: 'c', filter: { _id: 'here' } })).toMatchObject({
    ok: 1,
    cursor: { firstBatch: [{ _id: 'here' }] },
  });
  expect(store.faults).toEqual([]);
  other.close();
}

const connectMany = (count: number) => Promise.all(Array.from({ length: count }, () => store.client()));

function announcing(bytes: number, sent: number): Buffer {
  const made = Buffer.alloc(sent);
  made.writeInt32LE(bytes, 0);
  return made;
}

/** Whether the store answers or hangs up: what it may do with anything. */
const settled = (one: RawClient): Promise<unknown> => one.reply().catch(() => null);

describe('connections', () => {
  it('half-open ones that announce 48 MB each cost what they have sent', async () => {
    const open = await connectMany(MANY);
    for (const one of open) one.send(announcing(MAX_MESSAGE, 2_000));
    await stillServes();
    expect(store.held()).toBeLessThanOrEqual(2 * MANY * 2_000);
    for (const one of open) one.close();
  });

  it('a thousand at work at once are all answered', async () => {
    const open = await connectMany(MANY);
    const replies = await Promise.all(
      open.map(async (one, n) => [
        await one.command({ insert: 'many', documents: [{ _id: n }] }),
        await one.command({ find: 'many', filter: { _id: n } }),
      ]),
    );
    for (const [n, [made, found]] of replies.entries()) {
      expect(made).toMatchObject({ ok: 1, n: 1 });
      expect(found).toMatchObject({ cursor: { firstBatch: [{ _id: n }] } });
    }
    expect(await client.command({ count: 'many' })).toMatchObject({ n: MANY });
  });

  it('come and go in storms', async () => {
    for (let storm = 0; storm < 5; storm++) {
      const gone = Array.from({ length: 400 }, (_, i) => {
        const socket = connect(store.path);
        socket.on('error', () => {});
        socket.resume();
        if (i % 3 === 0) socket.destroy();
        if (i % 3 === 1) socket.end(message({ insert: 'storm', documents: [{}] }).subarray(0, i));
        if (i % 3 === 2) socket.once('connect', () => socket.destroy());
        return new Promise<void>((resolve) => socket.once('close', () => resolve()));
      });
      await Promise.all(gone);
      await stillServes();
    }
  });

  it('beyond the limit are closed, those within it are served', async () => {
    const open = await connectMany(MAX_CONNECTIONS - 1);
    const late = await store.client();
    await late.gone;
    expect(await client.command({ ping: 1 })).toMatchObject({ ok: 1 });
    for (const one of open) one.close();
    await Promise.all(open.map(({ gone }) => gone));
    await stillServes();
  });
});

describe('what is held for all connections', () => {
  it('has a limit: the one that moves nothing has to go', async () => {
    await store.close();
    store = await openTestServer({ maxHeld: 4_000_000 });
    client = await store.client();
    await client.command({ insert: 'c', documents: [{ _id: 'here' }] });
    const still = await store.client();
    still.send(announcing(MAX_MESSAGE, 1_500_000));
    await stillServes();
    const large = { insert: 'c', documents: [{ text: 'x'.repeat(1_500_000) }] };
    const replies = [client.command(large), (await store.client()).command(large)];
    await still.gone;
    for (const reply of await Promise.all(replies)) expect(reply).toMatchObject({ ok: 1 });
    await stillServes();
  });

  it('a client that never reads is not answered further', async () => {
    const text = 'x'.repeat(600_000);
    await client.command({ insert: 'large', documents: [{ _id: 1, text }] });
    const deaf = await store.client();
    deaf.socket.pause();
    for (let n = 0; n < 200; n++) deaf.send(message({ find: 'large' }));
    for (let n = 0; n < 50; n++) await client.command({ ping: 1 });
    // What the system buffers comes on top; the store itself holds one reply beyond its limit, and what waits.
    expect(store.held()).toBeLessThan(MAX_UNREAD + 3 * text.length);
    await stillServes();
    deaf.socket.resume();
    for (let n = 0; n < 200; n++) expect(await deaf.reply()).toMatchObject({ ok: 1 });
  });

  it('a store that is closed does not wait for a client that never reads', async () => {
    await client.command({ insert: 'large', documents: [{ _id: 1, text: 'x'.repeat(4_000_000) }] });
    const deaf = await store.client();
    deaf.socket.pause();
    deaf.send(message({ find: 'large' }));
    await stillServes();
    // The rest is `close` in afterEach, which comes back.
  });
});

describe('messages', () => {
  /** An insert of exactly so many bytes. */
  function insertOf(bytes: number): Buffer {
    const fill = (length: number): Uint8Array => BSON.serialize({ text: 'x'.repeat(length) });
    const build = (last: number): Buffer =>
      message({ insert: 'big' }, [sequence('documents', [fill(16_000_000), fill(16_000_000), fill(last)])]);
    const rest = bytes - build(0).length;
    return build(rest);
  }

  it('of 48 MB are taken, of one byte more end the connection', async () => {
    const largest = insertOf(MAX_MESSAGE);
    expect(largest.length).toBe(MAX_MESSAGE);
    client.send(largest);
    expect(await client.reply()).toMatchObject({ ok: 1, n: 3 });
    const tooLarge = await store.client();
    tooLarge.send(insertOf(MAX_MESSAGE + 1));
    await tooLarge.gone;
    await stillServes();
    expect(await client.command({ count: 'big' })).toMatchObject({ n: 3 });
  });

  it('cut at every byte are put together again', async () => {
    const whole = message({ insert: 'cut', documents: [{ a: 1 }] });
    for (let at = 1; at < whole.length; at++) {
      client.send(whole.subarray(0, at));
      await new Promise((resolve) => setImmediate(resolve));
      client.send(whole.subarray(at));
      expect(await client.reply()).toMatchObject({ ok: 1, n: 1 });
    }
    expect(await client.command({ count: 'cut' })).toMatchObject({ n: whole.length - 1 });
  });

  it('broken in any byte are answered, or end their own connection', { timeout: 60_000 }, async () => {
    const whole = message({ insert: 'broken', documents: [{ a: [1, { b: 'x' }], c: new Date(0) }] }, [
      sequence('more', [BSON.serialize({ d: 1 })]),
    ]);
    let one = await store.client();
    for (let at = 0; at < whole.length; at++) {
      for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
        const broken = Buffer.from(whole);
        broken[at] = value;
        one.send(broken);
        // A length that grew waits for bytes that never come; the end of the stream ends that.
        if (at < 4) one.socket.end();
        await settled(one);
        if (!one.socket.destroyed && at >= 4) continue;
        one.close();
        one = await store.client();
      }
      if (at % 20 === 0) await stillServes();
    }
    await stillServes();
  });

  it('of random bytes end their connections', async () => {
    const chance = random(11);
    const clients = await connectMany(200);
    for (const one of clients) {
      const noise = randomBytes(20 + chance.below(3_000));
      if (chance.chance(0.5)) noise.writeInt32LE(noise.length, 0);
      if (chance.chance(0.5)) noise.writeInt32LE(2013, 12);
      one.send(noise);
      one.socket.end();
    }
    await Promise.all(clients.map(({ gone }) => gone));
    await stillServes();
  });

  it.each([0, 1, 2001, 2002, 2005, 2010, 2012, -1])('with the opcode %i end their connection', async (opcode) => {
    const made = message({ ping: 1 });
    made.writeInt32LE(opcode, 12);
    client.send(made);
    await client.gone;
    await stillServes();
  });

  it.each([
    ['a sequence twice', message({ insert: 'c' }, [sequence('documents', []), sequence('documents', [])]), 40431],
    ['a sequence for a field of the body', message({ insert: 'c' }, [sequence('insert', [])]), 40433],
    ['a sequence named __proto__', message({ insert: 'c', documents: [{}] }, [sequence('__proto__', [])]), 40415],
    ['two bodies', message({ ping: 1 }, [Buffer.concat([Buffer.from([0]), BSON.serialize({ ping: 1 })])]), 40430],
    ['a command that is none', message({ constructor: 1 }), 59],
    ['no command', message({}), 59],
  ])('with %s are refused', async (_what, made, code) => {
    client.send(made);
    expect(await client.reply()).toMatchObject({ ok: 0, code });
    await stillServes();
  });

  it('that want no reply get none, whatever they hold', async () => {
    client.send(message({ insert: 'c', documents: [{ _id: 'quiet' }] }, [], 2));
    client.send(message({ insert: 'c', documents: 5 }, [], 2));
    expect(await client.command({ count: 'c' })).toMatchObject({ n: 2 });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../storage/ids.ts';
import { startTestApp, type TestApp } from '../../../testing/app.ts';
import { createTwilioClient } from './client.ts';
import { contentBody } from './content.ts';
import { createTwilioContentStore, type Place } from './content-store.ts';
import { createContents } from './contents.ts';
import { ACCOUNT, fakeTwilio, TOKEN } from './testing/fake-twilio.ts';

let test: TestApp;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());

const DAY = 24 * 60 * 60 * 1000; // ms

function world() {
  const clock = { time: new Date('2026-03-02T09:00:00Z') };
  const organization = newId('org');
  const place = (shape: string): Place => ({ organization, accountSid: ACCOUNT, shape });
  const pass = (milliseconds: number) => {
    clock.time = new Date(clock.time.getTime() + milliseconds);
  };
  return { store: createTwilioContentStore(test.connection, () => clock.time), place, pass, organization, clock };
}

describe('resources by shape', () => {
  it('are claimed by one of many', async () => {
    const { store, place } = world();
    const claims = await Promise.all(Array.from({ length: 20 }, () => store.claim(place('a'))));
    expect(claims.filter(({ is }) => is === 'ours')).toHaveLength(1);
    expect(claims.filter(({ is }) => is === 'making')).toHaveLength(19);
  });

  it('are taken over by one of many after a minute', async () => {
    const { store, place, pass } = world();
    const first = await store.claim(place('a'));
    pass(60_001);
    const claims = await Promise.all(Array.from({ length: 20 }, () => store.claim(place('a'))));
    expect(claims.filter(({ is }) => is === 'ours')).toHaveLength(1);
    // Who comes back from the dead changes nothing
    if (first.is !== 'ours') throw new Error('not ours');
    await store.keep(place('a'), first.since, 'HXlate');
    await store.release(place('a'), first.since);
    expect(await store.claim(place('a'))).toEqual({ is: 'making' });
  });

  it('are kept, and forgotten by their sid only', async () => {
    const { store, place } = world();
    const claim = await store.claim(place('a'));
    if (claim.is !== 'ours') throw new Error('not ours');
    await store.keep(place('a'), claim.since, 'HX1');
    await store.forget(place('a'), 'HX2');
    expect(await store.claim(place('a'))).toEqual({ is: 'ready', sid: 'HX1' });
    await store.forget(place('a'), 'HX1');
    expect(await store.claim(place('a'))).toMatchObject({ is: 'ours' });
  });

  it('are dropped, also at Twilio, when there are more than enough and nobody used one for a month', async () => {
    const { store, place, pass, organization, clock } = world();
    const old = clock.time;
    const rows = Array.from({ length: 1000 }, (_, count) => ({
      _id: `${organization}-${count}`,
      organization,
      accountSid: ACCOUNT,
      shape: `s${count}`,
      state: 'ready',
      sid: `HXold${count}`,
      claimedAt: old,
      usedAt: new Date(old.getTime() + count),
    }));
    await test.connection.collection<(typeof rows)[number]>('twiliocontents').insertMany(rows);
    expect(await store.dropUnused(place('x'))).toBeNull(); // not more than enough

    const twilio = fakeTwilio({ other: () => new Response(null, { status: 204 }) });
    const client = await createTwilioClient({
      apiUrl: 'https://twilio.test',
      fetch: twilio.fetch,
      accountSid: ACCOUNT,
      authToken: TOKEN,
    });
    const contents = createContents(store);
    const make = (lines: number) => {
      const shaped = contentBody({ kind: 'buttons', text: 'x\n'.repeat(lines), buttons: [{ id: 'a', title: 'A' }] });
      if (!shaped) throw new Error('no resource');
      return contents.sidOf(client, place(shaped.shape), shaped);
    };
    await make(1);
    expect(twilio.asked.filter(({ method }) => method === 'DELETE')).toEqual([]); // all were used this month
    pass(31 * DAY);
    expect(await make(2)).toMatchObject({ sid: expect.stringMatching(/^HX/) });
    const dropped = twilio.asked.filter(({ method }) => method === 'DELETE').map(({ url }) => url);
    expect(dropped).toEqual(['https://twilio.test/v1/Content/HXold0']);
  });
});

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Program, startTestApp, type TestApp } from '../testing/app.ts';
import { flowOf, publish } from '../testing/flows.ts';
import { openHome, startEngineWorld } from './testing/world.ts';

let test: TestApp;
let acme: Program;
let channel: string;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  acme = await test.program();
  channel = await newChannel('Phone');
});

const HOUR = 3_600_000; // ms
const PHONE = '+447700900123';
const on = (word: string) => ({ id: word, type: 'trigger.message', config: { match: 'keyword', keywords: [word] } });
const say = (text: string) => ({ type: 'chat.send', config: { text } });
const newChannel = async (name: string): Promise<string> =>
  (await acme.call('POST', '/api/channels', { provider: 'simulator', name })).json().id;

async function write(text: string, through = channel): Promise<string> {
  const { conversationId } = (
    await acme.call('POST', `/api/channels/${through}/inbound`, { from: PHONE, text })
  ).json();
  await test.engine.settle();
  return conversationId;
}
async function later(milliseconds: number): Promise<void> {
  test.clock.time = new Date(test.clock.time.getTime() + milliseconds);
  await test.engine.settle();
}
async function texts(): Promise<string[]> {
  const { items } = (
    await acme.call('GET', `/api/channels/${channel}/outbound?to=${encodeURIComponent(PHONE)}`)
  ).json();
  return items.map((one: { text: string }) => one.text);
}
const consent = async () =>
  (await test.connection.collection('contacts').findOne({ organization: acme.organization }))?.consent;

it('keeps what a flow that START began was told, for that came later', async () => {
  await publish(acme, flowOf(on('start'), [{ type: 'contact.consent', config: { marketing: 'given' } }]));
  await write('hello');
  await write('STOP');
  await write('START');
  expect(await consent()).toMatchObject({ service: true, marketing: true, source: 'flow' });
});

it('lets STOP win over what its own flow writes', async () => {
  const given = { service: 'given', marketing: 'given' };
  await publish(acme, flowOf(on('stop'), [{ type: 'contact.consent', config: given }, say('Goodbye')]));
  await write('stop');
  expect(await texts()).toEqual(['Goodbye']);
  expect(await consent()).toMatchObject({ service: false, marketing: false, source: 'stop-word' });
});

it('ends what waits on another channel: nothing is sent after STOP', async () => {
  const wait = { type: 'time.wait', config: { duration: 'PT1H' } };
  await publish(acme, flowOf(on('hi'), [wait, say('An hour later')]));
  await write('hi');
  await write('STOP', await newChannel('Other phone'));
  await later(2 * HOUR);
  expect(await texts()).toEqual([]);
});

it('hears STOP while people own the conversation, and leaves the answer to them', async () => {
  await publish(acme, flowOf(on('hi'), [{ type: 'chat.ask', config: { text: 'Your name?' } }, say('Thanks')]));
  const conversation = await write('hi');
  await acme.call('POST', `/api/conversations/${conversation}/takeover`, {});
  await write('STOP');
  expect(await consent()).toMatchObject({ service: false });
  await acme.call('POST', `/api/conversations/${conversation}/release`, { to: 'bot' });
  await test.engine.settle();
  await write('Ana');
  expect(await texts()).toEqual(['Your name?']);
});

it('is not given again by a worker that was paused over START while STOP was said', async () => {
  const home = await openHome();
  const flow = flowOf({ id: 'any', type: 'trigger.message', config: { match: 'any' } }, [say('Yes?')]);
  const world = await startEngineWorld(home.connection, { flow, timing: { lease: 20 } });
  try {
    const healthy = world.worker();
    const conversation = await world.write(healthy, '447700900001', 'STOP');
    let wakeUp = () => undefined as unknown;
    const pause = new Promise((resolve) => {
      wakeUp = () => resolve(null);
    });
    let paused = false;
    const sleepy = world.worker({
      store: (own) => ({
        ...own,
        showMessages: async (rows) => {
          paused = true;
          await pause;
          return own.showMessages(rows);
        },
      }),
    });
    await world.hear(sleepy, '447700900001', 'START');
    await world.eventuallyNow('START is committed', () => paused);
    await world.hear(healthy, '447700900001', 'STOP', 'wamid.second');
    const contact = () => world.database.collection('contacts').findOne({});
    await world.eventuallyNow('STOP is done', async () => {
      await healthy.settle();
      const [row] = await world.rows({ _id: 'chn_test:wamid.second', state: 'done' });
      return row !== undefined;
    });
    wakeUp();
    await world.rest();
    expect((await contact())?.consent).toMatchObject({ service: false });
    expect(await world.document(conversation)).toMatchObject({ deeds: [] });
  } finally {
    await world.stop();
    await home.close();
  }
});

it('does not wait for a call to end, and lets the flow say nothing of it', async () => {
  const home = await openHome();
  const look = { type: 'http.request', config: { url: 'https://a.example/' } };
  const flow = flowOf({ id: 'any', type: 'trigger.message', config: { match: 'any' } }, [look, say('Found')]);
  const world = await startEngineWorld(home.connection, { flow });
  try {
    let answer = () => undefined as unknown;
    world.provider.web = () =>
      new Promise((resolve) => {
        answer = () => resolve({ status: 200, headers: {}, text: '', json: {} });
      });
    const engine = world.worker();
    await world.hear(engine, '447700900001', 'look');
    await world.eventuallyNow('a call', () => world.provider.asked.length === 1);
    await world.hear(engine, '447700900001', 'hello?');
    await world.hear(engine, '447700900001', 'STOP');
    await world.eventuallyNow('STOP is answered', () => world.provider.sends.length === 1);
    answer();
    await world.rest();
    expect(world.provider.texts()).toEqual([expect.stringContaining('no more messages')]);
  } finally {
    await world.stop();
    await home.close();
  }
});

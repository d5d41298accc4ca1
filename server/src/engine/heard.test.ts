import { inboundMessage, inboundText } from '@parley/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ElementOf, messageElement, sender, statusElement } from '../channels/whatsapp/inbound.ts';
import { RANKS } from '../storage/messages.ts';
import { type EngineWorld, hangs, openHome, said, startEngineWorld } from './testing/world.ts';

let home: Awaited<ReturnType<typeof openHome>>;
let phone = '';
let phones = 447_906_000_000;
beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());
beforeEach(() => {
  phone = String(phones++);
});

const start = { id: 'start', type: 'trigger.message', config: { match: 'any' } };
const say = { id: 'say', type: 'chat.send', config: { text: 'You said {{message.text}}' } };
const ask = { id: 'ask', type: 'chat.ask', config: { text: 'And?', saveAs: 'answer' } };
const thanks = { id: 'thanks', type: 'chat.send', config: { text: 'Thanks for {{answer}}' } };
const edge = (source: string, target: string) => ({ id: `${source}-${target}`, source, sourceHandle: 'next', target });
const answering = { nodes: [start, say], edges: [edge('start', 'say')] };
const asking = { nodes: [start, ask, thanks], edges: [edge('start', 'ask'), edge('ask', 'thanks')] };
const calling = {
  nodes: [start, { id: 'look', type: 'http.request', config: { url: 'https://a.example/' } }, ask],
  edges: [edge('start', 'look'), edge('look', 'ask')],
};

const at = (seconds: number) => new Date(Date.now() - 60_000 + seconds * 1_000);
const edited = (target: string, text: string, seconds = 1, id = `wamid.edit.${text}`): ElementOf<'edit'> => ({
  kind: 'edit',
  providerId: id,
  target,
  sentAt: at(seconds),
  from: sender({ waId: phone }),
  message: inboundText(text),
  files: [],
  raw: null,
});
const revoked = (target: string, seconds = 2): ElementOf<'revoke'> => ({
  kind: 'revoke',
  providerId: `wamid.revoke.${target}`,
  target,
  sentAt: at(seconds),
  from: sender({ waId: phone }),
  raw: null,
});
const echoed = (text: string, id = `wamid.echo.${text}`): ElementOf<'echo'> => ({
  kind: 'echo',
  providerId: id,
  sentAt: null,
  to: sender({ waId: phone }),
  message: inboundText(text),
  files: [],
  raw: null,
});

/** The web keeps whoever calls it waiting, until it is told to answer. */
function webWaits(world: EngineWorld): () => void {
  let answer = () => {};
  world.provider.web = () =>
    new Promise((resolve) => {
      answer = () => resolve({ status: 200, headers: {}, text: '', json: {} });
    });
  return () => answer();
}

describe('a message that is changed', () => {
  it('shows its new words; the flow has heard the first ones, and so has the log', async () => {
    const world = await startEngineWorld(home.connection, { flow: answering });
    const engine = world.worker();
    const conversation = await world.tell(engine, said(phone, 'six', 'wamid.1'), edited('wamid.1', 'seven'));
    const [shown] = await world.messages(conversation);
    expect(shown).toMatchObject({ text: 'seven', inbound: { text: 'seven' }, editedAt: expect.any(Date) });
    expect(world.provider.texts()).toEqual(['You said six']);
    const [first] = await world.rows({ kind: 'message' });
    expect(first?.payload).toMatchObject({ message: { text: 'six' } });
    await world.stop();
  });

  it('keeps the last words, in whatever order the changes and the message itself come', async () => {
    const elements = [
      said(phone, 'one', 'wamid.1'),
      edited('wamid.1', 'two', 1),
      edited('wamid.1', 'three', 2),
    ] as const;
    for (const order of permutations(elements)) {
      const world = await startEngineWorld(home.connection, { flow: answering });
      const engine = world.worker();
      for (const element of order) await world.tell(engine, element);
      await world.tell(engine, ...order); // a redelivery
      const conversation = (await world.rows({ kind: 'message' }))[0]?.conversation ?? '';
      const inbound = (await world.messages(conversation)).filter(({ direction }) => direction === 'INBOUND');
      expect(inbound.map(({ text }) => text)).toEqual(['three']);
      expect(world.provider.texts()).toEqual(['You said one']);
      await world.stop();
    }
  });

  it('is empty once it is taken back, whatever comes afterwards', async () => {
    const file = { id: null, url: 'https://m.test/a', contentType: 'image/jpeg', filename: null };
    const media = { ...file, caption: 'secret' };
    const picture = messageElement({
      providerId: 'wamid.1',
      sentAt: null,
      from: sender({ waId: phone }),
      message: inboundMessage({ type: 'image', text: 'secret', media }),
      files: [{ ...file, sha256: null, voice: false, animated: false }],
      raw: null,
    });
    for (const order of permutations([picture, revoked('wamid.1', 2), edited('wamid.1', 'late', 3)])) {
      const world = await startEngineWorld(home.connection, { flow: answering });
      const engine = world.worker({ keepFiles: async () => [{ id: 'med_1' }] });
      let conversation = '';
      for (const element of order) conversation = await world.tell(engine, element);
      const [shown, ...others] = (await world.messages(conversation)).filter((one) => one.direction === 'INBOUND');
      expect(others).toEqual([]);
      expect(shown).toMatchObject({ text: null, inbound: null, files: [], revokedAt: expect.any(Date) });
      await world.stop();
    }
  });

  it('is changed also while the message itself waits for a call to end', async () => {
    const world = await startEngineWorld(home.connection, { flow: calling });
    const answer = webWaits(world);
    const engine = world.worker();
    const conversation = await world.hear(engine, phone, 'look');
    await world.eventuallyNow('a call', () => world.provider.asked.length === 1);
    await engine.accept(world.channel, [said(phone, 'wait', 'wamid.2'), edited('wamid.2', 'never mind')]);
    engine.wake(conversation);
    answer();
    await world.rest();
    const texts = (await world.messages(conversation)).map(({ text }) => text);
    expect(texts).toContain('never mind');
    expect(texts).not.toContain('wait');
    await world.stop();
  });

  it.each(['showMessages', 'changeMessages', 'flush'] as const)('survives a %s that fails', async (name) => {
    const world = await startEngineWorld(home.connection, { flow: answering });
    let failures = 1;
    const engine = world.worker({
      store: (own) => ({
        ...own,
        [name]: (...given: never[]) =>
          failures-- > 0 ? Promise.reject(new Error('the store went away')) : own[name](...(given as [never])),
      }),
    });
    const conversation = await world.hear(engine, phone, 'one', 'wamid.1');
    await engine.accept(world.channel, [edited('wamid.1', 'two', 1), edited('wamid.1', 'three', 1)]);
    await world.rest();
    const shown = (await world.messages(conversation)).filter(({ direction }) => direction === 'INBOUND');
    expect(shown.map(({ text }) => text)).toEqual(['three']);
    await world.stop();
  });

  it('cannot be changed by somebody else', async () => {
    const world = await startEngineWorld(home.connection, { flow: answering });
    const engine = world.worker();
    const conversation = await world.tell(engine, said(phone, 'mine', 'wamid.1'));
    const forged = { ...edited('wamid.1', 'theirs'), from: sender({ waId: '447000000001' }) };
    await world.tell(engine, forged);
    expect((await world.messages(conversation))[0]).toMatchObject({ text: 'mine', editedAt: null });
    await world.stop();
  });
});

describe('a message from the business phone', () => {
  it('is changed by nobody who reads it', async () => {
    const world = await startEngineWorld(home.connection, { flow: answering });
    const engine = world.worker();
    const conversation = await world.tell(engine, echoed('It costs 100', 'wamid.echo'));
    await world.tell(engine, edited('wamid.echo', 'It costs 1'), revoked('wamid.echo'));
    expect(await world.messages(conversation)).toMatchObject([
      { text: 'It costs 100', editedAt: null, revokedAt: null },
    ]);
    expect((await world.document(conversation)).lastMessage).toMatchObject({ preview: 'It costs 100' });
    await world.stop();
  });

  it('is shown as sent, follows its statuses, and opens no window', async () => {
    const world = await startEngineWorld(home.connection, { flow: answering });
    const engine = world.worker();
    const conversation = await world.tell(engine, echoed('Hello from the shop'));
    const [shown] = await world.messages(conversation);
    expect(shown).toMatchObject({ direction: 'OUTBOUND', author: { kind: 'phone-app' }, text: 'Hello from the shop' });
    expect(shown).toMatchObject({ rank: RANKS.SENT, providerIds: ['wamid.echo.Hello from the shop'] });
    const providerId = 'wamid.echo.Hello from the shop';
    const read = statusElement({ providerId, reference: null, status: 'READ', at: at(5), raw: null });
    await engine.accept(world.channel, [read]);
    expect((await world.messages(conversation))[0]).toMatchObject({ rank: RANKS.READ });
    const document = await world.document(conversation);
    expect(document).toMatchObject({ lastInboundAt: null, unread: 0, heard: 0, owner: { kind: 'bot' } });
    expect(document.lastMessage).toMatchObject({ preview: 'Hello from the shop', direction: 'OUTBOUND' });
    expect(world.provider.sends).toEqual([]);
    await world.stop();
  });

  it('stops a bot that is talking, once: a redelivery does not take it back from whom it was given to', async () => {
    const world = await startEngineWorld(home.connection, { flow: asking });
    const engine = world.worker();
    const conversation = await world.write(engine, phone, 'hi');
    await world.tell(engine, echoed('I will help you'));
    expect(await world.document(conversation)).toMatchObject({ owner: { kind: 'queue' }, epoch: 1 });
    await world.write(engine, phone, 'great');
    expect(world.provider.texts()).toEqual(['And?']);
    await engine.release(world.channel.organization, conversation, 'bot', null);
    await engine.settle();
    await world.tell(engine, echoed('I will help you'));
    expect(await world.document(conversation)).toMatchObject({ owner: { kind: 'bot' }, epoch: 2 });
    await world.write(engine, phone, 'blue');
    expect(world.provider.texts()).toEqual(['And?', 'And?', 'Thanks for blue']);
    await world.stop();
  });

  it('silences also what the bot had decided in the same moment', async () => {
    const world = await startEngineWorld(home.connection, { flow: asking });
    const engine = world.worker();
    const conversation = await world.tell(engine, said(phone, 'hi', 'wamid.1'), echoed('Hello!'));
    expect(world.provider.sends).toEqual([]);
    const [, question] = await world.messages(conversation);
    expect(question).toMatchObject({ text: 'And?', dropped: true });
    expect(await world.document(conversation)).toMatchObject({ owner: { kind: 'queue' } });
    await world.stop();
  });

  it('is heard at once while a call is under way, and makes its answer void', async () => {
    const world = await startEngineWorld(home.connection, { flow: calling });
    const answer = webWaits(world);
    const engine = world.worker();
    const conversation = await world.hear(engine, phone, 'look');
    await world.eventuallyNow('a call', () => world.provider.asked.length === 1);
    const { conversations } = await engine.accept(world.channel, [echoed('Me again')]);
    for (const one of conversations) engine.wake(one);
    await world.eventuallyNow(
      'the bot pauses',
      async () => (await world.document(conversation)).owner.kind === 'queue',
    );
    answer();
    await world.rest();
    expect(world.provider.sends).toEqual([]);
    await world.stop();
  });

  it('lets the bot go on where the channel says so, or where nobody is in a flow', async () => {
    const world = await startEngineWorld(home.connection, { flow: asking });
    world.channel.settings.phoneApp = 'continue';
    const engine = world.worker();
    const conversation = await world.write(engine, phone, 'hi');
    await world.tell(engine, echoed('By the way'));
    await world.write(engine, phone, 'blue');
    expect(world.provider.texts()).toEqual(['And?', 'Thanks for blue']);
    delete world.channel.settings.phoneApp;
    await world.tell(engine, echoed('Good bye'));
    expect((await world.document(conversation)).owner).toEqual({ kind: 'bot' });
    await world.stop();
  });

  it('is nothing new where we sent it ourselves', async () => {
    const world = await startEngineWorld(home.connection, { flow: asking });
    const engine = world.worker();
    const conversation = await world.write(engine, phone, 'hi');
    const [sent] = world.provider.sends;
    await world.tell(engine, echoed('And?', `wamid.${sent?.reference}`));
    expect(await world.messages(conversation)).toHaveLength(2);
    expect((await world.document(conversation)).owner).toEqual({ kind: 'bot' });
    await world.stop();
  });

  it('voids what waits in the outbox, and names nothing that was never called for', async () => {
    const flow = { nodes: [start, say, ask], edges: [edge('start', 'say'), edge('say', 'ask')] };
    const world = await startEngineWorld(home.connection, { flow, timing: { silenceSecond: 1_000, lookAgain: 5_000 } });
    world.provider.react = (_send, signal) => hangs(signal);
    const engine = world.worker();
    const conversation = await world.write(engine, phone, 'hi');
    await world.tell(engine, echoed('I am here'));
    await world.status(engine, world.provider.sends[0], 'SENT');
    world.clock.ahead += 5_000;
    await world.rest();
    expect(world.provider.texts()).toEqual(['You said hi']);
    expect((await world.messages(conversation)).map(({ dropped }) => dropped)).toEqual([false, false, true, false]);
    await world.stop();
  });
});

it.each([
  'before S1',
  'after S1',
  'before S6',
  'after S6',
  'before S8',
  'after S8',
  'before S7',
  'after S7',
  'before S15',
])('goes through a death of the worker: %s', async (point) => {
  const world = await startEngineWorld(home.connection, { flow: asking });
  const healthy = world.worker();
  const conversation = await world.tell(healthy, said(phone, 'hi', 'wamid.1'));
  let dies = true;
  const dying = world.worker({
    crashpoint: (name) => {
      if (name !== point || !dies) return;
      dies = false;
      throw new Error('killed');
    },
  });
  const news = [edited('wamid.1', 'two', 1), edited('wamid.1', 'three', 1), echoed('Hello')];
  await world.tell(dying, ...news).catch(() => world.tell(dying, ...news)); // no 200: it comes again
  await world.rest();
  expect(dies).toBe(false);
  const shown = (await world.messages(conversation)).map(({ text, author }) => [author.kind, text]);
  expect(shown).toEqual([
    ['contact', 'three'],
    ['bot', 'And?'],
    ['phone-app', 'Hello'],
  ]);
  expect(await world.document(conversation)).toMatchObject({ owner: { kind: 'queue' }, epoch: 1 });
  await world.stop();
});

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

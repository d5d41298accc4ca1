import type { HttpReply } from '@parley/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accepted, openHome, refused, startEngineWorld } from './testing/world.ts';

let home: Awaited<ReturnType<typeof openHome>>;
let phone = '';
let phones = 447_902_000_000;

beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());
beforeEach(() => {
  phone = String(phones++);
});

const start = { id: 'start', type: 'trigger.message', config: { match: 'any' } };
const edge = (source: string, sourceHandle: string, target: string) => ({
  id: `${source}-${sourceHandle}`,
  source,
  sourceHandle,
  target,
});
const say = (id: string, text: string) => ({ id, type: 'chat.send', config: { text } });
const ask = { id: 'ask', type: 'chat.ask', config: { text: 'And?' } };
const talk = {
  nodes: [start, say('one', 'One'), say('two', 'Two'), ask, say('end', 'End')],
  edges: [
    edge('start', 'next', 'one'),
    edge('one', 'next', 'two'),
    edge('two', 'next', 'ask'),
    edge('ask', 'next', 'end'),
  ],
};
const ORGANIZATION = 'org_test';

/** An answer that the test gives when it likes. */
function held<Answer>() {
  let give: (answer: Answer) => void = () => undefined;
  const answer = new Promise<Answer>((resolve) => {
    give = resolve;
  });
  return { answer, give };
}

const found: HttpReply = { status: 200, headers: {}, text: '', json: { state: 'open' } };

describe('a takeover', () => {
  it('names the send under way, and no other leaves; the rest is shown as dropped', async () => {
    const world = await startEngineWorld(home.connection, { flow: talk, timing: { callTimeout: 20_000 } });
    const engine = world.worker();
    const { answer, give } = held<Response>();
    world.provider.react = () => answer;
    const conversation = await world.hear(engine, phone, 'hi');
    await world.eventuallyNow('a send under way', () => world.provider.sends.length === 1);
    const taken = await engine.takeover(ORGANIZATION, conversation, 'usr_ada', false);
    const [open] = world.provider.sends;
    expect(taken).toMatchObject({ kind: 'taken', inFlight: [open?.reference] });
    give(accepted(open as never));
    await world.rest();
    expect(world.provider.texts()).toEqual(['One']);
    const notes = (await world.messages(conversation)).map(({ text, rank, dropped }) => ({ text, rank, dropped }));
    expect(notes.slice(1)).toEqual([
      { text: 'One', rank: 1, dropped: false },
      { text: 'Two', rank: 0, dropped: true },
      { text: 'And?', rank: 0, dropped: true },
    ]);
    await world.write(engine, phone, 'still there?');
    expect(world.provider.texts()).toEqual(['One']);
    await world.stop();
  });

  it('names nothing when nothing is under way, and its repetition is no second one', async () => {
    const world = await startEngineWorld(home.connection, { flow: talk });
    const engine = world.worker();
    const conversation = await world.write(engine, phone, 'hi');
    expect(await engine.takeover(ORGANIZATION, conversation, 'usr_ada', false)).toMatchObject({ inFlight: [] });
    const { epoch } = await world.document(conversation);
    expect(await engine.takeover(ORGANIZATION, conversation, 'usr_ada', false)).toMatchObject({ kind: 'taken' });
    expect(await engine.takeover(ORGANIZATION, conversation, 'usr_bob', false)).toMatchObject({ kind: 'held' });
    expect((await world.document(conversation)).epoch).toBe(epoch);
    await world.stop();
  });

  it('between the step and its commit wins: the step is forgotten, the message reaches the inbox', async () => {
    const world = await startEngineWorld(home.connection, { flow: talk });
    const conversation = await world.write(world.worker(), phone, 'hi');
    const { answer, give } = held<void>();
    const slow = world.worker({
      store: (own) => ({
        ...own,
        commit: async (document, update) => {
          await answer;
          return own.commit(document, update);
        },
      }),
    });
    const turn = world.hear(slow, phone, 'more').then(() => slow.settle());
    await world.eventuallyNow(
      'a worker at it',
      async () => (await world.document(conversation)).lease.at.getTime() > 1,
    );
    await slow.takeover(ORGANIZATION, conversation, 'usr_ada', false);
    give();
    await turn;
    await world.rest();
    expect(world.provider.texts()).toEqual(['One', 'Two', 'And?']);
    expect((await world.messages(conversation)).at(-1)).toMatchObject({ text: 'more', direction: 'INBOUND' });
    expect(await world.document(conversation)).toMatchObject({
      owner: { kind: 'agent' },
      session: { status: 'waiting' },
    });
    await world.stop();
  });

  it('between the look at a send and its permit wins: the send does not leave', async () => {
    const world = await startEngineWorld(home.connection, { flow: talk });
    const taking = { inFlight: ['not asked'] };
    const engine = world.worker({
      store: (own) => ({
        ...own,
        permit: async (document, entry, nonce) => {
          const taken = await engine.takeover(ORGANIZATION, document._id, 'usr_ada', false);
          if (taken.kind === 'taken') taking.inFlight = taken.inFlight;
          return own.permit(document, entry, nonce);
        },
      }),
    });
    await world.write(engine, phone, 'hi');
    await world.rest();
    expect(taking.inFlight).toEqual([]);
    expect(world.provider.texts()).toEqual(['One']); // its permit came with the commit
    await world.stop();
  });

  it('lets the words of a person out, whatever the epoch', async () => {
    const world = await startEngineWorld(home.connection, { flow: talk });
    const engine = world.worker();
    world.provider.react = (send, _signal, count) => (count === 1 ? refused(131_056) : accepted(send));
    const conversation = await world.write(engine, phone, 'hi');
    await engine.takeover(ORGANIZATION, conversation, 'usr_ada', false);
    const author = { kind: 'user' as const, id: 'usr_ada', name: 'Ada' };
    const payload = { kind: 'agent' as const, content: { kind: 'text' as const, text: 'It is Ada' }, author };
    const spoken = { id: `agent.${conversation}`, organization: ORGANIZATION, conversation, payload };
    await engine.store.accept([spoken]);
    await engine.store.accept([spoken]);
    await world.rest();
    expect(world.provider.texts()).toEqual(['One', 'It is Ada']);
    await engine.release(ORGANIZATION, conversation, 'bot', null);
    await world.rest();
    expect(world.provider.texts()).toEqual(['One', 'It is Ada', 'And?']);
    await world.stop();
  });
});

describe('a hand-back', () => {
  it('asks again what was open, and the flow goes on', async () => {
    const world = await startEngineWorld(home.connection, { flow: talk });
    const engine = world.worker();
    const conversation = await world.write(engine, phone, 'hi');
    await engine.takeover(ORGANIZATION, conversation, 'usr_ada', false);
    await world.write(engine, phone, 'to the person');
    await engine.release(ORGANIZATION, conversation, 'bot', null);
    await world.rest();
    expect(world.provider.texts()).toEqual(['One', 'Two', 'And?', 'And?']);
    await world.write(engine, phone, 'yes');
    expect(world.provider.texts().at(-1)).toBe('End');
    const [heard] = await world.rows({ _id: `owner.${conversation}.2` });
    expect(heard).toMatchObject({ state: 'done', step: { stale: false } });
    await world.stop();
  });

  it('is not forgotten by a turn that ends at the same moment', async () => {
    const world = await startEngineWorld(home.connection, { flow: talk });
    const conversation = await world.write(world.worker(), phone, 'hi');
    // Another process: its wake-up does not reach this worker
    const elsewhere = world.worker();
    const handing = { begun: false, done: false };
    const engine = world.worker({
      store: (own) => ({
        ...own,
        release: async (document, wakeAt) => {
          if (!handing.begun) {
            handing.begun = true;
            await elsewhere.stop();
            await elsewhere.takeover(ORGANIZATION, conversation, 'usr_ada', false);
            await elsewhere.release(ORGANIZATION, conversation, 'bot', null);
            handing.done = true;
          }
          return own.release(document, wakeAt);
        },
      }),
    });
    await engine.settle();
    await engine.store.accept([closing(conversation)]);
    engine.wake(conversation);
    // No sweep helps from here on: the turn itself must notice
    await world.eventuallyNow('the hand-back is heard', async () => {
      const { resume, head, next } = await world.document(conversation);
      return handing.done && resume === null && head === next;
    });
    expect(world.provider.texts()).toEqual(['One', 'Two', 'And?', 'And?']);
    await world.stop();
  });

  it('goes on behind a send that was dropped while the flow waited for it', async () => {
    const flow = { ...talk, edges: [...talk.edges, edge('one', 'error', 'end')] };
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    world.provider.react = (send, _signal, count) => (count === 1 ? refused(131_056) : accepted(send));
    const conversation = await world.write(engine, phone, 'hi');
    await engine.takeover(ORGANIZATION, conversation, 'usr_ada', false);
    await world.rest();
    await engine.release(ORGANIZATION, conversation, 'bot', null);
    await world.rest();
    expect(world.provider.texts()).toEqual(['One', 'Two', 'And?']);
    await world.write(engine, phone, 'yes');
    expect(world.provider.texts().at(-1)).toBe('End');
    await world.stop();
  });

  it('into a handoff waits until the words of the person have left', async () => {
    const handoff = { id: 'person', type: 'people.handoff', config: {} };
    const flow = { nodes: [...talk.nodes, handoff], edges: [...talk.edges, edge('end', 'next', 'person')] };
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    const conversation = await world.write(engine, phone, 'hi');
    await engine.takeover(ORGANIZATION, conversation, 'usr_ada', false);
    world.provider.react = (send, _signal, count) => (count === 4 ? refused(131_056) : accepted(send));
    const author = { kind: 'user' as const, id: 'usr_ada', name: 'Ada' };
    const payload = { kind: 'agent' as const, content: { kind: 'text' as const, text: 'It is Ada' }, author };
    await engine.store.accept([{ id: `agent.${conversation}`, organization: ORGANIZATION, conversation, payload }]);
    await engine.settle();
    await engine.release(ORGANIZATION, conversation, 'bot', 'person');
    await engine.settle();
    expect(await world.document(conversation)).toMatchObject({ owner: { kind: 'bot' }, resume: 2 });
    world.clock.ahead += 8_000;
    await world.rest();
    expect(world.provider.texts().at(-1)).toBe('It is Ada');
    expect(await world.document(conversation)).toMatchObject({ owner: { kind: 'queue' }, resume: null });
    await world.stop();
  });
});

describe('a handoff of the flow', () => {
  const handoff = { id: 'person', type: 'people.handoff', config: { team: 'support' } };
  const flow = {
    nodes: [start, say('one', 'One'), ask, say('two', 'Two'), handoff],
    edges: [
      edge('start', 'next', 'one'),
      edge('one', 'next', 'ask'),
      edge('ask', 'next', 'two'),
      edge('two', 'next', 'person'),
    ],
  };

  it('still says the words of its own step, and those that were queued before', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    world.provider.react = (send, _signal, count) => (count === 1 ? refused(131_056) : accepted(send));
    const conversation = await world.write(engine, phone, 'hi');
    await world.write(engine, phone, 'yes');
    expect((await world.document(conversation)).owner).toEqual({ kind: 'bot' }); // earlier words first
    world.clock.ahead += 8_000;
    await world.rest();
    expect(world.provider.texts()).toEqual(['One', 'One', 'And?', 'Two']);
    expect((await world.document(conversation)).owner).toEqual({ kind: 'queue', team: 'support' });
    await world.stop();
  });
});

describe('a call', () => {
  const flow = {
    nodes: [
      start,
      { id: 'look', type: 'http.request', config: { method: 'POST', url: 'https://a.example/', saveAs: 'found' } },
      say('tell', 'It is {{found.body.state}}'),
    ],
    edges: [edge('start', 'next', 'look'), edge('look', 'next', 'tell')],
  };

  it('that answers after a takeover is stale; the hand-back asks again', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    const { answer, give } = held<HttpReply>();
    world.provider.web = () => answer;
    const conversation = await world.hear(engine, phone, 'hi');
    await world.eventuallyNow('a call under way', () => world.provider.asked.length === 1);
    await engine.takeover(ORGANIZATION, conversation, 'usr_ada', false);
    const before = (await world.document(conversation)).session;
    give(found);
    await world.rest();
    const [late] = await world.rows({ kind: 'answer' });
    expect(late).toMatchObject({ state: 'done', step: { stale: true } });
    expect((await world.document(conversation)).session).toEqual(before);
    world.provider.web = async () => found;
    await engine.release(ORGANIZATION, conversation, 'bot', null);
    await world.eventually('the end', () => world.provider.texts().includes('It is open'));
    const keys = world.provider.asked.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(2);
    await world.stop();
  });

  it('is not asked again for ever after the conversation went to a queue', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    const { answer, give } = held<HttpReply>();
    world.provider.web = () => answer;
    const conversation = await world.hear(engine, phone, 'hi');
    await world.eventuallyNow('a call under way', () => world.provider.asked.length === 1);
    await engine.release(ORGANIZATION, conversation, 'queue', null);
    give(found);
    await world.rest();
    expect(await world.document(conversation)).toMatchObject({ calls: [], wakeAt: null });
    await world.stop();
  });

  it('is asked by one worker only, as long as that one may still answer', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const [engine, other] = [world.worker(), world.worker()];
    const { answer, give } = held<HttpReply>();
    world.provider.web = () => answer;
    const conversation = await world.hear(engine, phone, 'hi');
    await world.eventuallyNow('a call under way', () => world.provider.asked.length === 1);
    for (const text of ['a', 'b']) await world.hear(other, phone, text);
    await world.eventuallyNow('both looks', async () => (await world.document(conversation)).lease.token >= 2);
    expect(world.provider.asked).toHaveLength(1);
    give(found);
    world.provider.web = async () => found;
    await world.eventually('three answers', () => world.provider.texts().length === 3);
    expect(world.provider.asked).toHaveLength(3);
    await world.stop();
  });

  it('holds back what is said meanwhile: five messages are five turns in order', async () => {
    const echo = {
      nodes: [flow.nodes[0] as object, flow.nodes[1] as object, say('tell', 'You said {{message.text}}')],
      edges: flow.edges,
    };
    const world = await startEngineWorld(home.connection, { flow: echo });
    const engine = world.worker();
    const { answer, give } = held<HttpReply>();
    world.provider.web = () => answer;
    for (const text of ['1', '2', '3', '4', '5']) await world.hear(engine, phone, text);
    await world.eventuallyNow('a call under way', () => world.provider.asked.length === 1);
    expect(world.provider.sends).toEqual([]);
    give(found);
    await world.eventually('five answers', () => world.provider.sends.length === 5);
    expect(world.provider.texts()).toEqual(['1', '2', '3', '4', '5'].map((text) => `You said ${text}`));
    await world.rest();
    expect(world.provider.asked).toHaveLength(5);
    await world.stop();
  });
});

/** An event that moves nothing in a question. */
const closing = (conversation: string) => ({
  id: `closed.${conversation}`,
  organization: ORGANIZATION,
  conversation,
  payload: { kind: 'closed' as const },
});

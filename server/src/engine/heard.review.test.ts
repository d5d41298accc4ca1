import { inboundMessage, inboundText } from '@parley/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ElementOf, messageElement, sender } from '../channels/whatsapp/inbound.ts';
import { openHome, said, startEngineWorld } from './testing/world.ts';

let home: Awaited<ReturnType<typeof openHome>>;
const phone = '447906000000';
beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());
const start = { id: 'start', type: 'trigger.message', config: { match: 'any' } };
const say = { id: 'say', type: 'chat.send', config: { text: 'You said {{message.text}}' } };
const edge = (source: string, target: string) => ({ id: `${source}-${target}`, source, sourceHandle: 'next', target });
const answering = { nodes: [start, say], edges: [edge('start', 'say')] };

it('E1 a person cannot edit an echo', async () => {
  const world = await startEngineWorld(home.connection, { flow: answering });
  const engine = world.worker();
  const conversation = await world.tell(engine, {
    kind: 'echo', providerId: 'wamid.e', sentAt: null, to: sender({ waId: phone }), message: inboundText('Price: 100'), files: [], raw: null,
  });
  const common = { target: 'wamid.e', sentAt: new Date(), from: sender({ waId: phone }), raw: null };
  await world.tell(engine, { kind: 'edit', providerId: 'wamid.x', message: inboundText('Price: 1'), files: [], ...common });
  const [shown] = await world.messages(conversation);
  const document = await world.document(conversation);
  console.log('E1', shown?.text, shown?.editedAt, document.lastMessage?.preview);
  await world.stop();
});

it('E2 late message opens window', async () => {
  const world = await startEngineWorld(home.connection, { flow: answering });
  const engine = world.worker();
  const old = messageElement({ providerId: 'wamid.o', sentAt: new Date(Date.now() - 2 * 86_400_000), from: sender({ waId: phone }), message: inboundText('hi'), raw: null, speaks: false });
  const conversation = await world.tell(engine, old);
  console.log('E2', (await world.document(conversation)).lastInboundAt);
  await world.stop();
});

it('E3 preference order', async () => {
  const world = await startEngineWorld(home.connection, { flow: answering });
  const engine = world.worker();
  await world.tell(engine, said(phone, 'hi', 'w1'));
  const pref = (marketing: boolean, at: number, key: string): ElementOf<'preference'> => ({ kind: 'preference', key, at: new Date(Date.now() + at), from: sender({ waId: phone }), marketing, raw: null });
  await world.tell(engine, pref(false, -1000, 'k2'));
  await world.tell(engine, pref(true, -60_000, 'k1'));
  console.log('E3 marketing', (await world.contact()).consent);
  await world.stop();
});

it('E4 deep form', async () => {
  for (const depth of [500, 5_000, 30_000]) {
    const world = await startEngineWorld(home.connection, { flow: { nodes: [start, { id: 'say', type: 'chat.ask', config: { text: 'q {{message.data.answers.a}}', saveAs: 'x' } }, { id: 's2', type: 'chat.send', config: { text: 'got {{json x}} {{x}}' } }], edges: [edge('start', 'say'), edge('say', 's2')] } });
    const engine = world.worker();
    const deep = JSON.parse(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    const form = (id: string) => messageElement({ providerId: id, sentAt: null, from: sender({ waId: phone }), message: inboundMessage({ type: 'form', text: 'x', data: { name: null, answers: deep } }), raw: null });
    try {
      await world.tell(engine, said(phone, 'before', 'w0'), form('w1'));
      await world.tell(engine, form('w2'), said(phone, 'after', 'w3'));
      await world.rest();
    } catch (error) { console.log('E4', depth, (error as Error).stack?.split('\n').slice(0, 6)); }
    console.log('E4', depth, world.provider.texts().map((t) => t.slice(0, 40)), (await world.rows()).map((r) => [r._id.slice(-4), r.state, r.attempts, r.kind]));
    await world.stop().catch(() => undefined);
  }
}, 60_000);

it('E5 identity of two channels, late', async () => {
  const world = await startEngineWorld(home.connection, { flow: answering });
  const engine = world.worker();
  await world.tell(engine, said('111111111', 'hi', 'w1'));
  const id = (key: string, a: string, b: string): ElementOf<'identity'> => ({ kind: 'identity', key, at: null, previous: { waId: a, bsuid: null, parentBsuid: null }, current: { waId: b, bsuid: null, parentBsuid: null }, raw: null });
  await world.tell(engine, id('a', '111111111', '222222222'));
  await world.tell(engine, id('b', '222222222', '333333333'));
  await engine.accept({ ...world.channel, id: 'chn_other' }, [id('a2', '111111111', '222222222')]);
  console.log('E5', (await world.contact()).phone, (await world.document((await world.rows({ kind: 'message' }))[0]?.conversation ?? '')).recipient);
  await world.stop();
});

it('E6 link remembered for nobody', async () => {
  const world = await startEngineWorld(home.connection, { flow: answering });
  const engine = world.worker();
  const st = (): ElementOf<'status'> => ({ kind: 'status', providerId: 'zz', reference: null, status: 'SENT', word: 'sent', at: null, error: null, recipient: { waId: phone, bsuid: 'GB.1', parentBsuid: null, groupId: null, participant: null, participantBsuid: null }, pricing: null, conversation: null, raw: null });
  await world.tell(engine, st());
  await world.tell(engine, said(phone, 'hi', 'w1'));
  await world.tell(engine, st());
  console.log('E6', (await world.contact()).identities);
  await world.stop();
});

import { inboundMessage } from '@parley/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ElementOf, messageElement, sender, statusElement } from '../channels/whatsapp/inbound.ts';
import { openHome, said, startEngineWorld } from './testing/world.ts';

let home: Awaited<ReturnType<typeof openHome>>;
beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());

const PHONE = '447907000000';
const MINUTE = 60_000; // ms
const flow = {
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'any' } },
    { id: 'say', type: 'chat.send', config: { text: 'You said {{message.text}}' } },
  ],
  edges: [{ id: 'e', source: 'start', sourceHandle: 'next', target: 'say' }],
};
const ago = (ms: number) => new Date(Date.now() - ms);

async function start() {
  const world = await startEngineWorld(home.connection, { flow });
  return { world, engine: world.worker() };
}

it('a message that comes days later opens no window that has closed since, and closes none', async () => {
  const { world, engine } = await start();
  const message = inboundMessage({ type: 'text', text: 'late' });
  const late = (id: string, sentAt: Date) =>
    messageElement({ providerId: id, sentAt, from: sender({ waId: PHONE }), message, raw: null });
  const written = ago(2 * 24 * 60 * MINUTE);
  const conversation = await world.tell(engine, late('wamid.1', written));
  expect((await world.document(conversation)).lastInboundAt).toEqual(written);
  await world.tell(engine, said(PHONE, 'now', 'wamid.2'));
  const { lastInboundAt: now } = await world.document(conversation);
  expect(now?.getTime()).toBeGreaterThan(written.getTime());
  await world.tell(engine, late('wamid.3', ago(60 * MINUTE)));
  expect((await world.document(conversation)).lastInboundAt).toEqual(now);
  // A clock that is ahead of ours opens none for longer
  await world.tell(engine, late('wamid.4', ago(-600 * MINUTE)));
  expect((await world.document(conversation)).lastInboundAt?.getTime()).toBeLessThan(ago(-MINUTE).getTime());
  await world.stop();
});

it('a preference that comes late overrides none that was set after it', async () => {
  const { world, engine } = await start();
  const preference = (marketing: boolean, at: Date): ElementOf<'preference'> => ({
    kind: 'preference',
    key: `preference.${marketing}.${at.getTime()}`,
    at,
    from: sender({ waId: PHONE }),
    marketing,
    raw: null,
  });
  const marketing = async () => (await world.contact()).consent.marketing;
  await world.tell(engine, said(PHONE, 'hi', 'wamid.1'), preference(true, ago(10 * MINUTE)));
  expect(await marketing()).toBe(true);
  await world.tell(engine, preference(false, ago(2 * MINUTE)));
  await world.tell(engine, preference(true, ago(3 * MINUTE)));
  expect(await marketing()).toBe(false);
  await world.tell(engine, preference(true, ago(MINUTE)));
  expect(await marketing()).toBe(true);
  await world.tell(engine, said(PHONE, 'STOP', 'wamid.2'));
  await world.tell(engine, preference(true, ago(3 * MINUTE)));
  expect(await marketing()).toBe(false);
  await world.stop();
});

it('a change of number that another of our numbers is told of late takes nobody back to the old one', async () => {
  const { world, engine } = await start();
  const moved = (key: string, from: string, to: string): ElementOf<'identity'> => ({
    kind: 'identity',
    key,
    at: null,
    previous: { waId: from, bsuid: null, parentBsuid: null },
    current: { waId: to, bsuid: null, parentBsuid: null },
    raw: null,
  });
  const conversation = await world.tell(engine, said('441110000001', 'hi', 'wamid.1'));
  await world.tell(engine, moved('a', '441110000001', '441110000002'));
  await world.tell(engine, moved('b', '441110000002', '441110000003'));
  await engine.accept({ ...world.channel, id: 'chn_other' }, [moved('a', '441110000001', '441110000002')]);
  expect((await world.contact()).phone).toBe('+441110000003');
  expect((await world.document(conversation)).recipient).toEqual({ kind: 'phone', value: '441110000003' });
  await world.tell(engine, moved('c', '441110000003', '441110000001'));
  expect((await world.document(conversation)).recipient).toEqual({ kind: 'phone', value: '441110000001' });
  await world.stop();
});

it('a status that pairs a phone with an id is learned also when its person came later', async () => {
  const { world, engine } = await start();
  const group = { groupId: null, participant: null, participantBsuid: null };
  const recipient = { waId: PHONE, bsuid: 'GB.1', parentBsuid: null, ...group };
  const given = { providerId: 'wamid.out', reference: null, status: 'SENT' as const, at: null, recipient, raw: null };
  await world.tell(engine, statusElement(given));
  await world.tell(engine, said(PHONE, 'hi', 'wamid.1'));
  await world.tell(engine, statusElement(given));
  expect((await world.contact()).identities).toContainEqual(expect.objectContaining({ kind: 'bsuid', value: 'GB.1' }));
  await world.stop();
});

it.each([100, 30_000])('what nests %d deep is kept, and takes no neighbour with it', async (depth) => {
  const { world, engine } = await start();
  const answers = { a: JSON.parse('['.repeat(depth) + ']'.repeat(depth)) };
  const message = inboundMessage({ type: 'form', text: 'Sent', data: { answers } });
  const deep = messageElement({
    providerId: 'wamid.deep',
    sentAt: null,
    from: sender({ waId: PHONE }),
    message,
    raw: { answers },
  });
  await world.tell(engine, said(PHONE, 'one', 'wamid.1'), deep, said(PHONE, 'two', 'wamid.2'));
  expect(world.provider.texts()).toEqual(['You said one', 'You said two']);
  const [kept] = await world.rows({ kind: 'other' });
  expect(kept?.payload).toMatchObject({ problem: expect.stringContaining('nests'), raw: JSON.stringify({ answers }) });
  await world.stop();
});

it('what is too long ever to be shown is kept, and holds nobody up', async () => {
  const { world, engine } = await start();
  await world.tell(engine, said(PHONE, '\uFFFD'.repeat(2_900_000), 'wamid.long'), said(PHONE, 'two', 'wamid.2'));
  expect(world.provider.texts()).toEqual(['You said two']);
  const [kept] = await world.rows({ kind: 'other' });
  expect(kept?.payload).toMatchObject({ problem: expect.stringContaining('longer than') });
  await world.stop();
});

it('a name that the store would change is found again', async () => {
  const { world, engine } = await start();
  const half = (id: string) =>
    messageElement({
      providerId: id,
      sentAt: null,
      from: sender({ waId: '\ud800', bsuid: id === 'wamid.1' ? 'GB.\udfff' : null }),
      message: inboundMessage({ type: 'text', text: id }),
      raw: null,
    });
  const conversation = await world.tell(engine, half('wamid.1'));
  expect(await world.tell(engine, half('wamid.2'))).toBe(conversation);
  await world.stop();
});

it('a status that names a message of the person moves nothing, and is kept', async () => {
  const { world, engine } = await start();
  const conversation = await world.tell(engine, said(PHONE, 'hi', 'wamid.1'));
  const [heard] = await world.messages(conversation);
  const error = { code: '131026', reason: 'No.' };
  const given = { status: 'FAILED' as const, at: null, error, raw: null };
  for (const reference of [heard?._id ?? null, null])
    await world.tell(engine, statusElement({ ...given, providerId: 'wamid.1', reference }));
  expect((await world.messages(conversation))[0]).toEqual(heard);
  expect(await world.rows({ kind: 'status', state: 'raw' })).toHaveLength(2);
  await world.stop();
});

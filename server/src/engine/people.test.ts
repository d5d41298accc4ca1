import { inboundText } from '@parley/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type ElementOf,
  type InboundElement,
  messageElement,
  otherElement,
  type Sender,
  sender,
  statusElement,
} from '../channels/whatsapp/inbound.ts';
import { presentMessage } from '../features/conversations/shapes.ts';
import { openHome, refused, said, startEngineWorld } from './testing/world.ts';

let home: Awaited<ReturnType<typeof openHome>>;
let phone = '';
let phones = 447_907_000_000;
beforeAll(async () => {
  home = await openHome();
});
afterAll(() => home.close());
beforeEach(() => {
  phone = String(phones++);
});

const start = { id: 'start', type: 'trigger.message', config: { match: 'any' } };
const say = { id: 'say', type: 'chat.send', config: { text: 'You said {{message.text}}' } };
const flow = { nodes: [start, say], edges: [{ id: 'e', source: 'start', sourceHandle: 'next', target: 'say' }] };
const BSUID = 'GB.1234567890';

const from = (who: Partial<Sender>, text: string, more: Partial<ElementOf<'message'>> = {}) =>
  messageElement({
    providerId: `wamid.${text}`,
    sentAt: null,
    from: sender(who),
    message: inboundText(text),
    raw: null,
    ...more,
  });
const nobody = { waId: null, bsuid: null, parentBsuid: null };
const renamed = (previous: Partial<Sender>, current: Partial<Sender>, key = 'rename'): ElementOf<'identity'> => ({
  kind: 'identity',
  key,
  at: null,
  previous: { ...nobody, ...previous },
  current: { ...nobody, ...current },
  raw: { key },
});
const prefers = (marketing: boolean, key: string): ElementOf<'preference'> => ({
  kind: 'preference',
  key,
  at: null,
  from: sender({ waId: phone }),
  marketing,
  raw: null,
});
const failed = (reference: string, code: string): InboundElement =>
  statusElement({
    providerId: `wamid.${reference}`,
    reference,
    status: 'FAILED',
    at: new Date(),
    error: { code, reason: 'No.' },
    raw: null,
  });

describe('who a person is', () => {
  it('is one contact under all names that appear together, and is answered where they last wrote from', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    const first = await world.tell(engine, from({ bsuid: BSUID, username: 'ana' }, 'one'));
    expect((await world.document(first)).recipient).toEqual({ kind: 'bsuid', value: BSUID });
    const second = await world.tell(engine, from({ bsuid: BSUID, waId: phone, parentBsuid: 'GB.ENT.1' }, 'two'));
    const third = await world.tell(engine, from({ waId: phone, username: 'ana.2' }, 'three'));
    expect([second, third]).toEqual([first, first]);
    expect((await world.document(first)).recipient).toEqual({ kind: 'phone', value: phone });
    expect(await world.contact()).toMatchObject({ phone: `+${phone}`, username: 'ana.2' });
    expect((await world.contact()).identities.map(({ kind }) => kind)).toEqual(['bsuid', 'wa_id', 'parent_bsuid']);
    await world.stop();
  });

  it('is learned from a status that names two ids', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    const conversation = await world.tell(engine, from({ waId: phone }, 'one'));
    const [sent] = world.provider.sends;
    const reference = sent?.reference ?? '';
    const status = failed(reference, '131026') as ElementOf<'status'>;
    const recipient = { ...status.recipient, waId: phone, bsuid: BSUID };
    await engine.accept(world.channel, [{ ...status, status: 'DELIVERED', error: null, recipient }]);
    expect(await world.tell(engine, from({ bsuid: BSUID }, 'two'))).toBe(conversation);
    await world.stop();
  });

  it('moves to a new number: the conversation goes on, and both numbers find it', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    const next = String(phones++);
    const conversation = await world.tell(engine, from({ waId: phone }, 'one'));
    const news = { ...renamed({ waId: phone }, { waId: next }), notice: 'Ana changed her number' };
    await world.tell(engine, news);
    expect(await world.contact()).toMatchObject({ phone: `+${next}` });
    expect((await world.document(conversation)).recipient).toEqual({ kind: 'phone', value: next });
    expect(await world.tell(engine, from({ waId: next }, 'two'))).toBe(conversation);
    expect(await world.tell(engine, from({ waId: phone }, 'three'))).toBe(conversation);
    expect(world.provider.sends.map(({ to }) => to)).toEqual([phone, next, next]);
    const shown = await world.messages(conversation);
    expect(shown.filter(({ text }) => text === 'Ana changed her number')).toHaveLength(1);
    await world.stop();
  });

  it('may go back to a number, and an old redelivery does not undo that', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    const next = String(phones++);
    const conversation = await world.tell(engine, from({ waId: phone }, 'one'));
    const there = renamed({ waId: phone }, { waId: next }, 'there');
    await world.tell(engine, there, renamed({ waId: next }, { waId: phone }, 'back'));
    await world.tell(engine, there);
    expect(await world.contact()).toMatchObject({ phone: `+${phone}` });
    expect((await world.contact()).identities.at(-1)?.value).toBe(phone);
    expect((await world.document(conversation)).recipient.value).toBe(phone);
    await world.stop();
  });

  it('is never merged with another contact: that is kept for a person to look at', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    const next = String(phones++);
    const one = await world.tell(engine, from({ waId: phone }, 'one'));
    const two = await world.tell(engine, from({ waId: next }, 'two'));
    await world.tell(engine, renamed({ waId: phone }, { waId: next }));
    await world.tell(engine, renamed({ waId: '447000000009' }, { waId: '447000000008' }, 'stranger'));
    await world.tell(engine, renamed({}, { waId: '447000000008' }, 'nameless'));
    expect(await world.contact()).toMatchObject({ phone: `+${phone}` });
    expect(await world.tell(engine, from({ waId: phone }, 'three'))).toBe(one);
    expect(await world.tell(engine, from({ waId: next }, 'four'))).toBe(two);
    const kept = await world.rows({ state: 'raw' });
    const problems = kept.map(({ payload }) => (payload as { problem: string | null }).problem);
    expect(problems).toEqual([
      expect.stringContaining('belongs to another contact'),
      expect.stringContaining('Nobody here'),
      expect.stringContaining('names no former'),
    ]);
    // A message with the names of both goes to who has the id of the person
    const linked = await world.tell(engine, from({ waId: next, bsuid: BSUID }, 'five'));
    expect(await world.tell(engine, from({ waId: phone, bsuid: BSUID }, 'six'))).toBe(linked);
    expect(await world.tell(engine, from({ waId: phone }, 'seven'))).toBe(one);
    await world.stop();
  });
});

describe('what a person agrees to', () => {
  it('is what they tell WhatsApp about marketing, the last word of it', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    await world.tell(engine, prefers(true, 'resume'));
    expect((await world.contact()).consent).toMatchObject({ service: true, marketing: true, source: 'whatsapp' });
    await world.tell(engine, prefers(false, 'stop'));
    await world.tell(engine, prefers(true, 'resume')); // a redelivery
    expect((await world.contact()).consent).toMatchObject({ service: true, marketing: false, source: 'whatsapp' });
    expect(await world.rows({ state: 'raw' })).toHaveLength(2);
    await world.stop();
  });

  it('is heard also where the provider has answered STOP itself, and nobody answers twice', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    await world.tell(engine, from({ waId: phone }, 'ARRET', { optOut: 'stop' }));
    expect((await world.contact()).consent).toMatchObject({ service: false, marketing: false });
    await world.tell(engine, from({ waId: phone }, 'hello?'));
    await world.tell(engine, from({ waId: phone }, 'UNSTOP', { optOut: 'start' }));
    expect((await world.contact()).consent).toMatchObject({ service: true, marketing: false });
    await world.tell(engine, from({ waId: phone }, 'HELP', { optOut: 'help' }));
    expect(world.provider.sends).toEqual([]);
    await world.tell(engine, from({ waId: phone }, 'hi'));
    expect(world.provider.texts()).toEqual(['You said hi']);
    await world.stop();
  });

  it('shows in what the provider refuses: no more marketing', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    await world.tell(engine, prefers(true, 'resume'), from({ waId: phone }, 'hi'));
    const reference = world.provider.sends[0]?.reference ?? '';
    await world.tell(engine, failed(reference, '131050'));
    expect((await world.contact()).consent).toMatchObject({ service: true, marketing: false, source: 'whatsapp' });
    await world.tell(engine, prefers(true, 'again'));
    await world.tell(engine, failed(reference, '131050')); // told again: nothing new
    expect((await world.contact()).consent).toMatchObject({ marketing: true });
    await world.stop();
  });

  it.each(['at once', 'by a status'])('is nothing any more where Twilio says 21610 %s', async (way) => {
    const world = await startEngineWorld(home.connection, { flow });
    Object.assign(world.channel, { provider: 'twilio', accountSid: 'AC0', address: '+14155238886' });
    const twilio = async () => ({ kind: 'accepted', providerId: 'SM1' }) as const;
    const refusal = { kind: 'refused', code: '21610', reason: 'STOP was said.' } as const;
    const engine = world.worker({ gateways: { twilio: way === 'at once' ? async () => refusal : twilio } });
    const conversation = await world.tell(engine, from({ waId: phone }, 'hi'));
    const sent = (await world.messages(conversation))[1];
    if (way === 'by a status') await world.tell(engine, failed(sent?._id ?? '', '21610'));
    expect((await world.contact()).consent).toMatchObject({ service: false, marketing: false, source: 'whatsapp' });
    await world.stop();
  });

  it('does not change for what is only a limit of the provider', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    await world.tell(engine, prefers(true, 'resume'), from({ waId: phone }, 'hi'));
    await world.tell(engine, failed(world.provider.sends[0]?.reference ?? '', '131049'));
    expect(await world.contact()).toMatchObject({ consent: { marketing: true }, whatsappBlocked: false });
    await world.stop();
  });
});

it('knows who blocked the business, until they write again', async () => {
  const world = await startEngineWorld(home.connection, { flow });
  Object.assign(world.channel, { provider: 'twilio' });
  const engine = world.worker({ gateways: { twilio: async () => ({ kind: 'accepted', providerId: 'SM1' }) } });
  const conversation = await world.tell(engine, from({ waId: phone }, 'hi'));
  const sent = (await world.messages(conversation))[1]?._id ?? '';
  await world.tell(engine, failed(sent, '63033'));
  expect(await world.contact()).toMatchObject({ whatsappBlocked: true, consent: { service: true } });
  await world.tell(engine, from({ waId: phone }, 'sorry'));
  expect(await world.contact()).toMatchObject({ whatsappBlocked: false });
  await world.tell(engine, failed(sent, '63033'));
  expect(await world.contact()).toMatchObject({ whatsappBlocked: false });
  await world.stop();
});

describe('what a message tells besides its words', () => {
  it('is kept with it: forwarded, its price, why it failed and what to do', async () => {
    const world = await startEngineWorld(home.connection, { flow });
    const engine = world.worker();
    world.provider.react = () => refused(131_026);
    const error = { code: '131052', reason: 'The file could not be fetched.' };
    const conversation = await world.tell(engine, from({ waId: phone }, 'hi', { forwarded: true, error }));
    const [got, sent] = (await world.messages(conversation)).map(presentMessage);
    expect(got).toMatchObject({ forwarded: true, error: { ...error, remedy: expect.stringMatching(/\w/) } });
    expect(sent).toMatchObject({ status: 'FAILED', error: { code: '131026', remedy: expect.stringMatching(/\w/) } });
    const pricing = { billable: true, model: 'PMP', type: 'regular', category: 'utility' };
    const status = failed(sent?.id ?? '', '0') as ElementOf<'status'>;
    await engine.accept(world.channel, [{ ...status, status: 'DELIVERED', error: null, pricing }]);
    const [, delivered] = (await world.messages(conversation)).map(presentMessage);
    expect(delivered).toMatchObject({ status: 'DELIVERED', error: null, pricing });
    await world.stop();
  });

  it('has its files noted before anything is answered, under ids that a flow can send on', async () => {
    const link = { id: 'say', type: 'chat.send', config: { text: 'Got {{message.media.id}} {{message.media.url}}' } };
    const world = await startEngineWorld(home.connection, { flow: { ...flow, nodes: [start, link] } });
    const asked: object[] = [];
    const kept = { id: 'med_1', url: 'https://bots.test/media/med_1/x' };
    let away = true;
    const engine = world.worker({
      keepFiles: async ({ message, files }) => {
        if (away) throw new Error('the store is away');
        asked.push({ message, files: files.length });
        return [kept];
      },
    });
    const file = { id: '99', url: null, contentType: 'image/jpeg', filename: 'a.jpg' };
    const files = [{ ...file, sha256: null, voice: false, animated: false }];
    const media = { ...file, caption: null };
    const picture = from({ waId: phone }, 'pic', { files, message: { ...inboundText('pic'), type: 'image', media } });
    await expect(engine.accept(world.channel, [picture])).rejects.toThrow('the store is away');
    expect(await world.rows({ kind: 'message' })).toEqual([]);
    away = false;
    const conversation = await world.tell(engine, picture);
    await world.tell(engine, picture);
    const [shown] = (await world.messages(conversation)).map(presentMessage);
    expect(shown?.attachments).toEqual([
      { id: 'med_1', url: '/api/media/med_1', contentType: 'image/jpeg', filename: 'a.jpg', size: null },
    ]);
    expect(asked).toEqual([
      { message: shown?.id, files: 1 },
      { message: shown?.id, files: 1 },
    ]);
    expect(world.provider.texts()).toEqual([`Got ${kept.id} ${kept.url}`]);
    await world.stop();
  });
});

it('passes on what belongs to no conversation, after it is kept, and is not hurt by who hears it', async () => {
  const world = await startEngineWorld(home.connection, { flow });
  const heard: string[] = [];
  const news = otherElement({ field: 'message_template_status_update', key: 'news', problem: null, raw: { a: 1 } });
  const engine = world.worker({
    hearNews: async (_channel, elements) => {
      expect(await world.rows({ state: 'raw' })).toHaveLength(1);
      heard.push(...elements.map(({ key }) => key));
      throw new Error('nobody is at home');
    },
  });
  await world.tell(engine, news, said(phone, 'hi', 'wamid.hi'));
  expect(heard).toEqual(['news']);
  expect(world.provider.texts()).toEqual(['You said hi']);
  await world.stop();
});

import { describe, expect, it } from 'vitest';
import { RequestError } from '../api/request.ts';
import { type ChatId, type Control, control, type PhoneMessage, wordsOf } from './control.ts';
import { createPhone } from './create-phone.ts';
import { nearMomentOf, windowUntil } from './moments.ts';
import { words } from './words.ts';

const ANA = { phone: '+447700900001', number: '1' };
const BEN = { phone: '+447700900002', number: '1' };

const says = (id: string, from: PhoneMessage['from'] = 'business', at = '2026-03-02T09:00:00.000Z') =>
  ({ id, from, at, kind: 'text', text: id }) as PhoneMessage;

/** A simulator with two chats, whose answers wait until they are let go. */
function fakeControl() {
  const chats = new Map([
    [ANA.phone, { messages: [says('for Ana')], unread: 1 }],
    [BEN.phone, { messages: [says('for Ben')], unread: 0 }],
  ]);
  const calls: string[] = [];
  const held: (() => void)[] = [];
  const fake = { isHolding: false, isDown: false };
  const turn = () => (fake.isHolding ? new Promise<void>((resolve) => held.push(resolve)) : Promise.resolve());
  const answers: Partial<Control> = {
    readState: async () => {
      if (fake.isDown) throw new RequestError({ detail: 'The server cannot be reached.' }, 0);
      const phones = [...chats].map(([phone, { unread }]) => ({
        phone,
        name: phone,
        username: null,
        chats: [{ number: '1', unread, last: null }],
      }));
      return { numbers: [], phones, clock: { now: '2026-03-02T09:00:00.000Z' } };
    },
    readChat: async ({ phone }: ChatId) => {
      calls.push(`read ${phone}`);
      const found = chats.get(phone);
      await turn();
      if (!found) throw new RequestError({ error: 'There is no phone.' }, 404);
      return { messages: found.messages, typing: false };
    },
    markRead: async ({ phone }: ChatId) => {
      calls.push(`mark ${phone}`);
      const found = chats.get(phone);
      if (found) found.unread = 0;
    },
    act: async () => {
      throw new RequestError({ error: '/media is needed for the type image' }, 422);
    },
  };
  return { control: { ...control, ...answers }, fake, calls, chats, letGo: () => held.splice(0).map((go) => go()) };
}

const start = (isSeen = true) => {
  const world = fakeControl();
  const phone = createPhone(world.control, () => isSeen);
  return { ...world, phone, view: () => phone.store.getSnapshot().context };
};

describe('the phones', () => {
  it('show the open chat and read what is new in it', async () => {
    const { phone, view, calls } = start();
    await phone.open(ANA);
    expect(view().messages).toEqual([says('for Ana')]);
    expect(calls).toEqual([`read ${ANA.phone}`, `mark ${ANA.phone}`]);
    await phone.refresh();
    expect(calls.filter((call) => call.startsWith('mark'))).toHaveLength(1);
  });

  it('read nothing while nobody looks at the page', async () => {
    const { phone, calls } = start(false);
    await phone.open(ANA);
    expect(calls).toEqual([`read ${ANA.phone}`]);
  });

  it('never show one chat’s messages in another', async () => {
    const { phone, view, fake, letGo } = start();
    fake.isHolding = true;
    const opening = phone.open(ANA);
    const next = phone.open(BEN);
    fake.isHolding = false;
    letGo();
    await Promise.all([opening, next]);
    expect([view().chat, view().messages]).toEqual([BEN, [says('for Ben')]]);
  });

  it('keep what they showed while the simulator is away, say so, and go on', async () => {
    const { phone, view, fake } = start();
    await phone.open(ANA);
    fake.isDown = true;
    await phone.refresh();
    expect([view().offline, view().messages]).toEqual([words.noAnswer, [says('for Ana')]]);
    fake.isDown = false;
    await phone.refresh();
    expect(view().offline).toBeNull();
  });

  it('stand a chat that is gone', async () => {
    const { phone, view, chats } = start();
    await phone.open(ANA);
    chats.clear();
    await phone.refresh();
    expect([view().messages, view().offline]).toEqual([null, null]);
  });

  it('hand on what the simulator refuses, in its words', async () => {
    const { phone } = start();
    await phone.open(ANA);
    const refusal = await phone.act({ type: 'image' }).catch(wordsOf);
    expect(refusal).toBe('/media is needed for the type image');
  });
});

describe('the window of 24 hours', () => {
  const said = [says('a', 'customer', '2026-03-02T09:00:00.000Z'), says('b', 'business', '2026-03-02T20:00:00.000Z')];
  it.each([
    ['is open after the customer wrote', said, '2026-03-03T08:59:59.999Z', '2026-03-03T09:00:00.000Z'],
    ['ends on the second', said, '2026-03-03T09:00:00.000Z', null],
    ['never opened without a word of the customer', said.slice(1), '2026-03-02T21:00:00.000Z', null],
  ])('%s', (_, messages, now, until) => expect(windowUntil(messages, now)).toBe(until));

  it('is told with its day', () => expect(nearMomentOf('2026-03-03T09:00:00.000Z')).toMatch(/\D{2,}.*\d/));
});

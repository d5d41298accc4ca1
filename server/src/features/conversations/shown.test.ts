import { inboundMessage, inboundText } from '@parley/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type InboundElement, messageElement, sender } from '../../channels/whatsapp/inbound.ts';
import type { Channel } from '../../storage/channel.ts';
import { createContactStore } from '../../storage/contacts.ts';
import { newId } from '../../storage/ids.ts';
import { type Program, startTestApp, type TestApp } from '../../testing/app.ts';
import { createChannelStore } from '../channels/store.ts';

let test: TestApp;
let acme: Program;
let channel: Channel;
beforeAll(async () => {
  test = await startTestApp();
  acme = await test.program();
  const { id } = (await acme.call('POST', '/api/channels', { provider: 'simulator', name: 'Phone' })).json();
  const found = await createChannelStore(test.connection, test.keyring, () => test.clock.time).find(
    acme.organization,
    id,
  );
  if (!found) throw new Error('there is no channel');
  channel = found;
});
afterAll(() => test.close());

const ana = sender({ waId: '447700900123', name: 'Ana' });

async function tell(...elements: InboundElement[]): Promise<string> {
  const { conversations } = await test.engine.accept(channel, elements);
  for (const conversation of conversations) test.engine.wake(conversation);
  await test.engine.settle();
  return conversations[0] ?? '';
}
const shown = async (conversation: string) =>
  (await acme.call('GET', `/api/conversations/${conversation}/messages`)).json().items;

it('shows a file of a message from the first moment, and what it is by now', async () => {
  const file = { id: null, url: 'https://files.test/a', contentType: 'image/jpeg', filename: 'a.jpg' };
  const message = inboundMessage({ type: 'image', media: { ...file, caption: null } });
  const files = [{ ...file, sha256: null, voice: false, animated: false }];
  const conversation = await tell(
    messageElement({ providerId: 'wamid.1', sentAt: null, from: ana, message, files, raw: null }),
  );
  const [{ attachments }] = await shown(conversation);
  const [{ id }] = attachments;
  expect(attachments).toMatchObject([{ url: `/api/media/${id}`, filename: 'a.jpg', size: null, state: 'pending' }]);
  await test.connection
    .collection<{ _id: string }>('media')
    .updateOne({ _id: id }, { $set: { state: 'refused', reason: 'It is too large.' } });
  const [{ attachments: now }] = await shown(conversation);
  expect(now).toMatchObject([{ id, state: 'refused', reason: 'It is too large.' }]);
});

it('shows when a message was changed, and nothing of one that was taken back', async () => {
  const said = messageElement({
    providerId: 'wamid.2',
    sentAt: null,
    from: ana,
    message: inboundText('secret'),
    raw: null,
  });
  const at = new Date('2026-03-02T09:00:01.000Z');
  const about = { target: 'wamid.2', sentAt: at, from: ana, raw: null } as const;
  const message = inboundText('less secret');
  const conversation = await tell(said, { kind: 'edit', providerId: 'wamid.3', message, files: [], ...about });
  expect((await shown(conversation)).at(-1)).toMatchObject({ text: 'less secret', editedAt: at.toISOString() });
  await tell({ kind: 'revoke', providerId: 'wamid.4', ...about });
  expect((await shown(conversation)).at(-1)).toMatchObject({ text: null, data: null, revokedAt: at.toISOString() });
  expect(JSON.stringify(await shown(conversation))).not.toContain('secret');
  const [listed] = (await acme.call('GET', '/api/conversations')).json().items;
  expect(listed.lastMessage.preview).toBe('');
});

it('says why a person cannot be written to', async () => {
  const [listed] = (await acme.call('GET', '/api/conversations')).json().items;
  expect(listed.eligible).toEqual({ ok: true, reason: null });
  const contacts = createContactStore(test.connection, newId, () => test.clock.time);
  await contacts.block(acme.organization, listed.contact.id, 'failed.msg_1');
  const one = (await acme.call('GET', `/api/conversations/${listed.id}`)).json();
  expect(one.eligible).toEqual({ ok: false, reason: 'contact_blocked' });
});

it('takes and shows what a message from the phone does to a bot', async () => {
  const path = `/api/channels/${channel.id}`;
  const changed = await acme.call('PATCH', path, { settings: { phoneApp: 'continue' } });
  expect([changed.statusCode, changed.json().settings.phoneApp]).toEqual([200, 'continue']);
  expect((await acme.call('PATCH', path, { settings: { phoneApp: 'shout' } })).statusCode).toBe(422);
});

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as samples from '../../media/testing/samples.ts';
import { newId } from '../../storage/ids.ts';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { signatureOf } from '../../testing/meta.ts';
import { createChannelStore } from '../channels/store.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** A picture's whole way: told by a webhook, fetched from Meta, shown beside its message, sent on to somebody else. */
it('a picture that a customer sent is fetched, shown, and can be sent on', async () => {
  const acme = await app.program();
  const channels = createChannelStore(app.connection, app.keyring, () => app.clock.time);
  const id = newId('chn');
  const secrets = { accessToken: 'meta-token', appSecret: 'app-secret', verifyToken: 'verify' };
  const none = { address: null, accountSid: null, messagingServiceSid: null };
  const number = { phoneNumberId: '106', businessAccountId: '102', ...none, secrets };
  const channel = await channels.create({
    id,
    organization: acme.organization,
    provider: 'meta',
    name: 'Shop',
    ...number,
  });
  const picture = await samples.jpeg(400, 300);
  app.provider.graph = async (url, init) => {
    if (init?.method === 'POST') return Response.json({ id: '4711' });
    if (url.host === 'graph.test') return Response.json({ url: 'https://lookaside.fbsbx.com/1' });
    return new Response(new Uint8Array(picture));
  };

  const sha256 = createHash('sha256').update(picture).digest('base64');
  const image = { id: '1013', mime_type: 'image/jpeg', sha256, caption: 'My shoes' };
  const messages = [{ from: '447700900001', id: 'wamid.1', timestamp: '1772442000', type: 'image', image }];
  const value = { messaging_product: 'whatsapp', metadata: { phone_number_id: '106' }, contacts: [], messages };
  const payload = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '102', changes: [{ field: 'messages', value }] }],
  });
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(payload, 'app-secret') };
  const told = () => app.app.inject({ method: 'POST', url: '/webhook/meta/whatsapp', payload, headers });
  expect((await told()).statusCode).toBe(200);
  expect((await told()).statusCode).toBe(200);
  await app.engine.settle();
  await app.media.settle();

  const [conversation] = (await acme.call('GET', '/api/conversations')).json().items;
  const { items } = (await acme.call('GET', `/api/conversations/${conversation.id}/messages`)).json();
  const [{ attachments }] = items;
  expect(items).toHaveLength(1);
  expect(attachments).toMatchObject([
    { contentType: 'image/jpeg', size: picture.length, url: `/api/media/${attachments[0].id}` },
  ]);
  const shown = await acme.call('GET', attachments[0].url);
  expect(shown.rawPayload.equals(picture)).toBe(true);

  const opened = await channels.withSecrets(acme.organization, channel.id);
  if (!opened) throw new Error('no channel');
  const content = { kind: 'image', mediaId: attachments[0].id } as const;
  const made = await app.media.prepare(opened, content, { language: 'en', signal: AbortSignal.timeout(5_000) });
  expect(made).toEqual({ kind: 'ready', content: { kind: 'image', mediaId: '4711' } });
});

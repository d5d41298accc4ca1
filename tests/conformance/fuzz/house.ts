import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { isObject } from '@parley/runtime';
import { readForm } from '@parley/server/src/channels/whatsapp/twilio/form.ts';
import { createChannelStore } from '@parley/server/src/features/channels/store.ts';
import { newId } from '@parley/server/src/storage/ids.ts';
import { PUBLIC_URL, type TestApp } from '@parley/server/src/testing/app.ts';
import { APP_SECRET, BUSINESS_ACCOUNT_ID, PHONE_NUMBER_ID, signatureOf } from '@parley/server/src/testing/meta.ts';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';

export const ACCOUNT_SID = `AC${'0'.repeat(32)}`;
export const TWILIO_NUMBER = '+14155238886';
const AUTH_TOKEN = 'a token of the fuzz';

/** Where Fastify tells of what a handler threw: the log of a test is silent. */
const HANDLER_FAILED = 'tracing:fastify.request.handler:error';

export type FuzzHouse = Awaited<ReturnType<typeof openFuzzHouse>>;

/** One organization with a number at each provider, and a look into all that it has stored. */
export async function openFuzzHouse(test: TestApp) {
  const { organization } = await test.program();
  const store = createChannelStore(test.connection, test.keyring, () => test.clock.time);
  const none = { phoneNumberId: null, businessAccountId: null, accountSid: null, messagingServiceSid: null };
  const base = { ...none, organization, address: null };
  await store.create({
    ...base,
    id: newId('chn'),
    provider: 'meta',
    name: 'Meta',
    phoneNumberId: PHONE_NUMBER_ID,
    businessAccountId: BUSINESS_ACCOUNT_ID,
    secrets: { accessToken: 'token', appSecret: APP_SECRET, verifyToken: 'verify' },
  });
  await store.create({
    ...base,
    id: newId('chn'),
    provider: 'twilio',
    name: 'Twilio',
    address: TWILIO_NUMBER,
    accountSid: ACCOUNT_SID,
    secrets: { authToken: AUTH_TOKEN },
  });

  const failures: string[] = [];
  const onError = (message: unknown) => {
    const error = isObject(message) ? message.error : message;
    failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  subscribe(HANDLER_FAILED, onError);
  const post = async (url: string, payload: string, headers: Record<string, string>): Promise<number> => {
    const answer = await test.app.inject({ method: 'POST', url, payload, headers });
    return answer.statusCode;
  };
  const { db } = test.connection;
  if (!db) throw new Error('the store is closed');

  return {
    /** What the handlers threw since it was last asked. */
    takeFailures: () => failures.splice(0),

    close: () => unsubscribe(HANDLER_FAILED, onError),

    /** The status of the answer to a body of Meta's, signed as it is. */
    postMeta: (body: string) =>
      post('/webhook/meta/whatsapp', body, {
        'content-type': 'application/json',
        'x-hub-signature-256': signatureOf(Buffer.from(body)),
      }),

    /** The same for Twilio, signed by what the form says. */
    postTwilio: (path: string, body: string) =>
      post(path, body, {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': getExpectedTwilioSignature(AUTH_TOKEN, PUBLIC_URL + path, { ...readForm(body) }),
      }),

    /** Everything that the webhook log would show, as one text; the log is emptied after. */
    async takeLog(): Promise<string> {
      await test.engine.settle();
      const events = db.collection('events');
      const rows = await events.find({ organization }).toArray();
      for (const name of ['events', 'messages', 'conversations', 'contacts', 'timers'])
        await db.collection(name).deleteMany({ organization });
      return rows.map((row) => `${row._id}\n${row.payload}`).join('\n');
    },
  };
}

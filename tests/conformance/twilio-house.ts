import { paramOf, readForm } from '@parley/server/src/channels/whatsapp/twilio/form.ts';
import { createChannelStore } from '@parley/server/src/features/channels/store.ts';
import { newId } from '@parley/server/src/storage/ids.ts';
import { PUBLIC_URL, type TestApp } from '@parley/server/src/testing/app.ts';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';

const AUTH_TOKEN = 'a token of the collection';
const NUMBER = '+14155238886';
const ACCOUNT_SID = `AC${'0'.repeat(32)}`;

/**
 * An organization with the channel that this form is for, and the form posted to it. Samples are redacted until they name
 * no number or account; those are put in, for without them there is nobody to hear.
 */
export async function openTwilioHouse(test: TestApp, sample: string) {
  const { organization } = await test.program();
  const store = createChannelStore(test.connection, test.keyring, () => test.clock.time);
  const form = readForm(sample);
  const word = paramOf(form, 'MessageStatus') ?? paramOf(form, 'SmsStatus') ?? 'received';
  const [path, own] = word === 'received' ? ['/webhook/twilio/whatsapp', 'To'] : ['/webhook/twilio/status', 'From'];
  const params = new URLSearchParams(sample);
  const digits = /^(?:whatsapp:)?\+?(\d{1,20})$/.exec(paramOf(form, own) ?? '')?.[1];
  const accountSid = paramOf(form, 'AccountSid') ?? ACCOUNT_SID;
  if (digits === undefined) params.set(own, `whatsapp:${NUMBER}`);
  params.set('AccountSid', accountSid);
  const channel = await store.create({
    id: newId('chn'),
    organization,
    provider: 'twilio',
    name: 'Twilio',
    address: digits === undefined ? NUMBER : `+${digits}`,
    phoneNumberId: null,
    businessAccountId: null,
    accountSid,
    messagingServiceSid: null,
    secrets: { authToken: AUTH_TOKEN },
  });
  const body = params.toString();
  const signature = getExpectedTwilioSignature(AUTH_TOKEN, PUBLIC_URL + path, { ...readForm(body) });

  return {
    /** The status of the answer; `changed` posts one parameter more than was signed. */
    async post({ changed = false } = {}): Promise<number> {
      const answer = await test.app.inject({
        method: 'POST',
        url: path,
        payload: changed ? `${body}&Body2=x` : body,
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
      });
      await test.engine.settle();
      return answer.statusCode;
    },

    /** Every row of the log as a text. */
    async rows(): Promise<string[]> {
      const rows = await test.connection.collection('events').find({ organization }).toArray();
      return rows.map((row) => `${row._id} ${row.payload}`).sort();
    },

    close: () => store.remove(organization, channel.id),
  };
}

import { createHmac } from 'node:crypto';

export const APP_SECRET = 'app-secret-of-the-tests';
export const PHONE_NUMBER_ID = '106540352242922';
export const BUSINESS_ACCOUNT_ID = '102290129340398';

export const signatureOf = (body: string | Buffer, secret = APP_SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

interface Written {
  id?: string;
  from?: string;
  text?: string;
  name?: string;
  [part: string]: unknown;
}

let count = 0;

/** One element of `messages[]`, as Meta sends it. */
export function metaMessage({ id = `wamid.in.${++count}`, from = '447911123456', text, name: _, ...rest }: Written) {
  const content = text === undefined ? rest : { type: 'text', text: { body: text }, ...rest };
  return { from, id, timestamp: '1772442000', ...content };
}

/** The body of a webhook with these elements. */
export function metaWebhookBody(
  value: { messages?: object[]; statuses?: object[]; name?: string },
  phoneNumberId = PHONE_NUMBER_ID,
): string {
  const { messages, statuses, name = 'Zoë Ünal' } = value;
  const waIds = (messages ?? []).map((message) => (message as { from: string }).from);
  const contacts = [...new Set(waIds)].map((waId) => ({ profile: { name }, wa_id: waId }));
  const metadata = { display_phone_number: '15550783881', phone_number_id: phoneNumberId };
  const change = {
    field: 'messages',
    value: { messaging_product: 'whatsapp', metadata, contacts, messages, statuses },
  };
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: BUSINESS_ACCOUNT_ID, changes: [change] }],
  });
}

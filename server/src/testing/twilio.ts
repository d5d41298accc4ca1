import { createHmac } from 'node:crypto';

export const AUTH_TOKEN = 'auth-token-of-the-tests';

/** As Twilio documents it, apart from its package: HMAC-SHA1 over the address and the sorted parameters. */
export function twilioSignature(address: string, params: Record<string, string> = {}, token = AUTH_TOKEN): string {
  const names = Object.keys(params).sort();
  const text = address + names.map((name) => name + params[name]).join('');
  return createHmac('sha1', token).update(text).digest('base64');
}

let count = 0;
const sidOf = (prefix: string): string => prefix + (++count).toString(16).padStart(32, '0');

/** A number of Twilio that nothing else uses, as somebody connects it. */
export const twilioNumber = (change: Record<string, unknown> = {}) => ({
  provider: 'twilio',
  name: 'Twilio',
  accountSid: sidOf('AC'),
  authToken: AUTH_TOKEN,
  from: `+1415${String(++count).padStart(7, '0')}`,
  ...change,
});

/** The parameters of a text, as Twilio posts them. */
export const twilioText = (number: { accountSid: string; from: string }, change: Record<string, string> = {}) => ({
  MessageSid: sidOf('SM'),
  From: 'whatsapp:+447911123456',
  To: `whatsapp:${number.from}`,
  WaId: '447911123456',
  ProfileName: 'Zoë Ünal',
  MessageType: 'text',
  Body: 'hi',
  NumMedia: '0',
  AccountSid: number.accountSid,
  ...change,
});

/** A bot that says every text again. */
export const ECHO = {
  format: 'parley.flow/1',
  name: 'Echo',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'any' } },
    { id: 'echo', type: 'chat.send', config: { text: 'Echo: {{message.text}}' } },
  ],
  edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'echo' }],
};

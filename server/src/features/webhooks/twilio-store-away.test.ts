import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { noCrash } from '../../engine/crashpoint.ts';
import { problems } from '../../plugins/problems.ts';
import type { TwilioChannel } from '../../storage/channel.ts';
import { AUTH_TOKEN, twilioNumber, twilioSignature, twilioText } from '../../testing/twilio.ts';
import { twilioWebhook } from './twilio.ts';

const NOW = new Date('2026-03-02T09:00:00Z');
const number = twilioNumber();
const channel: TwilioChannel = {
  id: 'chn_1',
  organization: 'org_1',
  provider: 'twilio',
  name: 'Twilio',
  enabled: true,
  address: number.from,
  phoneNumberId: null,
  businessAccountId: null,
  accountSid: number.accountSid,
  messagingServiceSid: null,
  settings: { silenceSeconds: 60, unanswered: 'retry' },
  check: { state: 'unknown', at: null, problems: [] },
  heardFromAt: null,
  createdAt: NOW,
  updatedAt: NOW,
  secrets: { authToken: AUTH_TOKEN },
};

it('answers 503 while nothing can be stored, and wakes nobody', async () => {
  const woken: string[] = [];
  const heard: string[] = [];
  let isAway = true;
  const app = fastify();
  await app.register(problems);
  await app.register(twilioWebhook, {
    prefix: '/webhook/twilio',
    channels: {
      byTwilioNumber: async () => channel,
      enabledTwilio: async () => [channel],
      heardFrom: async (id) => void heard.push(id),
      refusedFrom: async () => {},
    },
    channelOfMessage: async () => null,
    accept: async () => {
      if (isAway) throw Object.assign(new Error('no server'), { name: 'MongoServerSelectionError' });
      return { conversations: ['cnv_1'], messages: [] };
    },
    wake: (conversation) => void woken.push(conversation),
    publicUrl: 'https://bots.example.com/',
    now: () => NOW,
    crashpoint: noCrash,
  });
  const params = twilioText(number);
  const url = '/webhook/twilio/whatsapp';
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'x-twilio-signature': twilioSignature(`https://bots.example.com${url}`, params),
  };
  const post = () => app.inject({ method: 'POST', url, headers, payload: new URLSearchParams(params).toString() });
  expect((await post()).statusCode).toBe(503);
  expect([woken, heard]).toEqual([[], []]);
  isAway = false;
  expect((await post()).statusCode).toBe(200);
  expect([woken, heard]).toEqual([['cnv_1'], ['chn_1']]);
  await app.close();
});

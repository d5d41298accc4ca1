import { FLOW_FORMAT, parseFlow } from '@parley/runtime';
import type { HttpRequest, HttpResponse } from '../../../plugins/http.ts';
import type { MetaChannel, TwilioChannel } from '../../../storage/channel.ts';
import { askMeta } from '../ask-meta.ts';
import { askTwilio } from '../ask-twilio.ts';
import type { Facts, MetaFacts, OwnFacts, TwilioFacts } from './facts.ts';

export const NOW = new Date('2026-03-02T09:00:00.000Z');
export const PUBLIC_URL = 'https://bots.example.com';
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);

/** What a provider answers, by the path that is asked for; everything else gets 404. */
export type Answers = Record<string, object | HttpResponse>;

const refusal = (code: number, message: string): HttpResponse => ({
  status: 400,
  text: JSON.stringify({ error: { code, message } }),
});
export const metaRefuses = refusal;
export const twilioRefuses = (code: number, message: string): HttpResponse => ({
  status: 401,
  text: JSON.stringify({ code, message, status: 401 }),
});

const common = {
  id: 'chn_1',
  organization: 'org_1',
  name: 'Support',
  enabled: true,
  settings: { silenceSeconds: 60, unanswered: 'retry' },
  check: { state: 'unknown', at: null, problems: [] },
  heardFromAt: ago(60),
  createdAt: ago(90_000),
  updatedAt: ago(90_000),
} as const;

export const metaChannel: MetaChannel = {
  ...common,
  check: { state: 'unknown', at: null, problems: [] },
  provider: 'meta',
  address: '+14155550100',
  phoneNumberId: '1001',
  businessAccountId: '2001',
  accountSid: null,
  messagingServiceSid: null,
  secrets: { accessToken: 'EAAG-secret-token', appSecret: 'app-secret-0123', verifyToken: 'verify' },
};
export const twilioChannel: TwilioChannel = {
  ...common,
  check: { state: 'unknown', at: null, problems: [] },
  provider: 'twilio',
  address: '+14155550100',
  phoneNumberId: null,
  businessAccountId: null,
  accountSid: `AC${'1'.repeat(32)}`,
  messagingServiceSid: null,
  secrets: { authToken: 'twilio-secret-token' },
};

const callback = `${PUBLIC_URL}/webhook/meta/whatsapp`;
const fields = ['messages', 'message_template_status_update', 'account_update', 'phone_number_quality_update'];
export const subscription = (change: object = {}) => ({
  data: [{ object: 'whatsapp_business_account', callback_url: callback, active: true, fields, ...change }],
});

/** A number of Meta at which nothing is wrong. */
export const HEALTHY_META: Answers = {
  '/v24.0/1001': {
    display_phone_number: '+1 415-555-0100',
    quality_rating: 'GREEN',
    health_status: { can_send_message: 'AVAILABLE' },
  },
  '/v24.0/2001/phone_numbers': { data: [{ id: '1001' }] },
  '/v24.0/2001/subscribed_apps': { data: [{ whatsapp_business_api_data: { id: '77' } }] },
  '/v24.0/debug_token': {
    data: {
      app_id: '77',
      is_valid: true,
      expires_at: 0,
      scopes: ['whatsapp_business_management', 'whatsapp_business_messaging'],
    },
  },
  '/v24.0/77/subscriptions': subscription(),
};

const account = `/2010-04-01/Accounts/${twilioChannel.accountSid}`;
export const TWILIO_ACCOUNT = `${account}.json`;
export const TWILIO_SENDERS = '/v2/Channels/Senders';
export const twilioSender = (change: object = {}) => ({
  senders: [
    {
      sid: `XE${'1'.repeat(32)}`,
      status: 'ONLINE',
      sender_id: 'whatsapp:+14155550100',
      webhook: {
        callback_url: `${PUBLIC_URL}/webhook/twilio/whatsapp`,
        status_callback_url: `${PUBLIC_URL}/webhook/twilio/status`,
      },
      properties: { quality_rating: 'HIGH' },
      ...change,
    },
  ],
});
export const HEALTHY_TWILIO: Answers = {
  [TWILIO_ACCOUNT]: { sid: twilioChannel.accountSid, status: 'active' },
  [`${account}/IncomingPhoneNumbers.json`]: { incoming_phone_numbers: [] },
  [TWILIO_SENDERS]: twilioSender(),
};

const answering =
  (answers: Answers) =>
  async (request: HttpRequest): Promise<HttpResponse> => {
    const answer = answers[new URL(request.url).pathname] ?? refusal(100, 'Unknown path');
    return 'text' in answer && 'status' in answer
      ? (answer as HttpResponse)
      : { status: 200, text: JSON.stringify(answer) };
  };

const START = { id: 'start', type: 'trigger.message', config: { match: 'any' } };
const SAY = { id: 'say', type: 'chat.send', config: { text: 'Hello' } };

/** Our own store after a good day: a flow answers, a template is approved, and nothing failed. */
export const goodDay = (): OwnFacts => ({
  log: [],
  flows: [flow([START, SAY])],
  faults: [],
  traffic: {
    heard: 10,
    sent: 10,
    failed: [],
    answerSeconds: [1, 2, 3],
    last: { at: ago(3_600), answered: true, ownedByPeople: false },
    lastSent: { at: ago(3_590), failed: false },
  },
  media: [],
  storage: { ok: true, problem: null },
  templates: [template('offer', 'APPROVED')],
});

/** A live flow of these nodes, one after the other. */
export function flow(
  nodes: { id: string; type: string; config: object }[],
  channels: string[] = [],
): NonNullable<OwnFacts['flows']>[number] {
  const { flow: document } = parseFlow({
    format: FLOW_FORMAT,
    name: 'Orders',
    settings: { language: 'en', channels },
    nodes,
    edges: nodes.slice(1).map(({ id }, index) => ({
      id: `e${index}`,
      source: nodes[index]?.id,
      sourceHandle: 'next',
      target: id,
    })),
  });
  if (!document) throw new Error('the flow of the test cannot be read');
  return { id: 'flw_1', name: 'Orders', version: 1, createdAt: ago(9_000), document };
}

export const template = (name: string, status: string): NonNullable<OwnFacts['templates']>[number] => ({
  id: 'tpl_1',
  organization: 'org_1',
  channel: 'chn_1',
  providerId: '9',
  name,
  language: 'en',
  category: 'UTILITY',
  status,
  quality: null,
  reason: null,
  syncedAt: NOW,
  createdAt: NOW,
});

interface Change {
  answers?: Answers;
  own?: Partial<OwnFacts>;
  facts?: Partial<Facts>;
}

export async function metaFacts({ answers = {}, own = {}, facts = {} }: Change = {}): Promise<Facts> {
  const http = answering({ ...HEALTHY_META, ...answers });
  const asked = askMeta({ http, graphUrl: 'https://graph.test', timeout: 1_000 }, metaChannel);
  const meta: MetaFacts = {
    number: await asked.number,
    health: await asked.health,
    inAccount: await asked.inAccount,
    subscribedApps: await asked.subscribedApps,
    token: await asked.token,
    subscription: await asked.subscription,
  };
  return { ...rest(own), channel: metaChannel, meta, twilio: null, ...facts };
}

export async function twilioFacts({ answers = {}, own = {}, facts = {} }: Change = {}): Promise<Facts> {
  const http = answering({ ...HEALTHY_TWILIO, ...answers });
  const asked = askTwilio({ http, twilioApiUrl: 'https://twilio.test', timeout: 1_000 }, twilioChannel);
  const twilio: TwilioFacts = {
    account: await asked.account,
    incoming: await asked.incoming,
    sender: await asked.sender,
  };
  return { ...rest(own), channel: twilioChannel, meta: null, twilio, ...facts };
}

const rest = (own: Partial<OwnFacts>) => ({
  evidence: { refused: null, news: {} },
  now: NOW,
  publicUrl: PUBLIC_URL,
  isRehearsal: false,
  sync: { ok: true as const, value: { count: 1 } },
  own: { ...goodDay(), ...own },
});

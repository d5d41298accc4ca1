import type { TwilioChannel } from '../../../../storage/channel.ts';

export const ACCOUNT = `AC${'a'.repeat(32)}`;
export const TOKEN = 'token-that-nobody-may-see';

export interface Asked {
  method: string;
  url: string;
  headers: Headers;
  /** Of a form; a field that came more than once is a list. */
  form: Record<string, string | string[]>;
  json: unknown;
  init: RequestInit;
}

export type Answer = (asked: Asked, count: number) => Response | Promise<Response>;

/** Twilio as a fetch: each path is answered by what the test gives for it, else as Twilio does when all is well. */
export function fakeTwilio(answers: { message?: Answer; content?: Answer; other?: Answer } = {}) {
  const asked: Asked[] = [];
  const to = (part: string) => asked.filter(({ method, url }) => method === 'POST' && url.includes(part));
  const twilio = {
    asked,
    answers,
    messages: (): Record<string, string | string[]>[] => to('/Messages.json').map(({ form }) => form),
    contents: (): Asked[] => to('/v1/Content'),
    fetch: (async (url: string, init: RequestInit) => {
      const one = read(url, init);
      asked.push(one);
      if (one.method === 'POST' && url.includes('/Messages.json'))
        return (twilio.answers.message ?? queued)(one, twilio.messages().length);
      if (one.method === 'POST' && url.includes('/v1/Content'))
        return (twilio.answers.content ?? made)(one, twilio.contents().length);
      return (twilio.answers.other ?? notFound)(one, asked.length);
    }) as typeof fetch,
  };
  return twilio;
}

export const sidOf = (prefix: string, count: number): string => `${prefix}${String(count).padStart(32, '0')}`;

/** Fields as in Twilio's OpenAPI example of a created message. */
const queued: Answer = ({ form }, count) =>
  Response.json(
    {
      account_sid: ACCOUNT,
      api_version: '2010-04-01',
      body: form.Body ?? '',
      date_created: 'Thu, 24 Aug 2023 05:01:45 +0000',
      date_sent: null,
      date_updated: 'Thu, 24 Aug 2023 05:01:45 +0000',
      direction: 'outbound-api',
      error_code: null,
      error_message: null,
      from: form.From ?? null,
      num_media: '0',
      num_segments: '1',
      price: null,
      price_unit: null,
      messaging_service_sid: form.MessagingServiceSid ?? null,
      sid: sidOf('SM', count),
      status: 'queued',
      subresource_uris: {},
      to: form.To,
      uri: `/2010-04-01/Accounts/${ACCOUNT}/Messages/${sidOf('SM', count)}.json`,
    },
    { status: 201 },
  );

const made: Answer = ({ json }, count) =>
  Response.json({ ...(json as object), sid: sidOf('HX', count), account_sid: ACCOUNT }, { status: 201 });

export const notFound: Answer = ({ url }) =>
  Response.json(
    {
      code: 20404,
      message: `The requested resource ${new URL(url).pathname} was not found`,
      more_info: 'https://www.twilio.com/docs/errors/20404',
      status: 404,
    },
    { status: 404 },
  );

/** Twilio's refusal by a code of its. */
export const refusal =
  (code: number, status = 400, message = 'Words of Twilio'): Answer =>
  () =>
    Response.json({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, { status });

export const channelOf = (more: Partial<TwilioChannel> = {}): TwilioChannel => ({
  id: 'chn_1',
  organization: 'org_1',
  provider: 'twilio',
  name: 'Support',
  enabled: true,
  address: '+14155238886',
  phoneNumberId: null,
  businessAccountId: null,
  accountSid: ACCOUNT,
  messagingServiceSid: null,
  settings: { silenceSeconds: 60, unanswered: 'retry' },
  check: { state: 'ok', at: null, problems: [] },
  heardFromAt: null,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  secrets: { authToken: TOKEN },
  ...more,
});

function read(url: string, init: RequestInit): Asked {
  const headers = new Headers(init.headers);
  const body = typeof init.body === 'string' ? init.body : '';
  const isJson = headers.get('content-type') === 'application/json';
  const form: Record<string, string | string[]> = {};
  if (!isJson)
    for (const [name, value] of new URLSearchParams(body)) {
      const known = form[name];
      form[name] = known === undefined ? value : [known, value].flat();
    }
  return { method: init.method ?? 'GET', url, headers, form, json: isJson ? JSON.parse(body) : null, init };
}

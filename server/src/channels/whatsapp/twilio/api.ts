import { isObject } from '@parley/runtime';
import type { Http, HttpRequest } from '../../../plugins/http.ts';
import type { TwilioChannel } from '../../../storage/channel.ts';
import { type Answer, ask, askPages } from '../errors/ask.ts';
import type { Listed, ToldTemplate } from '../meta/templates.ts';
import { isOurs } from './content.ts';

interface TwilioOptions {
  http: Http;
  /** Where Twilio answers: every one of its hosts, where it is not Twilio's own. */
  twilioApiUrl: string;
  /** Milliseconds for each answer. */
  timeout: number;
}

const OWN = 'https://api.twilio.com';
const MAX_PAGES = 70; // as many templates as Meta's largest account has
const PAGE = 100;

type Host = 'api' | 'messaging' | 'content';
export type TwilioApi = ReturnType<typeof createTwilioApi>;

/** What the checks read of Twilio's account. What goes wrong comes back as a failure in words; nothing is thrown. */
export function createTwilioApi(
  { http, twilioApiUrl, timeout }: TwilioOptions,
  { accountSid, authToken }: { accountSid: string; authToken: string },
) {
  const basic = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
  const asker = { http, provider: 'twilio' as const, secrets: { 'auth token': authToken, credentials: basic } };
  const baseOf = (host: Host) => (twilioApiUrl === OWN ? `https://${host}.twilio.com` : twilioApiUrl);
  const get = (host: Host, path: string): HttpRequest => ({
    method: 'GET',
    url: `${baseOf(host)}${path}`,
    headers: { authorization: `Basic ${basic}` },
    timeout,
  });
  const account = `/2010-04-01/Accounts/${accountSid}`;

  /** The rows of all pages. Only the path of the next page is followed: its host is the one that was asked. */
  async function rows(host: Host, path: string, field: string): Promise<Answer<{ rows: unknown[]; whole: boolean }>> {
    const next = ({ meta }: Record<string, unknown>) => {
      const url = isObject(meta) ? meta.next_page_url : null;
      if (typeof url !== 'string' || !URL.canParse(url)) return null;
      const { pathname, search } = new URL(url);
      return get(host, `${pathname}${search}`);
    };
    const answer = await askPages(asker, get(host, path), { maxPages: MAX_PAGES, next });
    if (!answer.ok) return answer;
    const { pages, whole } = answer.value;
    const found = pages.flatMap((page) => (Array.isArray(page[field]) ? page[field] : []));
    return { ok: true, value: { rows: found, whole } };
  }

  return {
    account: () => ask(asker, get('api', `${account}.json`)),
    number: (address: string) =>
      ask(asker, get('api', `${account}/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(address)}`)),
    senders: () => rows('messaging', `/v2/Channels/Senders?Channel=whatsapp&PageSize=${PAGE}`, 'senders'),

    /** Source: Twilio, `GET /v1/ContentAndApprovals`. */
    async templates(): Promise<Answer<Listed>> {
      const answer = await rows('content', `/v1/ContentAndApprovals?PageSize=${PAGE}`, 'contents');
      if (!answer.ok) return answer;
      const { rows: found, whole } = answer.value;
      return { ok: true, value: { templates: found.flatMap(templateOf), whole } };
    },
  };
}

function templateOf(row: unknown): ToldTemplate[] {
  if (!isObject(row) || typeof row.sid !== 'string' || typeof row.friendly_name !== 'string') return [];
  if (isOurs(row.friendly_name)) return [];
  const approval = isObject(row.approval_requests) ? row.approval_requests : {};
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  return [
    {
      providerId: row.sid,
      // What WhatsApp calls it, once it has been handed in; what its author calls it until then
      name: text(approval.name) ?? row.friendly_name,
      language: text(row.language) ?? 'en',
      category: text(approval.category)?.toUpperCase() ?? null,
      status: (text(approval.status) ?? 'unsubmitted').toUpperCase(),
      quality: null,
      reason: text(approval.rejection_reason),
      components: isObject(row.types)
        ? Object.entries(row.types).map(([type, body]) => ({ type, ...(isObject(body) && body) }))
        : [],
    },
  ];
}

/** With the channel's own token; null where it has none that can be opened. */
export const twilioOf = (options: TwilioOptions, { accountSid, secrets }: TwilioChannel): TwilioApi | null =>
  accountSid === null || secrets === null
    ? null
    : createTwilioApi(options, { accountSid, authToken: secrets.authToken });

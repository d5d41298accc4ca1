import { isObject } from '@parley/runtime';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { type Answer, ownFailure } from '../../channels/whatsapp/errors/ask.ts';
import { createGraph, graphOf } from '../../channels/whatsapp/meta/graph.ts';
import { textOf } from '../../channels/whatsapp/meta/read.ts';
import type { Http } from '../../plugins/http.ts';
import type { MetaChannel } from '../../storage/channel.ts';
import type { MetaFacts } from './diagnostics/facts.ts';

interface Options {
  http: Http;
  graphUrl: string;
  /** Milliseconds for each answer. */
  timeout: number;
}

const NOTHING: MetaFacts = {
  number: null,
  health: null,
  inAccount: null,
  subscribedApps: null,
  token: null,
  subscription: null,
};
const MAX_PAGES = 5; // of a hundred numbers or apps each
type Facts = { [Name in keyof MetaFacts]: Promise<MetaFacts[Name]> };

/** Asks Meta everything that the check wants to know, all at once; each answer comes by itself. */
export function askMeta(options: Options, channel: MetaChannel): Facts {
  const graph = graphOf(options, channel);
  const { phoneNumberId, businessAccountId, secrets } = channel;
  if (!graph || !secrets || phoneNumberId === null) return promised(NOTHING);
  const number = `/${encodeURIComponent(phoneNumberId)}`;
  const account = businessAccountId === null ? null : `/${encodeURIComponent(businessAccountId)}`;

  const token = readAs(graph.get('/debug_token', { input_token: secrets.accessToken }), tokenOf);
  const health = readAs(graph.get(number, { fields: 'quality_rating,health_status' }), healthOf);
  const inAccount =
    account !== null &&
    readAs(graph.rows(`${account}/phone_numbers`, { fields: 'id', limit: '100' }, MAX_PAGES), ({ rows, whole }) => {
      const found = rows.some((row) => isObject(row) && textOf(row.id) === phoneNumberId);
      return found || (whole && rows.length > 0) ? found : undefined;
    });
  const subscribedApps =
    account !== null &&
    readAs(graph.get(`${account}/subscribed_apps`), ({ data }) =>
      Array.isArray(data)
        ? data.filter(isObject).map(({ whatsapp_business_api_data: app, override_callback_uri: override }) => ({
            id: isObject(app) ? textOf(app.id) : null,
            override: textOf(override),
          }))
        : undefined,
    );
  return {
    token,
    health,
    inAccount: inAccount || none(),
    subscribedApps: subscribedApps || none(),
    subscription: token.then((told) => {
      const appId = told.ok ? told.value.appId : null;
      return appId === null ? null : askSubscription(options, appId, secrets.appSecret);
    }),
    number: readAs(graph.get(number, { fields: 'display_phone_number,verified_name' }), (body) => {
      const display = textOf(body.display_phone_number);
      return display === null ? undefined : { address: toE164(display) };
    }),
  };
}

const none = async () => null;
const promised = (facts: MetaFacts): Facts => ({
  number: Promise.resolve(facts.number),
  health: Promise.resolve(facts.health),
  inAccount: Promise.resolve(facts.inAccount),
  subscribedApps: Promise.resolve(facts.subscribedApps),
  token: Promise.resolve(facts.token),
  subscription: Promise.resolve(facts.subscription),
});

/** Only the app itself may be asked: its token is its id and its secret. Source: Meta, "App subscriptions". */
function askSubscription(options: Options, appId: string, appSecret: string) {
  const app = createGraph(options, `${appId}|${appSecret}`, { 'app secret': appSecret });
  return readAs(app.get(`/${encodeURIComponent(appId)}/subscriptions`), ({ data }) => {
    if (!Array.isArray(data)) return undefined;
    const found = data.filter(isObject).find(({ object }) => object === 'whatsapp_business_account');
    if (!found) return null;
    const fields = Array.isArray(found.fields) ? found.fields : [];
    return {
      callbackUrl: textOf(found.callback_url),
      active: found.active !== false,
      fields: fields.flatMap((field) => textOf(isObject(field) ? field.name : field) ?? []),
    };
  });
}

function tokenOf({ data }: Record<string, unknown>) {
  if (!isObject(data) || typeof data.is_valid !== 'boolean') return undefined;
  const seconds = Number(data.expires_at);
  return {
    appId: textOf(data.app_id),
    valid: data.is_valid,
    // Zero: it does not end
    expiresAt: Number.isFinite(seconds) && seconds > 0 && seconds < 1e11 ? new Date(seconds * 1_000) : null,
    scopes: Array.isArray(data.scopes) ? data.scopes.flatMap((scope) => textOf(scope) ?? []) : [],
  };
}

function healthOf({ quality_rating: quality, health_status: status }: Record<string, unknown>) {
  const entities = isObject(status) && Array.isArray(status.entities) ? status.entities.filter(isObject) : [];
  const blocked = isObject(status) && status.can_send_message === 'BLOCKED';
  const errors = entities.flatMap(({ errors }) => (Array.isArray(errors) ? errors.filter(isObject) : []));
  const why = textOf(errors[0]?.error_description) ?? 'it does not say why.';
  return quality === undefined && status === undefined
    ? undefined
    : { quality: textOf(quality), blocked: blocked ? why : null };
}

/** Undefined from `read`: the answer is not one that we know. */
async function readAs<Body, Value>(
  asked: Promise<Answer<Body>>,
  read: (body: Body) => Value | undefined,
): Promise<Answer<Value>> {
  const answer = await asked;
  if (!answer.ok) return answer;
  const value = read(answer.value);
  return value === undefined ? UNREADABLE : { ok: true, value };
}

const UNREADABLE: Extract<Answer, { ok: false }> = {
  ok: false,
  failure: ownFailure('meta', 'unreadable', 'Meta answered with something that we do not know.'),
};

/** Meta writes "+1 415-523-8886", and for some numbers leaves the plus out. */
export function toE164(display: string): string | null {
  const text = display.trim();
  return parsePhoneNumberFromString(text.startsWith('+') ? text : `+${text}`)?.number ?? null;
}

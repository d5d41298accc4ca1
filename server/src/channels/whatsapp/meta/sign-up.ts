import { isObject } from '@parley/runtime';
import type { Http } from '../../../plugins/http.ts';
import { type Answer, ask } from '../errors/ask.ts';
import type { Graph } from './graph.ts';
import { textOf } from './read.ts';
import { GRAPH_VERSION } from './send.ts';

const MAX_PAGES = 20; // of a hundred numbers; an account has 20, after a review some hundred

export interface MetaApp {
  id: string;
  secret: string;
}

/** Languages of the call or the text with the code: `en`, `en_US`. */
export interface CodeRequest {
  method: 'SMS' | 'VOICE';
  language: string;
}

/**
 * Turns the code of the embedded sign-up, which lives for 30 seconds, into an access token of the business.
 * Source: Meta, "Embedded Signup", `GET /oauth/access_token`.
 */
export async function exchangeCode(
  { http, graphUrl, timeout }: { http: Http; graphUrl: string; timeout: number },
  app: MetaApp,
  code: string,
): Promise<Answer<{ accessToken: string }>> {
  const query = new URLSearchParams({ client_id: app.id, client_secret: app.secret, code });
  const answer = await ask(
    { http, provider: 'meta', secrets: { 'app secret': app.secret, code } },
    { method: 'GET', url: `${graphUrl}/${GRAPH_VERSION}/oauth/access_token?${query}`, timeout },
  );
  if (!answer.ok) return answer;
  const accessToken = textOf(answer.value.access_token);
  if (accessToken !== null) return { ok: true, value: { accessToken } };
  const words = 'Meta gave no access token for the sign-up.';
  const remedy = 'Begin the sign-up again.';
  return {
    ok: false,
    failure: {
      code: 'no_token',
      said: words,
      explained: { code: 'no_token', retry: 'never', afterSeconds: null, class: 'credentials', words, remedy },
    },
  };
}

/** Whether the token opens the account, and the number is one of it: what a browser names is no proof of either. */
export async function hasNumber(
  graph: Graph,
  { businessAccountId, phoneNumberId }: { businessAccountId: string; phoneNumberId: string },
): Promise<Answer<boolean>> {
  const path = `/${encodeURIComponent(businessAccountId)}/phone_numbers`;
  const answer = await graph.rows(path, { fields: 'id', limit: '100' }, MAX_PAGES);
  if (!answer.ok) return answer;
  return { ok: true, value: answer.value.rows.some((row) => isObject(row) && textOf(row.id) === phoneNumberId) };
}

/** Lets Meta send the account's messages to us, whatever the app's own address is. Once more changes nothing. */
export const subscribeApp = (
  graph: Graph,
  businessAccountId: string,
  { callbackUrl, verifyToken }: { callbackUrl: string; verifyToken: string },
): Promise<Answer> =>
  graph.post(`/${encodeURIComponent(businessAccountId)}/subscribed_apps`, {
    override_callback_uri: callbackUrl,
    verify_token: verifyToken,
  });

/** `pin`: the number's six digits for two-step verification; a number without one gets this one. */
export const registerNumber = (graph: Graph, phoneNumberId: string, pin: string): Promise<Answer> =>
  graph.post(`/${encodeURIComponent(phoneNumberId)}/register`, { messaging_product: 'whatsapp', pin });

export const requestCode = (graph: Graph, phoneNumberId: string, { method, language }: CodeRequest): Promise<Answer> =>
  graph.post(`/${encodeURIComponent(phoneNumberId)}/request_code`, { code_method: method, language });

export const verifyCode = (graph: Graph, phoneNumberId: string, code: string): Promise<Answer> =>
  graph.post(`/${encodeURIComponent(phoneNumberId)}/verify_code`, { code });

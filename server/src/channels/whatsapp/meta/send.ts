import { isObject } from '@parley/runtime';
import { explainError } from '../errors/index.ts';
import type { Gateway, SendResult } from '../gateway.ts';
import { neverLeft } from '../never-left.ts';
import { bodyOf } from './body.ts';
import { readGraphError } from './graph-error.ts';
import { listOf, textOf } from './read.ts';

export const GRAPH_VERSION = 'v24.0';
const MAX_ANSWER = 100_000; // characters; Meta's answers hold some hundred
const LONGEST_WAIT = 3_600; // seconds; what must wait longer would hold up everything behind it
const UNREACHABLE_PAUSE = 5; // seconds
const NOT_TAKEN = new Set([401, 403, 429]); // statuses that say so without a code
const HELD = new Set(['held_for_quality_assessment', 'paused']);

interface Options {
  graphUrl: string;
  fetch: typeof fetch;
}

/** Sends through the Cloud API. There is no idempotency key: what may have gone out is `unknown`, never tried again here. */
export const metaGateway =
  ({ graphUrl, fetch }: Options): Gateway =>
  async ({ channel, signal, ...outgoing }) => {
    if (channel.provider !== 'meta' || !channel.secrets || !channel.phoneNumberId)
      return {
        kind: 'refused',
        code: 'whatsapp_not_configured',
        reason: 'WhatsApp is not configured for this organization: the channel has no access token.',
      };
    const { content, lastInbound } = outgoing;
    if (content.kind === 'reaction' && content.to === 'last' && lastInbound === null) {
      return { kind: 'refused', code: 'nothing_to_react_to', reason: 'The person has not written yet.' };
    }
    try {
      const response = await fetch(`${graphUrl}/${GRAPH_VERSION}/${channel.phoneNumberId}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${channel.secrets.accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(bodyOf(outgoing)),
        redirect: 'manual', // a redirect would carry the token to wherever it points
        signal,
      });
      const text = (await response.text()).slice(0, MAX_ANSWER);
      return response.ok ? acceptedOf(text) : refusalOf(response, text);
    } catch (error) {
      return neverLeft(error)
        ? { kind: 'later', code: 'unreachable', reason: 'Meta could not be reached.', afterSeconds: UNREACHABLE_PAUSE }
        : { kind: 'unknown', reason: 'No answer came.' };
    }
  };

/** A new or badly received template has an id like any message, but may be kept back. Source: Meta, "Template pacing". */
function acceptedOf(text: string): SendResult {
  const [message] = listOf(parse(text).messages).filter(isObject);
  const providerId = textOf(message?.id);
  if (providerId === null) return { kind: 'unknown', reason: 'The answer holds no message id.' };
  const held = HELD.has(textOf(message?.message_status) ?? '');
  return { kind: 'accepted', providerId, ...(held ? { held } : {}) };
}

function refusalOf({ status, headers }: Response, text: string): SendResult {
  const told = readGraphError(text);
  const named = told && told.code !== 'unknown' ? told.code : null;
  const explained = explainError('meta', named ?? String(status));
  const reason = told?.details ?? told?.message ?? `Meta answered with status ${status}.`;
  // Without a code (a proxy's page) only these say that nothing was taken; a vague 5xx may come from behind that point
  const mayHaveLeft = named ? status >= 500 && isVague(explained) : !NOT_TAKEN.has(status);
  if (mayHaveLeft) return { kind: 'unknown', reason };
  const { code, retry } = explained;
  const afterSeconds = Math.max(explained.afterSeconds ?? 0, waitAsked(headers));
  if (retry === 'never' || afterSeconds > LONGEST_WAIT) return { kind: 'refused', code, reason };
  return { kind: 'later', code, reason, afterSeconds };
}

/** Codes that do not say where in Meta the fault was. */
const isVague = ({ class: group, retry }: ReturnType<typeof explainError>): boolean =>
  group === 'unknown' || (group === 'temporary' && retry === 'retry');

/** Seconds of a `Retry-After`, which Meta does not promise and a proxy may send; dates are not read. */
function waitAsked(headers: Headers): number {
  const asked = Number(headers.get('retry-after') ?? 0);
  return Number.isFinite(asked) ? Math.min(Math.max(0, asked), LONGEST_WAIT) : 0;
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {}; // a proxy's page: the status alone speaks
  }
}

import { isObject } from '@parley/runtime';
import type { Gateway, SendResult } from '../gateway.ts';
import { bodyOf } from './body.ts';
import { listOf, textOf } from './read.ts';

export const GRAPH_VERSION = 'v24.0';
const MAX_ANSWER = 100_000; // characters; Meta's answers hold some hundred

/** Codes after which the same message may go out later, with the seconds to wait. Source: Meta, "Error codes". */
const LATER = new Map([
  ['4', 60],
  ['80007', 3_600],
  ['130429', 5],
  ['131048', 300],
  ['131056', 8], // one message every six seconds to one person
  ['131057', 60],
]);

interface Options {
  graphUrl: string;
  fetch: typeof fetch;
}

/** Sends through the Cloud API. There is no idempotency key: what may have gone out is `unknown`, never tried again here. */
export const metaGateway =
  ({ graphUrl, fetch }: Options): Gateway =>
  async ({ channel, to, content, reference, lastInbound, signal }) => {
    if (channel.provider !== 'meta' || !channel.secrets || !channel.phoneNumberId)
      return { kind: 'refused', code: 'whatsapp_not_configured', reason: 'This channel has no access token.' };
    if (content.kind === 'reaction' && content.to === 'last' && lastInbound === null) {
      return { kind: 'refused', code: 'nothing_to_react_to', reason: 'The person has not written yet.' };
    }
    try {
      const response = await fetch(`${graphUrl}/${GRAPH_VERSION}/${channel.phoneNumberId}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${channel.secrets.accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(bodyOf(content, to, reference, lastInbound)),
        redirect: 'manual', // a redirect would carry the token to wherever it points
        signal,
      });
      return resultOf(response.status, (await response.text()).slice(0, MAX_ANSWER));
    } catch (error) {
      return neverLeft(error)
        ? { kind: 'later', code: 'unreachable', reason: 'Meta could not be reached.', afterSeconds: 5 }
        : { kind: 'unknown', reason: 'No answer came.' };
    }
  };

function resultOf(status: number, text: string): SendResult {
  const answer = parse(text);
  const [message] = listOf(answer.messages).filter(isObject);
  const providerId = textOf(message?.id);
  if (status >= 200 && status < 300) {
    return providerId === null
      ? { kind: 'unknown', reason: 'The answer holds no message id.' }
      : { kind: 'accepted', providerId };
  }
  const error = isObject(answer.error) ? answer.error : {};
  const code = textOf(error.code);
  if (status === 429 && code === null)
    return { kind: 'later', code: '429', reason: 'Meta asks to slow down.', afterSeconds: 5 };
  // A 5xx may have come from behind the point where the message was taken
  if (code === null || status >= 500) return { kind: 'unknown', reason: `Meta answered with status ${status}.` };
  const details = isObject(error.error_data) ? textOf(error.error_data.details) : null;
  const reason = details ?? textOf(error.message) ?? `Meta answered with status ${status}.`;
  const afterSeconds = LATER.get(code);
  return afterSeconds === undefined ? { kind: 'refused', code, reason } : { kind: 'later', code, reason, afterSeconds };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {}; // a proxy's page: the status alone speaks
  }
}

const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Only where no byte was written is a second try safe. */
function neverLeft(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return isObject(cause) && typeof cause.code === 'string' && NEVER_LEFT.has(cause.code);
}

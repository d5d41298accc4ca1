import { isObject } from '@parley/runtime';
import { explainError, type ProviderError } from '../errors/index.ts';
import type { SendResult } from '../gateway.ts';
import { neverLeft } from '../never-left.ts';

type Refused = Extract<SendResult, { kind: 'refused' }>;
type Later = Extract<SendResult, { kind: 'later' }>;

/** What became of a call that failed: Twilio refused it, it never left, or nobody knows. */
export type Fault =
  | { kind: 'answer'; status: number; code: string | null; message: string | null }
  | { kind: 'unreachable' }
  | { kind: 'silent' };

/** The words that the organization's people see where account, token or number are wrong. */
export const INVALID_CONFIGURATION = 'Invalid WhatsApp configuration for your organization. Please contact admin.';

const UNREACHABLE_PAUSE = 5; // seconds
const MAX_REASON = 300; // characters
const NOT_TAKEN = new Set([401, 403, 429]); // statuses that say so without a code

/** Reads what the client, or the `fetch` beneath it, has thrown. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Error && isObject(error) && typeof error.status === 'number' && error.status >= 300) {
    const { status, code } = error;
    const named =
      typeof code === 'number' && code > 0 ? String(code) : typeof code === 'string' && code !== '' ? code : null;
    // The newer of Twilio's two forms (RFC 9457) says what happened in `detail`
    const message = [error.detail, error.title, error.message].find((one) => typeof one === 'string' && one !== '');
    return { kind: 'answer', status, code: named, message: typeof message === 'string' ? message : null };
  }
  return neverLeft(error) ? { kind: 'unreachable' } : { kind: 'silent' };
}

/** The result of a send that failed. There is no idempotency key: what may have gone out is `unknown`. */
export function sendFault(fault: Fault): SendResult {
  if (fault.kind === 'unreachable') return unreachable;
  if (fault.kind === 'silent') return { kind: 'unknown', reason: 'No answer came.' };
  const mayHaveLeft = fault.status >= 500 || (fault.code === null && !NOT_TAKEN.has(fault.status));
  if (mayHaveLeft) return { kind: 'unknown', reason: `Twilio answered with status ${fault.status}.` };
  return refusalOf(fault);
}

/** The result of a call that only prepares a send: nothing can have gone out, so whatever may pass is tried again. */
export function preparationFault(fault: Fault): Refused | Later {
  if (fault.kind !== 'answer') return unreachable;
  return fault.status >= 500 ? later(explainError('twilio', '20500'), reasonOf(fault)) : refusalOf(fault);
}

/** A refusal of ours by one of Twilio's codes, in more telling words. */
export const refused = (code: string, reason: string): Refused => ({ kind: 'refused', code, reason });

const unreachable: Later = {
  kind: 'later',
  code: 'unreachable',
  reason: 'Twilio could not be reached.',
  afterSeconds: UNREACHABLE_PAUSE,
};

type Answer = Extract<Fault, { kind: 'answer' }>;

function refusalOf(fault: Answer): Refused | Later {
  const explained = explainError('twilio', fault.code ?? (fault.status === 401 ? '20003' : String(fault.status)));
  if (explained.retry !== 'never') return later(explained, reasonOf(fault));
  return refused(explained.code, isConfiguration(explained) ? INVALID_CONFIGURATION : reasonOf(fault, explained));
}

const later = ({ code, afterSeconds }: ProviderError, reason: string): Later => ({
  kind: 'later',
  code,
  reason,
  afterSeconds: afterSeconds ?? UNREACHABLE_PAUSE,
});

const isConfiguration = (explained: ProviderError): boolean =>
  explained.class === 'credentials' || explained.class === 'configuration';

const reasonOf = ({ message, status }: Answer, explained?: ProviderError): string =>
  (message ?? explained?.words ?? `Twilio answered with status ${status}.`).slice(0, MAX_REASON);

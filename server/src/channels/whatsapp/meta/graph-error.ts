import { isObject } from '@parley/runtime';
import { textOf } from './read.ts';

/** What Meta's Graph API says of a call that it refused. */
export interface GraphError {
  /** As text, for `explainError`: `131047`; `unknown` where the answer names none. */
  code: string;
  subcode: string | null;
  /** `OAuthException`, `GraphMethodException`, … */
  type: string | null;
  message: string;
  /** `error_data.details`: the most telling of its words. */
  details: string | null;
  userTitle: string | null;
  userMessage: string | null;
  /** What Meta's support asks for. */
  traceId: string | null;
  /** Meta's own word on whether the same call may succeed later. */
  transient: boolean;
}

/**
 * Reads the body of an answer, as text or parsed, and the whole answer or its `error` alone; null where there is no error
 * in it. Never throws. Source: Meta, "Handling errors" of the Graph API.
 */
export function readGraphError(body: unknown): GraphError | null {
  const answer = typeof body === 'string' ? parsed(body) : body;
  if (!isObject(answer)) return null;
  const given = 'error' in answer ? answer.error : 'code' in answer && 'message' in answer ? answer : null;
  if (typeof given === 'string' && given !== '') return errorOf({ message: given });
  return isObject(given) ? errorOf(given) : null;
}

function errorOf(error: Record<string, unknown>): GraphError {
  // Some answers hold `error_data` as JSON in a text
  const data = typeof error.error_data === 'string' ? parsed(error.error_data) : error.error_data;
  return {
    code: textOf(error.code) ?? 'unknown',
    subcode: textOf(error.error_subcode),
    type: textOf(error.type),
    message: textOf(error.message) ?? 'WhatsApp gave no reason.',
    details: isObject(data) ? textOf(data.details) : null,
    userTitle: textOf(error.error_user_title),
    userMessage: textOf(error.error_user_msg),
    traceId: textOf(error.fbtrace_id),
    transient: error.is_transient === true,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

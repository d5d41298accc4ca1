import type { CodeEnd } from '@parley/nodes/code';
import type { CodeRequest } from '@parley/runtime';

/** What the runner is told: one run at a time, and whose it is. */
export interface ToRunner {
  organization: string;
  request: CodeRequest;
}

/** `ready` once, then an `end` for each run. */
export type FromRunner = { kind: 'ready' } | { kind: 'end'; end: CodeEnd };

/** A runner whose fence was broken could send anything: what is not of this shape counts as a lost run. */
export function readMessage(message: unknown): FromRunner | null {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return null;
  if (message.kind === 'ready') return { kind: 'ready' };
  if (message.kind !== 'end' || !('end' in message)) return null;
  return isEnd(message.end) ? { kind: 'end', end: message.end } : null;
}

function isEnd(end: unknown): end is CodeEnd {
  if (typeof end !== 'object' || end === null) return false;
  const { ok, logs, broken, message, value } = end as Record<string, unknown>;
  if (typeof broken !== 'boolean' || !Array.isArray(logs) || !logs.every((line) => typeof line === 'string'))
    return false;
  return ok === true ? value !== undefined : ok === false && typeof message === 'string';
}

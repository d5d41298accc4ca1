import { createHash } from 'node:crypto';
import { isObject } from '@parley/runtime';

/** Lists arrive as lists, as nothing, and in some clients' samples as a lone object. */
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : isObject(value) ? [value] : []);

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;

/** Unix seconds, as a text or (in some samples) a number. */
export function timeOf(value: unknown): Date | null {
  const seconds = Number(value);
  return (typeof value === 'string' || typeof value === 'number') &&
    Number.isFinite(seconds) &&
    seconds > 0 &&
    seconds < 1e11
    ? new Date(seconds * 1000)
    : null;
}

/** The first of `errors[]`, with the most telling of its words. */
export function errorOf(errors: unknown): { code: string; reason: string } | null {
  const [error] = listOf(errors).filter(isObject);
  if (!error) return null;
  const details = isObject(error.error_data) ? textOf(error.error_data.details) : null;
  const reason = details ?? textOf(error.message) ?? textOf(error.title) ?? 'WhatsApp gave no reason.';
  return { code: textOf(error.code) ?? 'unknown', reason };
}

/** The same for the same content, so that a redelivery of what has no id of its own changes nothing. */
export const keyOf = (field: string, ...content: unknown[]): string =>
  createHash('sha256')
    .update(`${field}\n${content.map((one) => JSON.stringify(one)).join('\n')}`)
    .digest('hex')
    .slice(0, 40);

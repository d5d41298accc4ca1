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

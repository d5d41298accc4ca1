import type { TFunction } from 'i18next';
import type { Heard } from '../../api/webhook-log.ts';
import { isolate } from '../../ui/isolate.ts';
import type en from './words/en.json';

/** Words of the webhook log by key. */
export type LogWords = TFunction<'webhook-log'>;
type Field = keyof typeof en.fields;
type Kind = keyof typeof en.kinds;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** In a few words what was told. */
export function kindOf({ kind, payload }: Heard, t: LogWords): string {
  const field = text(payload.field);
  if (kind === 'other' && field) return t(`fields.${field as Field}`, { defaultValue: field });
  return t(`kinds.${kind as Kind}`, { defaultValue: t('other') });
}

/** What a person wrote, as far as it has words. */
export function saidIn({ payload }: Heard): string | null {
  const { message } = payload;
  if (!isObject(message)) return null;
  return text(message.text) ?? (text(message.type) ? `(${String(message.type)})` : null);
}

/** Why something was not handled, or how its flow failed. */
export function problemOf({ payload, step, state }: Heard, t: LogWords): string | null {
  const problem = text(payload.problem);
  if (problem) return problem;
  const fault = step?.fault;
  const message = isObject(fault) ? text(fault.message) : null;
  if (message) return state === 'parked' ? message : t('fault', { reason: isolate(message) });
  return null;
}

/** As text to read: what a provider sent is kept as JSON in a string. */
export function told({ payload }: Heard): string {
  const { raw } = payload;
  if (typeof raw !== 'string') return JSON.stringify(payload, null, 2);
  try {
    return JSON.stringify({ ...payload, raw: JSON.parse(raw) }, null, 2);
  } catch {
    return JSON.stringify(payload, null, 2);
  }
}

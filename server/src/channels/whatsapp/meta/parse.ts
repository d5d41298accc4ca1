import { createHash } from 'node:crypto';
import { isObject } from '@parley/runtime';
import { type InboundElement, otherElement, statusElement } from '../inbound.ts';
import { messageOf } from './message.ts';
import { listOf, textOf, timeOf } from './read.ts';

/** One `changes[]` item: whose it is and what it holds, element by element. */
export interface MetaChange {
  phoneNumberId: string | null;
  businessAccountId: string | null;
  elements: InboundElement[];
}

/** Reads a webhook of the Cloud API. Never throws: what cannot be read becomes an element of its own, kept as it came. */
export function parseWebhook(body: unknown): MetaChange[] {
  const entries = isObject(body) ? listOf(body.entry) : [];
  return entries.flatMap((entry) => {
    if (!isObject(entry)) return [];
    const businessAccountId = textOf(entry.id);
    return listOf(entry.changes).flatMap((change): MetaChange[] => {
      if (!isObject(change)) return [];
      const field = textOf(change.field);
      const { value } = change;
      if (!isObject(value)) {
        const kept = other(field ?? 'unknown', change, 'This change holds no object.');
        return [{ phoneNumberId: null, businessAccountId, elements: [kept] }];
      }
      const metadata = isObject(value.metadata) ? value.metadata : {};
      return [
        { phoneNumberId: textOf(metadata.phone_number_id), businessAccountId, elements: elementsOf(field, value) },
      ];
    });
  });
}

function elementsOf(field: string | null, value: Record<string, unknown>): InboundElement[] {
  // Meta's own samples sometimes lack the field; what the value holds decides
  const spoken = field === null || field === 'messages' || field === 'standby';
  const messages = spoken ? listOf(value.messages) : [];
  const statuses = spoken ? listOf(value.statuses) : [];
  if (messages.length + statuses.length === 0) return [other(field ?? 'unknown', value, null)];
  const contacts = listOf(value.contacts).filter(isObject);
  return [
    ...messages.map((raw, index) => safely(raw, () => messageOf(raw, { contacts, index, count: messages.length }))),
    ...statuses.map((raw) => safely(raw, () => statusOf(raw))),
    ...restOf(field ?? 'messages', value),
  ];
}

const READ = new Set(['messaging_product', 'metadata', 'contacts', 'messages', 'statuses']);

/** What came beside the messages, each part by itself: calls, echoes of the phone's app, errors. */
const restOf = (field: string, value: Record<string, unknown>): InboundElement[] =>
  Object.entries(value)
    .filter(([part]) => !READ.has(part))
    .map(([part, raw]) => other(field, { [part]: raw }, null));

/** A broken element must not take its neighbours with it. */
function safely(raw: unknown, read: () => InboundElement | null): InboundElement {
  try {
    return read() ?? other('messages', raw, 'This element has no id.');
  } catch (error) {
    return other('messages', raw, error instanceof Error ? error.message : 'This element cannot be read.');
  }
}

const other = (field: string, raw: unknown, problem: string | null): InboundElement =>
  otherElement({
    field,
    key: createHash('sha256')
      .update(`${field}\n${JSON.stringify(raw)}`)
      .digest('hex')
      .slice(0, 40),
    problem,
    raw,
  });

/** A map, not an object: a status may be called `constructor`. */
const STATUSES = new Map<unknown, 'SENT' | 'FAILED' | 'DELIVERED' | 'READ'>([
  ['sent', 'SENT'],
  ['delivered', 'DELIVERED'],
  ['read', 'READ'],
  ['played', 'READ'], // a voice note was listened to
  ['failed', 'FAILED'],
]);

function statusOf(raw: unknown): InboundElement | null {
  const providerId = isObject(raw) ? textOf(raw.id) : null;
  if (!isObject(raw) || providerId === null) return null;
  const status = STATUSES.get(raw.status);
  if (!status) return other('messages', raw, null);
  const [error] = listOf(raw.errors).filter(isObject);
  const details = error && isObject(error.error_data) ? textOf(error.error_data.details) : null;
  const reason = details ?? textOf(error?.message) ?? textOf(error?.title) ?? 'The message could not be delivered.';
  return statusElement({
    providerId,
    reference: textOf(raw.biz_opaque_callback_data),
    status,
    at: timeOf(raw.timestamp),
    error: status === 'FAILED' ? { code: String(error?.code ?? 'unknown'), reason } : null,
    raw,
  });
}

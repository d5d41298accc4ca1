import { isObject } from '@parley/runtime';
import { type InboundElement, otherElement } from '../inbound.ts';
import { echoOf, messageOf } from './message.ts';
import type { Beside } from './message-sender.ts';
import { factsOf } from './parse-facts.ts';
import { preferenceOf, userIdUpdateOf } from './parse-people.ts';
import { statusOf } from './parse-status.ts';
import { keyOf, listOf, textOf } from './read.ts';

/** One `changes[]` item: whose it is and what it holds, element by element. */
export interface MetaChange {
  phoneNumberId: string | null;
  businessAccountId: string | null;
  elements: InboundElement[];
}

/** The same with its elements still to be read: whose it is costs little to know. */
export type MetaPart = Omit<MetaChange, 'elements'> & { read(): InboundElement[] };

/**
 * Reads a webhook of the Cloud API, as `parseJson` gives it. Never throws: what cannot be read becomes an element of its
 * own, kept as it came, and takes no neighbour with it.
 */
export const parseWebhook = (body: unknown): MetaChange[] =>
  Array.from(partsOf(body), ({ phoneNumberId, businessAccountId, read }) => ({
    phoneNumberId,
    businessAccountId,
    elements: read(),
  }));

/** The parts of a webhook, one after the other, so that nothing is read of what nobody has signed. */
export function* partsOf(body: unknown): Generator<MetaPart> {
  const entries = isObject(body) ? listOf(body.entry) : [];
  if (!isObject(body) || entries.length === 0) return;
  for (const entry of entries) {
    if (isObject(entry)) yield* partsOfEntry(entry);
    else yield junk(null, entry, 'This entry is no object.');
  }
  yield* strayIn(body, ['object', 'entry'], null);
}

function* partsOfEntry(entry: Record<string, unknown>): Generator<MetaPart> {
  const account = textOf(entry.id);
  const changes = listOf(entry.changes);
  if (changes.length === 0 && !Array.isArray(entry.changes)) {
    yield junk(account, entry, 'This entry holds no changes.');
    return;
  }
  for (const change of changes) {
    yield partOf(change, account, entry.time);
    if (isObject(change)) yield* strayIn(change, ['field', 'value'], account);
  }
  yield* strayIn(entry, ['id', 'time', 'changes'], account);
}

/** Parts that no version of the envelope has had yet: whatever Meta means by them, they are kept. */
function* strayIn(holder: Record<string, unknown>, known: string[], account: string | null): Generator<MetaPart> {
  for (const [name, part] of Object.entries(holder)) {
    if (known.includes(name) || typeof part !== 'object' || part === null) continue;
    yield junk(account, { [name]: part }, `Nothing is known of \`${name.slice(0, 100)}\` here.`);
  }
}

function partOf(change: unknown, businessAccountId: string | null, time: unknown): MetaPart {
  if (!isObject(change)) return junk(businessAccountId, change, 'This change is no object.');
  const field = textOf(change.field);
  const { value } = change;
  if (!isObject(value)) return junk(businessAccountId, change, 'This change holds no object.', field ?? 'unknown');
  const metadata = isObject(value.metadata) ? value.metadata : {};
  const read = () => elementsOf({ field, value, time });
  return { phoneNumberId: textOf(metadata.phone_number_id), businessAccountId, read };
}

const junk = (businessAccountId: string | null, raw: unknown, problem: string, field = 'unknown'): MetaPart => ({
  phoneNumberId: null,
  businessAccountId,
  read: () => [other(field, raw, problem)],
});

interface Change {
  /** Null in some of Meta's own samples: then what the value holds decides. */
  field: string | null;
  value: Record<string, unknown>;
  /** Of the entry: tells a third event apart from a first of the same words, and not from its own redelivery. */
  time: unknown;
}

type Read = (raw: unknown, beside: Beside) => InboundElement | null;

/** The parts of a value whose items stand for themselves, and the fields that hold them. */
const PARTS = new Map<string, { fields: string[]; read: Read }>([
  ['messages', { fields: ['messages', 'standby'], read: messageOf }],
  ['statuses', { fields: ['messages', 'standby', 'calls'], read: statusOf }],
  ['message_echoes', { fields: ['smb_message_echoes', 'message_echoes', 'messages'], read: echoOf }],
  ['user_preferences', { fields: ['user_preferences', 'messages'], read: preferenceOf }],
  ['user_id_update', { fields: ['user_id_update', 'user_id_updates', 'messages'], read: userIdUpdateOf }],
  ['calls', { fields: ['calls', 'messages'], read: () => null }],
  ['errors', { fields: ['messages', 'standby', 'calls'], read: () => null }],
]);

const BESIDE = new Set(['messaging_product', 'metadata', 'contacts']);

function elementsOf({ field, value, time }: Change): InboundElement[] {
  const contacts = listOf(value.contacts).filter(isObject);
  const elements: InboundElement[] = [];
  const rest: [string, unknown][] = [];
  for (const [name, content] of Object.entries(value)) {
    if (BESIDE.has(name)) continue;
    const part = PARTS.get(name);
    if (!part || !(field === null || part.fields.includes(field))) rest.push([name, content]);
    else if (!Array.isArray(content) && !isObject(content)) rest.push([name, content]);
    else {
      const items = listOf(content);
      const label = field ?? part.fields[0] ?? name;
      for (const [index, raw] of items.entries())
        elements.push(itemOf(label, name, raw, () => part.read(raw, { contacts, index, count: items.length })));
    }
  }
  // Fields of templates, numbers and accounts are one fact each, not one a property
  if (elements.length === 0) return [other(field ?? 'unknown', value, null, time)];
  return [...elements, ...rest.map(([name, content]) => other(field ?? 'messages', { [name]: content }, null, time))];
}

/** A broken item must not take its neighbours with it. */
function itemOf(field: string, part: string, raw: unknown, read: () => InboundElement | null): InboundElement {
  try {
    return read() ?? unread(field, part, raw);
  } catch (error) {
    return unread(field, part, raw, error instanceof Error ? error.message : 'This element cannot be read.');
  }
}

/** An item that is no message: a call, an error, the status of a payment, or what has lost its id. */
function unread(field: string, part: string, raw: unknown, problem: string | null = null): InboundElement {
  // Some calls are named by `wacid`; errors and preferences never had an id
  const known = isObject(raw) && (textOf(raw.id) ?? textOf(raw.wacid)) !== null;
  const named = known || part === 'errors' || part.startsWith('user_');
  return other(field, { [part]: raw }, problem ?? (named ? null : 'This element has no id.'));
}

function other(field: string, raw: unknown, problem: string | null, time?: unknown): InboundElement {
  const key = time === undefined ? keyOf(field, raw) : keyOf(field, raw, time);
  return otherElement({ field, key, problem, facts: factsOf(raw), raw });
}

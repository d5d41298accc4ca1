import { isObject, type Json, type JsonObject } from '@parley/runtime';
import { BUSINESS_ACCOUNT_ID, PHONE_NUMBER_ID } from '@parley/server/src/testing/meta.ts';
import { ACCOUNT_SID, TWILIO_NUMBER } from './house.ts';
import { mutated, mutatedText } from './mutate.ts';
import type { Random } from './random.ts';
import { markOf } from './tokens.ts';

/** Parts of a value whose items have an id of their own. */
const WITH_IDS = ['messages', 'statuses', 'message_echoes', 'calls'];

/** One webhook of Meta's under our number and account, with a mark of this mutant in the place of every id. */
export function markedMeta(sample: JsonObject, mutant: number): JsonObject {
  const copy = structuredClone(sample);
  let element = 0;
  for (const entry of listed(copy.entry).filter(isObject)) {
    entry.id = BUSINESS_ACCOUNT_ID;
    for (const change of listed(entry.changes)) {
      const value = isObject(change) ? change.value : null;
      if (!isObject(value)) continue;
      if (isObject(value.metadata)) value.metadata.phone_number_id = PHONE_NUMBER_ID;
      const items = WITH_IDS.flatMap((part) => listed(value[part])).filter(isObject);
      for (const item of items) item.id = markOf(mutant, element++);
      if (items.length === 0) value.mark = markOf(mutant, element++);
    }
  }
  return copy;
}

/** The entries of a webhook, each mutated by itself: many of them go into one body. */
export const mutatedEntries = (sample: JsonObject, mutant: number, random: Random): Json[] =>
  listed(markedMeta(sample, mutant).entry).map((entry) => mutated(entry as Json, random));

/** A whole body: mutated as JSON, or as the text that it is. */
export function mutatedBody(sample: JsonObject, mutant: number, random: Random): string {
  const marked = markedMeta(sample, mutant);
  return random.chance(0.5) ? JSON.stringify(mutated(marked, random)) : mutatedText(JSON.stringify(marked), random);
}

/** A form of Twilio's and where it is posted to: mutated parameter by parameter, or as the text that it is. */
export function mutatedForm(sample: Record<string, string>, mutant: number, random: Random) {
  const isStatus = 'MessageStatus' in sample || (sample.SmsStatus ?? 'received') !== 'received';
  const mark = markOf(mutant, 0);
  const ids = { MessageSid: mark, SmsMessageSid: mark, SmsSid: mark, AccountSid: ACCOUNT_SID };
  const number = { [isStatus ? 'From' : 'To']: `whatsapp:${TWILIO_NUMBER}` };
  const text = (form: JsonObject) =>
    new URLSearchParams(
      Object.entries(form).flatMap(([name, value]) =>
        [value].flat().map((one): [string, string] => [name, typeof one === 'string' ? one : JSON.stringify(one)]),
      ),
    ).toString();
  const form = { ...sample, ...ids, ...number };
  const whole = random.chance(0.5) ? asForm(mutated(form, random), text) : mutatedText(text(form), random);
  return { path: isStatus ? '/webhook/twilio/status' : '/webhook/twilio/whatsapp', body: whole };
}

const asForm = (value: Json, text: (form: JsonObject) => string): string =>
  isObject(value) ? text(value as JsonObject) : JSON.stringify(value);

/** Whether a body of Meta's still names our number, or our account where it names none: then it may not be refused. */
export function isOursMeta(body: unknown): boolean {
  const entries = isObject(body) ? listed(body.entry) : [];
  const places = entries.flatMap((entry) => {
    if (!isObject(entry)) return [];
    return listed(entry.changes).map((change) => {
      const value = isObject(change) && isObject(change.value) ? change.value : {};
      const number = isObject(value.metadata) ? worded(value.metadata.phone_number_id) : null;
      return number === null ? worded(entry.id) === BUSINESS_ACCOUNT_ID : number === PHONE_NUMBER_ID;
    });
  });
  const named = entries.some((entry) => isObject(entry) && worded(entry.id) !== null);
  return places.includes(true) || (!named && !JSON.stringify(body ?? null).includes('phone_number_id'));
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : isObject(value) ? [value] : []);
const worded = (value: unknown): string | null =>
  typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : null;

/** Whether a form still names our account and our number; what lacks one of them is whoever's that signed it. */
export function isOursTwilio(path: string, body: string): boolean {
  const form = new URLSearchParams(body);
  const isStatus = path.endsWith('status');
  const account = form.get('AccountSid') || null;
  const number = form.get(isStatus ? 'From' : 'To') || null;
  // No number of ours is in a Messaging Service
  if (account !== null && number === null && isStatus && form.get('MessagingServiceSid')) return false;
  if (account === null || number === null) return true;
  return account === ACCOUNT_SID && number.replace(/^whatsapp:/, '').replace(/^\+/, '') === TWILIO_NUMBER.slice(1);
}

/** The id that a form goes by. */
export function sidOf(body: string): string | null {
  const form = new URLSearchParams(body);
  return form.get('MessageSid') || form.get('SmsMessageSid') || form.get('SmsSid') || null;
}

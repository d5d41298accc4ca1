import { isDeepStrictEqual } from 'node:util';
import { isObject } from '@parley/runtime';
import { parseWebhook } from '@parley/server/src/channels/whatsapp/meta/parse.ts';
import { parseJson } from '@parley/server/src/channels/whatsapp/meta/parse-json.ts';
import type { Expected, Item } from './corpus.ts';
import { type View, viewsOf } from './expected-meta.ts';
import { twilioView } from './expected-twilio.ts';

/** One field in which our reading and the collection's differ; `at` names the event and the field. */
export interface Difference {
  at: string;
  ours: unknown;
  expected: unknown;
}

export interface Comparison {
  differences: Difference[];
  /** Fields that are compared by the other field that says the same, as LEFT_OUT tells; those that would differ. */
  leftOut: { rule: LeftOut; wouldDiffer: boolean }[];
  compared: number;
  /** Elements that we keep beside what is expected, for people to look at. */
  quarantined: number;
}

interface LeftOut {
  where: string;
  why: string;
  holds(wanted: Expected): boolean;
  provider: Item['provider'];
  event: string;
  path: string;
}

const given = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

/** Said twice in a webhook, or of ourselves: our element holds it once, or the channel holds it. */
export const LEFT_OUT: LeftOut[] = [
  {
    where: 'message.wa_id beside from',
    provider: 'meta',
    event: 'message',
    path: 'wa_id',
    why: 'Both are the sender’s number, and `from` is the one that is answered. They disagree only where a sample’s redaction or its placeholders made them.',
    holds: ({ from }) => given(from),
  },
  {
    where: 'message.context.from beside context.id',
    provider: 'meta',
    event: 'message',
    path: 'context.from',
    why: 'Who wrote the quoted message is known by its id.',
    holds: () => true,
  },
  {
    where: 'message.type of a sample without one',
    provider: 'meta',
    event: 'message',
    path: 'type',
    why: 'The part that is there (`contacts`, `location`) names it.',
    holds: ({ type }) => !given(type),
  },
  {
    where: 'message.system.customer beside from',
    provider: 'meta',
    event: 'message',
    path: 'system.customer',
    why: 'Both are the number of before; the one sample that has both has a placeholder in each.',
    holds: ({ from }) => given(from),
  },
  {
    where: 'echo.from',
    provider: 'meta',
    event: 'echo',
    path: 'from',
    why: 'The business’s own number: `phone_number_id`, which is compared, says which.',
    holds: () => true,
  },
  {
    where: 'message.to of Twilio',
    provider: 'twilio',
    event: 'message',
    path: 'to',
    why: 'The business’s own number: the webhook finds the channel by it, before anything is read.',
    holds: () => true,
  },
  ...(['from', 'messaging_service_sid'] as const).map((path) => ({
    where: `status.${path} of Twilio`,
    provider: 'twilio' as const,
    event: 'status',
    path,
    why: 'The business’s own sender: the signed address names the channel and the message.',
    holds: () => true,
  })),
  {
    where: 'status.event_type of Twilio',
    provider: 'twilio',
    event: 'status',
    path: 'event_type',
    why: 'The same word as the status, which is compared.',
    holds: ({ status, event_type }) => String(event_type).toLowerCase() === status,
  },
];

/** Our reading of one webhook beside the collection's, event by event and field by field. */
export function compare(item: Item): Comparison {
  const views = item.provider === 'meta' ? metaViews(item) : [[twilioView(item.body.toString())]];
  const result: Comparison = { differences: [], leftOut: [], compared: 0, quarantined: 0 };
  for (const wanted of item.expected) {
    const [at, ours] = partnerOf(views, wanted);
    if (!ours) {
      result.differences.push({
        at: `${wanted.event} ${wanted.id ?? wanted.field ?? ''}`,
        ours: null,
        expected: wanted,
      });
      continue;
    }
    views.splice(at, 1);
    for (const [path, expected] of leavesOf(wanted)) compareField(item, wanted, ours, path, expected, result);
  }
  for (const [view] of views) {
    if (view?.event === 'quarantined') result.quarantined += 1;
    else result.differences.push({ at: 'more than expected', ours: view, expected: null });
  }
  return result;
}

const metaViews = ({ body }: Item): View[][] => parseWebhook(parseJson(body.toString())).flatMap(viewsOf);

/** The first view of the same event and id (or field); then one of the same event, so that a lost id shows as a difference. */
function partnerOf(views: View[][], wanted: Expected): [number, View | undefined] {
  const find = (is: (view: View) => boolean): [number, View | undefined] => {
    const at = views.findIndex((all) => all.some(is));
    return [at, views[at]?.find(is)];
  };
  const same = (view: View) => view.event === wanted.event;
  const [at, view] = find(
    (one) => same(one) && plain(one.id) === plain(wanted.id) && plain(one.field) === plain(wanted.field),
  );
  return view ? [at, view] : find(same);
}

function compareField(
  { provider }: Item,
  wanted: Expected,
  view: View,
  path: string,
  expected: unknown,
  result: Comparison,
): void {
  const ours = path.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), view);
  const differs = !isDeepStrictEqual(canonical(path, ours), canonical(path, expected));
  const rule = LEFT_OUT.find((one) => one.provider === provider && one.event === wanted.event && one.path === path);
  if (rule?.holds(wanted)) {
    result.leftOut.push({ rule, wouldDiffer: differs });
    return;
  }
  result.compared += 1;
  if (differs) result.differences.push({ at: `${wanted.event}.${path}`, ours, expected });
}

/** Fields by their dotted names; lists and the answers of forms are compared whole. */
function leavesOf(value: object, prefix = ''): [string, unknown][] {
  return Object.entries(value).flatMap(([name, one]): [string, unknown][] =>
    isObject(one) && name !== 'response' && name !== 'answers'
      ? leavesOf(one, `${prefix}${name}.`)
      : [[`${prefix}${name}`, one]],
  );
}

/** Nothing is nothing however it is written, an id is its digits, a name needs no @, and a time that is none is none. */
function canonical(path: string, value: unknown): unknown {
  const name = path.split('.').at(-1) ?? '';
  if (value === false && ['removed', 'voice', 'animated', 'forwarded'].includes(name)) return null;
  if (name.endsWith('timestamp')) return Number(value) > 0 ? Number(value) : null;
  if (name === 'username') return plain(String(value ?? '').replace(/^@/, ''));
  if (name === 'latitude' || name === 'longitude')
    return Number.isFinite(Number(value ?? Number.NaN)) ? Number(value) : null;
  if (name === 'interactive_data') return typeof value === 'string' ? JSON.parse(value) : (value ?? null);
  return plain(value);
}

function plain(value: unknown): unknown {
  if (value === undefined || value === '') return null;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

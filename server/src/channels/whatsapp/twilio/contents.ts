import { isObject } from '@parley/runtime';
import type { Twilio } from 'twilio';
import type { SendResult } from '../gateway.ts';
import type { ContentBody, Shaped } from './content.ts';
import type { Place, TwilioContentStore } from './content-store.ts';
import { faultOf, preparationFault } from './fault.ts';

/** `HX…`, or why there is none. */
export type Made = { sid: string } | Extract<SendResult, { kind: 'refused' | 'later' }>;

const CONTENT = 'https://content.twilio.com/v1/Content';
const BEING_MADE_PAUSE = 2; // seconds; making one takes Twilio less
const MOST_REMEMBERED = 10_000; // sids in memory, before all are read anew

/** Content resources, made when the first message needs them; each once, however many ask. */
export function createContents(store: TwilioContentStore, remembered = new Map<string, string>()) {
  const underWay = new Map<string, Promise<Made>>();

  async function sidOf(client: Twilio, place: Place, shaped: Shaped): Promise<Made> {
    const key = keyOf(place);
    const known = remembered.get(key);
    if (known !== undefined) return { sid: known };
    const other = underWay.get(key);
    if (other) return other;
    const making = claimed(client, place, shaped.body).finally(() => underWay.delete(key));
    underWay.set(key, making);
    return making;
  }

  async function claimed(client: Twilio, place: Place, body: ContentBody): Promise<Made> {
    const claim = await store.claim(place);
    if (claim.is === 'ready') return remember(place, claim.sid);
    if (claim.is === 'making') return beingMade;
    const made = await make(client, body);
    if (!('sid' in made)) {
      await store.release(place, claim.since);
      return made;
    }
    await store.keep(place, claim.since, made.sid);
    await tidyUp(client, place);
    return remember(place, made.sid);
  }

  /** Room for the new one. What fails here harms no message: the resource stays at Twilio, unused. */
  async function tidyUp(client: Twilio, place: Place): Promise<void> {
    const sid = await store.dropUnused(place);
    if (sid === null) return;
    for (const [key, known] of remembered) if (known === sid) remembered.delete(key);
    await client.content.v1
      .contents(sid)
      .remove()
      .catch(() => {});
  }

  function remember(place: Place, sid: string): Made {
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(keyOf(place), sid);
    return { sid };
  }

  return {
    sidOf,

    /** Whether the resource is no longer there, and is forgotten: the next ask makes another. */
    async isGone(client: Twilio, place: Place, sid: string): Promise<boolean> {
      try {
        await client.content.v1.contents(sid).fetch();
        return false;
      } catch (error) {
        const fault = faultOf(error);
        if (fault.kind !== 'answer' || fault.status !== 404) return false;
      }
      remembered.delete(keyOf(place));
      await store.forget(place, sid);
      return true;
    },
  };
}

const keyOf = ({ organization, accountSid, shape }: Place): string => `${organization}/${accountSid}/${shape}`;

const beingMade: Made = {
  kind: 'later',
  code: 'content_being_made',
  reason: 'Twilio is being told how this message looks.',
  afterSeconds: BEING_MADE_PAUSE,
};

/** By the client's own request: its `contents.create` writes the fields' names as JavaScript's, not as Twilio's. */
async function make(client: Twilio, body: ContentBody): Promise<Made> {
  try {
    const headers = { 'Content-Type': 'application/json' };
    const response = await client.request({ method: 'post', uri: CONTENT, headers, data: body });
    const answer = jsonOf(response.body);
    if (response.statusCode < 300 && typeof answer.sid === 'string') return { sid: answer.sid };
    return preparationFault({
      kind: 'answer',
      status: response.statusCode < 300 ? 502 : response.statusCode, // an answer without a sid is a fault of theirs
      code: answer.code === undefined || answer.code === null ? null : String(answer.code),
      message: typeof answer.message === 'string' ? answer.message : null,
    });
  } catch (error) {
    return preparationFault(faultOf(error));
  }
}

function jsonOf(text: unknown): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(String(text));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

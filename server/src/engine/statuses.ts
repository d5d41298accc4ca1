import { createHash } from 'node:crypto';
import { type MessageRow, RANKS } from '../storage/messages.ts';
import type { Consequences } from './consequences.ts';
import type { EngineStore, KeptEvent, NewEvent, StatusChange } from './store.ts';

export interface Applied {
  /** Conversations whose flow has something to hear. */
  conversations: string[];
  /** Statuses that fit no message of that channel. */
  unmatched: StatusChange[];
}

interface Deps {
  store: Pick<EngineStore, 'applyStatuses' | 'accept'>;
  consequences: Consequences;
}

/**
 * S16. Moves messages forward, tells a flow of the sends that failed after all, and draws from a failure what it tells of
 * the person. Safe to repeat.
 */
export async function applyStatuses({ store, consequences }: Deps, changes: StatusChange[]): Promise<Applied> {
  const found = await store.applyStatuses(changes);
  const unmatched = changes.filter((change) => !found.some((message) => isFor(change, message)));
  const failed = found.filter(
    (message) =>
      message.rank === RANKS.FAILED && changes.some((change) => change.status === 'FAILED' && isFor(change, message)),
  );
  for (const message of failed) {
    const { _id, organization, contact, error } = message;
    const provider = changes.find((change) => isFor(change, message))?.provider ?? 'meta';
    if (error) await consequences({ id: _id, organization, contact, provider, code: error.code });
  }
  const results = failed.flatMap(resultOf);
  await store.accept(results);
  return { conversations: results.map(({ conversation }) => conversation), unmatched };
}

/** Kept in the log and tried again for an hour: it may have overtaken the answer that names its message. */
export function keptStatus(organization: string, change: StatusChange): KeptEvent {
  const { at: _, ...timeless } = change;
  const { channel, providerId, status } = change;
  // Twilio tells no time: the moment of arrival would make a second status of one that comes again
  const told = change.provider === 'twilio' ? timeless : change;
  const key = createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 40);
  const id = `${channel}:${providerId}:${status}:${key}`;
  return { id, organization, kind: 'status', field: 'status', channel, problem: null, raw: change };
}

/** By our own reference where the provider gives it back, and then by nothing else: the store's filter says the same. */
const isFor = ({ channel, reference, providerId }: StatusChange, message: MessageRow): boolean =>
  message.channel === channel &&
  (reference === null ? message.providerIds.includes(providerId) : message._id === reference);

function resultOf({ _id, organization, conversation, session, ordinal, error }: MessageRow): NewEvent[] {
  if (session === null || ordinal === null) return [];
  const payload = { kind: 'result' as const, effect: _id, session, ordinal, ok: false, error: error?.reason ?? null };
  return [{ id: `result.${_id}`, organization, conversation, payload }];
}

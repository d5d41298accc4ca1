import type { Recipient } from '../channels/whatsapp/gateway.ts';
import type { InboundElement, Sender } from '../channels/whatsapp/inbound.ts';
import type { Channel } from '../storage/channel.ts';
import type { ContactStore, Identity } from '../storage/contacts.ts';
import { derivedId } from '../storage/ids.ts';
import type { Crashpoint } from './crashpoint.ts';
import { applyStatuses, keptStatus } from './statuses.ts';
import type { EngineStore, KeptEvent, NewEvent, StatusChange } from './store.ts';

/**
 * Older than our own memory of handled ids reaches: kept, never answered, for it may have been answered before. Only on a
 * channel that was there at the time: nobody can have answered what came before it.
 */
const TOO_OLD = 20 * 24 * 3_600_000; // ms

export interface Accepted {
  /** Conversations with something new, to be woken after the provider has its 200. */
  conversations: string[];
  messages: { messageId: string; conversationId: string }[];
}

interface Deps {
  store: EngineStore;
  contacts: ContactStore;
  now: () => Date;
  crashpoint: Crashpoint;
}

export type Accept = ReturnType<typeof createAccept>;

/**
 * Stores what a provider told us, each element under its own key, before the provider gets its 200. A redelivery, alone
 * or inside another batch, changes nothing. Rejects where anything could not be stored: then there is no 200.
 */
export function createAccept({ store, contacts, now, crashpoint }: Deps) {
  return async function accept(channel: Channel, elements: readonly InboundElement[]): Promise<Accepted> {
    const { organization, id } = channel;
    const known = new Map<string, Promise<string>>();
    const fresh: NewEvent[] = [];
    const kept: KeptEvent[] = [];
    const changes: StatusChange[] = [];
    const failures: unknown[] = [];
    const messages: Accepted['messages'] = [];
    for (const element of elements) {
      switch (element.kind) {
        case 'message': {
          const identities = identitiesOf(element.from);
          const old = isForgotten(channel, element.sentAt, now());
          if (identities.length === 0 || old) {
            const problem = old ? 'This message is older than 20 days.' : 'This message names no sender.';
            kept.push({
              id: `${id}:${element.providerId}`,
              organization,
              kind: 'other',
              field: 'messages',
              channel: id,
              problem,
              raw: element.raw,
            });
            break;
          }
          const key = identities.map(({ value }) => value).join('\n');
          const found = remember(known, key, () => conversationOf(channel, element.from, identities));
          const conversation = await found.catch((error: unknown) => void failures.push(error));
          if (!conversation) break;
          const messageId = derivedId('msg', `${id}:${element.providerId}`);
          const { providerId, message, speaks, replyTo } = element;
          const sentAt = element.sentAt?.toISOString() ?? null;
          const payload = {
            kind: 'message' as const,
            messageId,
            providerId,
            message,
            speaks,
            name: element.from.name,
            replyTo,
            sentAt,
          };
          fresh.push({ id: `${id}:${providerId}`, organization, conversation, payload });
          messages.push({ messageId, conversationId: conversation });
          break;
        }
        case 'status': {
          const { reference, providerId, status, at, error } = element;
          changes.push({ channel: id, reference, providerId, status, at: at ?? now(), error });
          break;
        }
        case 'other':
          kept.push({
            id: `${id}:${element.key}`,
            organization,
            kind: 'other',
            field: element.field,
            channel: id,
            problem: element.problem,
            raw: element.raw,
          });
      }
    }
    crashpoint('before S1');
    await store.accept(fresh);
    await store.keep(kept);
    crashpoint('after S1');
    let moved: string[] = [];
    if (changes.length > 0) {
      crashpoint('before S16');
      const applied = await applyStatuses(store, changes);
      await store.keep(applied.unmatched.map((change) => keptStatus(organization, change)));
      moved = applied.conversations;
      crashpoint('after S16');
    }
    // The neighbours of what could not be placed are stored; the provider sends all of it again
    if (failures.length > 0) throw failures[0];
    return { conversations: [...new Set([...messages.map((one) => one.conversationId), ...moved])], messages };
  };

  async function conversationOf({ organization, id }: Channel, from: Sender, identities: Identity[]): Promise<string> {
    const contact = await contacts.resolve(organization, identities, from.groupId === null ? from.name : null);
    return store.conversationOf(organization, id, contact, recipientOf(from));
  }
}

const isForgotten = ({ createdAt }: Channel, sentAt: Date | null, now: Date): boolean =>
  sentAt !== null && sentAt >= createdAt && now.getTime() - sentAt.getTime() > TOO_OLD;

function identitiesOf({ waId, bsuid, groupId }: Sender): Identity[] {
  // A group is a conversation of its own: the answer belongs to the group, never to one of its members
  if (groupId !== null) return [{ kind: 'group', value: groupId }];
  const identities: Identity[] = [];
  if (bsuid !== null) identities.push({ kind: 'bsuid', value: bsuid });
  if (waId !== null) identities.push({ kind: 'wa_id', value: waId });
  return identities;
}

function recipientOf({ waId, bsuid, groupId }: Sender): Recipient {
  if (groupId !== null) return { kind: 'group', value: groupId };
  return waId !== null ? { kind: 'phone', value: waId } : { kind: 'bsuid', value: bsuid ?? '' };
}

function remember(known: Map<string, Promise<string>>, key: string, make: () => Promise<string>): Promise<string> {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

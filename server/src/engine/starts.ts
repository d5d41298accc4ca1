import type { JsonObject, LiveFlow } from '@parley/runtime';
import type { Recipient } from '../channels/whatsapp/gateway.ts';
import type { Contact } from '../storage/contacts.ts';
import type { EngineStore } from './store.ts';

/** Where the words of a flow that nobody wrote to go out: a channel and a person. */
export interface Place {
  organization: string;
  channel: string;
  contact: Contact;
}

export interface StartRequest {
  /** The event's id: the same one again begins nothing. */
  id: string;
  flow: string;
  node: string;
  variables: JsonObject;
  by: 'webhook' | 'schedule';
}

export type Starts = ReturnType<typeof createStarts>;

/** Accepts what begins a flow without a message: stored under its own key, and begun in the conversation's turn. */
export function createStarts(
  store: Pick<EngineStore, 'accept' | 'conversationOf'>,
  wake: (id: string, urgent: boolean) => void,
) {
  /** The conversation with this person; null where no provider knows how to reach them. */
  async function conversationWith({ organization, channel, contact }: Place): Promise<string | null> {
    const recipient = recipientOf(contact);
    return recipient && store.conversationOf(organization, channel, contact.id, recipient);
  }

  return {
    conversationWith,

    /** The conversation; null as above. */
    async start(place: Place, { id, ...request }: StartRequest): Promise<string | null> {
      const conversation = await conversationWith(place);
      if (conversation === null) return null;
      const payload = { kind: 'start' as const, ...request, chain: null };
      await store.accept([{ id, organization: place.organization, conversation, payload }]);
      wake(conversation, request.by !== 'schedule');
      return conversation;
    },

    async tell(organization: string, conversation: string, event: { id: string; name: string; data: JsonObject }) {
      const { id, name, data } = event;
      const payload = { kind: 'event' as const, name, data, chain: null };
      await store.accept([{ id, organization, conversation, payload }]);
      wake(conversation, true);
    },
  };
}

/** How a contact that may never have written is reached. */
function recipientOf({ identities, phone }: Contact): Recipient | null {
  // Who changed the number has several; the contact's phone is the one of today
  const ids = identities.flatMap(({ kind, value }) => (kind === 'wa_id' ? value : []));
  const digits = phone?.replace(/^\+/, '');
  const waId = ids.find((value) => value === digits) ?? ids.at(-1) ?? digits;
  if (waId !== undefined) return { kind: 'phone', value: waId };
  const bsuid = identities.find(({ kind }) => kind === 'bsuid')?.value;
  return bsuid === undefined ? null : { kind: 'bsuid', value: bsuid };
}

/** The channel that a flow begins on by itself: the first it names, else the only one there is. Null: nobody can tell. */
export function channelOf({ document }: Pick<LiveFlow, 'document'>, enabled: readonly string[]): string | null {
  const named = document.settings.channels.find((id) => enabled.includes(id));
  if (document.settings.channels.length > 0) return named ?? null;
  return enabled.length === 1 ? (enabled[0] ?? null) : null;
}

import type { MessageRow } from '../storage/messages.ts';
import type { CallState, ConversationDocument, Deed, EventRow, OutboxEntry, SessionState } from './documents.ts';

/**
 * What people and other systems wrote has keys of its own: dots, dollars, `__proto__`. As field names the store would
 * read or refuse them; as JSON text they come back as they were. Only what the engine asks for by name stays a field.
 */
const pack = (value: unknown): string => JSON.stringify(value);
const unpack = (text: unknown): never => (typeof text === 'string' ? JSON.parse(text) : text) as never;

export const packSession = (session: SessionState | null) =>
  session && { ...session, snapshot: { at: session.snapshot.at, memory: pack(session.snapshot.memory) } };

export const packCall = (call: CallState) => ({ ...call, config: pack(call.config) });

export const packEntry = (entry: OutboxEntry) => ({ ...entry, content: pack(entry.content) });

export const packDeed = (deed: Deed) => ({ ...deed, effect: pack(deed.effect) });

/** Documents of earlier releases lack what came later. */
const LATER = { deeds: [], assignee: null, team: null, labels: [], priority: 'none' } as const;

export function unpackDocument(stored: ConversationDocument): ConversationDocument {
  const { session, calls, outbox, deeds = [] } = stored;
  return {
    ...LATER,
    ...stored,
    labels: stored.labels ?? [],
    deeds: deeds.map((deed) => ({ ...deed, effect: unpack(deed.effect) })),
    session: session && {
      ...session,
      chain: session.chain ?? null,
      snapshot: { at: session.snapshot.at, memory: unpack(session.snapshot.memory) },
    },
    calls: calls.map((call) => ({ ...call, config: unpack(call.config) })),
    outbox: Object.fromEntries(
      Object.entries(outbox).map(([key, entry]) => [key, { ...entry, content: unpack(entry.content) }]),
    ),
  };
}

export const packEvent = (row: EventRow): EventRow => ({ ...row, payload: pack(row.payload) as never });
export const unpackEvent = (stored: EventRow): EventRow => ({ ...stored, payload: unpack(stored.payload) });

export const packMessage = (row: MessageRow): MessageRow => ({
  ...row,
  inbound: pack(row.inbound) as never,
  content: pack(row.content) as never,
});
export const unpackMessage = (stored: MessageRow): MessageRow => ({
  ...stored,
  inbound: unpack(stored.inbound),
  content: unpack(stored.content),
});

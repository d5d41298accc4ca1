import { type InboundMessage, inboundMessage } from '@parley/runtime';
import type { ElementOf, InboundElement, Sender } from '../channels/whatsapp/inbound.ts';
import { MAX_DEPTH, nestsDeeper } from '../channels/whatsapp/nesting.ts';
import type { Channel } from '../storage/channel.ts';
import type { ContactStore } from '../storage/contacts.ts';
import { derivedId } from '../storage/ids.ts';
import { type Consequences, withRemedy } from './consequences.ts';
import type { Crashpoint } from './crashpoint.ts';
import type { EventPayload } from './documents.ts';
import { type KeepFiles, withFiles } from './keep-files.ts';
import { identitiesOf, keyOfAll, type Placed, type Placing } from './placing.ts';
import { applyStatuses, keptStatus } from './statuses.ts';
import type { EngineStore, KeptEvent, NewEvent, StatusChange } from './store.ts';

/**
 * Older than our own memory of handled ids reaches: kept, never answered, for it may have been answered before. Only on a
 * channel that was there at the time: nobody can have answered what came before it.
 */
const TOO_OLD = 20 * 24 * 3_600_000; // ms

/** Of what a message brings along: a form's answers, and what stands around them. */
const MAX_MESSAGE_DEPTH = 2 * MAX_DEPTH;

/**
 * Of one message as JSON: ten times what WhatsApp lets anybody write. Its row, which holds the words twice, must fit into
 * a document of 16 MB, or it could never be shown, nor anything behind it.
 */
const MAX_MESSAGE = 1_000_000; // characters

export interface Accepted {
  /** Conversations with something new, to be woken after the provider has its 200. */
  conversations: string[];
  messages: { messageId: string; conversationId: string }[];
}

interface Deps {
  store: EngineStore;
  contacts: Pick<ContactStore, 'recordPreference'>;
  placing: Placing;
  keepFiles: KeepFiles;
  consequences: Consequences;
  /** Told of everything that belongs to no conversation, after it is kept; again with each redelivery. Never throws. */
  hearNews(channel: Channel, elements: ElementOf<'other'>[]): void;
  now: () => Date;
  crashpoint: Crashpoint;
}

/** What one request brings, as it will be stored. */
interface Batch {
  channel: Channel;
  people: Map<string, Promise<Placed>>;
  fresh: NewEvent[];
  kept: KeptEvent[];
  changes: StatusChange[];
  news: ElementOf<'other'>[];
  failures: unknown[];
  messages: Accepted['messages'];
}

export type Accept = ReturnType<typeof createAccept>;

/**
 * Stores what a provider told us, each element under its own key, before the provider gets its 200. A redelivery, alone
 * or inside another batch, changes nothing. Rejects where anything could not be stored: then there is no 200.
 */
export function createAccept(deps: Deps) {
  const { store, contacts, placing, now, crashpoint } = deps;

  return async function accept(channel: Channel, elements: readonly InboundElement[]): Promise<Accepted> {
    const lists = { fresh: [], kept: [], changes: [], news: [], failures: [], messages: [] };
    const batch: Batch = { channel, people: new Map(), ...lists };
    // The neighbours of what could not be placed are stored; the provider sends all of it again
    for (const element of elements) await take(batch, element).catch((error: unknown) => batch.failures.push(error));
    crashpoint('before S1');
    await store.accept(batch.fresh);
    await store.keep(batch.kept);
    crashpoint('after S1');
    if (batch.news.length > 0) deps.hearNews(channel, batch.news);
    let moved: string[] = [];
    if (batch.changes.length > 0) {
      crashpoint('before S16');
      const applied = await applyStatuses(deps, batch.changes);
      await store.keep(applied.unmatched.map((change) => keptStatus(channel.organization, change)));
      moved = applied.conversations;
      crashpoint('after S16');
    }
    if (batch.failures.length > 0) throw batch.failures[0];
    const conversations = batch.fresh.map(({ conversation }) => conversation);
    return { conversations: [...new Set([...conversations, ...moved])], messages: batch.messages };
  };

  async function take(batch: Batch, element: InboundElement): Promise<void> {
    switch (element.kind) {
      case 'message':
        return hearMessage(batch, element);
      case 'edit':
      case 'revoke':
        return hearChange(batch, element);
      case 'echo':
        return hearEcho(batch, element);
      case 'identity':
        return hearIdentity(batch, element);
      case 'preference':
        return hearPreference(batch, element);
      case 'status':
        batch.changes.push(statusChange(batch.channel, element, now()));
        return placing.linkFromStatus(batch.channel, element);
      case 'other':
        batch.news.push(element);
        keep(batch, element.key, element.field, element.problem, element.raw);
    }
  }

  async function hearMessage(batch: Batch, element: ElementOf<'message'>): Promise<void> {
    const { channel } = batch;
    const { providerId, from, speaks, replyTo, forwarded, optOut, sentAt } = element;
    const problem = unplaceable(channel, from, sentAt, 'message');
    if (problem !== null) return keep(batch, providerId, 'messages', problem, element.raw);
    const { conversation } = await placeOf(batch, from, 'inbound');
    const messageId = messageIdOf(channel, providerId);
    const request = { organization: channel.organization, channel, conversation, message: messageId };
    const shown = await withFiles(deps.keepFiles, element.message, { ...request, files: element.files });
    const error = element.error && withRemedy(channel.provider, element.error);
    const told = { messageId, providerId, speaks, name: from.name, replyTo, forwarded, optOut, error };
    const payload = { kind: 'message', ...told, ...shown, sentAt: sentAt?.toISOString() ?? null } as const;
    add(batch, providerId, conversation, payload, element.raw);
    batch.messages.push({ messageId, conversationId: conversation });
  }

  async function hearChange(batch: Batch, element: ElementOf<'edit'> | ElementOf<'revoke'>): Promise<void> {
    const { channel } = batch;
    const { kind, providerId, from, target } = element;
    const problem = unplaceable(channel, from, null, 'change of a message');
    if (problem !== null) return keep(batch, `${kind}:${providerId}`, 'messages', problem, element.raw);
    const { conversation } = await placeOf(batch, from, 'inbound');
    const at = (element.sentAt ?? now()).toISOString();
    const about = { target: messageIdOf(channel, target), targetProviderId: target, at };
    if (element.kind === 'revoke')
      return add(batch, `revoke:${providerId}`, conversation, { kind: 'revoke', ...about });
    const message = messageIdOf(channel, `edit:${providerId}`);
    const request = { organization: channel.organization, channel, conversation, message, files: element.files };
    const shown = await withFiles(deps.keepFiles, element.message, request);
    add(batch, `edit:${providerId}`, conversation, { kind: 'edit', ...about, ...shown }, element.raw);
  }

  async function hearEcho(batch: Batch, element: ElementOf<'echo'>): Promise<void> {
    const { channel } = batch;
    const { providerId, to, sentAt } = element;
    const problem = unplaceable(channel, to, sentAt, 'message from the phone');
    if (problem !== null) return keep(batch, `echo:${providerId}`, 'smb_message_echoes', problem, element.raw);
    const { conversation } = await placeOf(batch, to, 'phone-app');
    const messageId = messageIdOf(channel, providerId);
    const request = {
      organization: channel.organization,
      channel,
      conversation,
      message: messageId,
      direction: 'OUTBOUND' as const,
    };
    const shown = await withFiles(deps.keepFiles, element.message, { ...request, files: element.files });
    const at = sentAt?.toISOString() ?? null;
    const payload = { kind: 'echo', messageId, providerId, ...shown, sentAt: at } as const;
    add(batch, `echo:${providerId}`, conversation, payload, element.raw);
  }

  /** Once: told again later, it would undo what the person did since. */
  async function hearIdentity(batch: Batch, element: ElementOf<'identity'>): Promise<void> {
    const { channel } = batch;
    const { key, notice = null, current } = element;
    if (await store.isKept(`${channel.id}:${key}`)) return;
    const renamed = await placing.rename(channel, element);
    batch.people.clear();
    keep(batch, key, 'identity', typeof renamed === 'string' ? renamed : null, element.raw);
    if (typeof renamed === 'string' || notice === null) return;
    const from = { ...current, groupId: null, name: null, username: null };
    const conversation = await placing.conversationOf(channel, renamed.contact, from);
    add(batch, `notice:${key}`, conversation, noticeOf(messageIdOf(channel, `notice:${key}`), key, notice));
  }

  async function hearPreference(batch: Batch, element: ElementOf<'preference'>): Promise<void> {
    const { channel } = batch;
    const { key, from, marketing, raw } = element;
    const id = `${channel.id}:${key}`;
    const problem = unplaceable(channel, from, null, 'preference');
    if (problem !== null) return keep(batch, key, 'user_preferences', problem, raw);
    if (await store.isKept(id)) return;
    const contact = await placing.contactOf(channel, from, 'whatsapp', false);
    const told = element.at ?? now();
    await contacts.recordPreference(channel.organization, contact, id, { marketing, told });
    keep(batch, key, 'user_preferences', null, raw);
  }

  /** One look-up a batch for everybody who is named in it. */
  async function placeOf({ channel, people }: Batch, from: Sender, source: 'inbound' | 'phone-app'): Promise<Placed> {
    const key = `${source}\n${keyOfAll(identitiesOf(from, channel))}`;
    const find = async (): Promise<Placed> => {
      const contact = await placing.contactOf(channel, from, source, source === 'inbound');
      return { contact, conversation: await placing.conversationOf(channel, contact, from) };
    };
    const found = people.get(key) ?? find();
    people.set(key, found);
    return found;
  }

  /** In words why nobody can be found for it, or why nobody may answer it. */
  function unplaceable(channel: Channel, from: Sender, sentAt: Date | null, what: string): string | null {
    const old = sentAt !== null && sentAt >= channel.createdAt && now().getTime() - sentAt.getTime() > TOO_OLD;
    if (old) return `This ${what} is older than 20 days.`;
    return identitiesOf(from, channel).length === 0 ? `This ${what} names nobody.` : null;
  }
}

/** What no reader behind could bear is kept as it came, and takes no neighbour with it. */
function add(batch: Batch, key: string, conversation: string, payload: EventPayload, raw: unknown = null): void {
  const { channel, fresh } = batch;
  const problem = 'message' in payload ? unbearable(payload.message) : null;
  if (problem !== null) keep(batch, key, 'messages', problem, raw);
  else fresh.push({ id: `${channel.id}:${key}`, organization: channel.organization, conversation, payload });
}

function unbearable({ data, ...words }: InboundMessage): string | null {
  const deep = 'This message nests too deep to be read.';
  try {
    const told = data === null ? '' : JSON.stringify(data);
    if (nestsDeeper(told, MAX_MESSAGE_DEPTH)) return deep;
    const length = told.length + JSON.stringify(words).length;
    return length > MAX_MESSAGE ? `This message is longer than ${MAX_MESSAGE} characters.` : null;
  } catch {
    return deep; // too deep even for that
  }
}

function keep({ channel, kept }: Batch, key: string, field: string, problem: string | null, raw: unknown): void {
  const { id, organization } = channel;
  kept.push({ id: `${id}:${key}`, organization, kind: 'other', field, channel: id, problem, raw });
}

const messageIdOf = ({ id }: Channel, providerId: string): string => derivedId('msg', `${id}:${providerId}`);

/** The provider's own sentence about the person, among their messages. */
const noticeOf = (messageId: string, providerId: string, text: string): EventPayload => ({
  kind: 'message',
  messageId,
  providerId,
  message: inboundMessage({ type: 'other', text }),
  speaks: false,
  notice: true,
  name: null,
  replyTo: null,
  sentAt: null,
});

function statusChange({ id, provider }: Channel, element: ElementOf<'status'>, now: Date): StatusChange {
  const { reference, providerId, status, pricing } = element;
  const error = element.error && withRemedy(provider, element.error);
  return { channel: id, provider, reference, providerId, status, at: element.at ?? now, error, pricing };
}

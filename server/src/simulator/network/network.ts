import { createHash } from 'node:crypto';
import type { Clock } from './clock.ts';
import { createFates } from './fates.ts';
import { fetchLink } from './links.ts';
import type {
  BusinessNumber,
  Chat,
  Failure,
  Media,
  Message,
  MessageExtra,
  Phone,
  Said,
  Status,
  Telling,
  TwilioFacts,
} from './model.ts';
import { digitsOf, noExtra } from './model.ts';
import { createPace } from './pace.ts';
import type { Ids } from './random.ts';
import type { Play, Rule } from './script.ts';

export interface NetworkDeps {
  clock: Clock;
  ids: Ids;
  random: () => number;
  play: Play;
  /** Fetches the files of sent links; null takes every link on trust. */
  fetch: typeof fetch | null;
  tell(number: BusinessNumber, telling: Telling): void;
  /** Something of a chat is not as it was. */
  changed(phone: string, number: string): void;
}

/** What a business sends, as its provider's face has read it. */
export interface Sending {
  said: Said;
  reference: string | null;
  /** As the sender wrote it. */
  sentTo: string;
  twilio?: TwilioFacts;
  status?: Status;
  /** A rule of the script that lets it fail later. */
  rule: Rule | null;
}

export type PhoneNetwork = ReturnType<typeof createPhoneNetwork>;

const WINDOW = 24 * 60 * 60_000; // ms from a customer's last message in which a business may write freely
const TYPING = 25_000; // ms that Meta shows the typing indicator at most

/** What each provider says of the same trouble: outside the window, nobody there, the file could not be had. */
const CODES = {
  meta: { window: 131047, nobody: 131026, media: 131053, other: 131000 },
  twilio: { window: 63016, nobody: 63024, media: 63019, other: 63012 },
} as const;

/** Customers' phones and businesses' numbers, and everything between them. The HTTP faces are thin over it. */
export function createPhoneNetwork({ clock, ids, random, play, fetch, tell, changed }: NetworkDeps) {
  const numbers = new Map<string, BusinessNumber>();
  const phones = new Map<string, Phone>();
  const chats = new Map<string, Chat>();
  const messages = new Map<string, Message>();
  const media = new Map<string, Media>();
  const pace = createPace(clock.now);
  const touched = (message: Message) => changed(message.phone, message.number);
  const fates = createFates<BusinessNumber, Message>({ clock, play, random, tell, changed: touched });

  function chatOf(number: BusinessNumber, phone: string): Chat {
    const key = `${number.id} ${phone}`;
    const known = chats.get(key);
    if (known) return known;
    const nothing = { heardAt: null, unread: 0, typingUntil: null, joined: false, optedOut: false, paceFull: null };
    const made: Chat = { number: number.id, phone, messages: [], ...nothing };
    chats.set(key, made);
    return made;
  }

  function keepMessage(chat: Chat, message: Message) {
    messages.set(message.id, message);
    if (message.kind !== 'reaction') chat.messages.push(message);
    changed(chat.phone, chat.number);
  }

  const windowOpen = (chat: Chat) => chat.heardAt !== null && clock.now().getTime() - chat.heardAt.getTime() < WINDOW;

  /** Null: it will arrive. */
  function troubleWith(number: BusinessNumber, chat: Chat, { said, rule }: Sending): Failure | null {
    const codes = CODES[number.provider];
    if (rule?.then === 'later-status') return { code: rule.code ?? codes.other, details: null };
    if (!phones.has(chat.phone)) return { code: codes.nobody, details: null };
    if (said.kind !== 'template' && !windowOpen(chat)) return { code: codes.window, details: null };
    return null;
  }

  async function goOut(number: BusinessNumber, message: Message) {
    if (message.media && 'link' in message.media && fetch) {
      const { link, filename } = message.media;
      const got = await fetchLink(fetch, link);
      if ('trouble' in got)
        return fates.fail(number, message, { code: CODES[number.provider].media, details: got.trouble });
      message.media = keepMedia(number, { ...got, filename: filename ?? got.filename });
      if (message.twilio) message.twilio.mediaIds = [message.media.id];
      touched(message);
    }
    fates.arrive(number, message);
  }

  function keepMedia(number: BusinessNumber, file: Pick<Media, 'bytes' | 'contentType' | 'filename'>): Media {
    const id = number.provider === 'meta' ? ids.digits(16) : ids.sid('ME');
    const kept = { id, account: number.account.id, at: clock.now(), ...file };
    media.set(id, kept);
    return kept;
  }

  function react(from: Message['from'], target: string, emoji: string) {
    const message = messages.get(target);
    if (!message) return;
    message.reactions = message.reactions.filter((one) => one.from !== from);
    if (emoji !== '') message.reactions.push({ from, emoji });
    touched(message);
  }

  const nextId = (number: BusinessNumber, phone: string, from: Message['from'], hasMedia: boolean) =>
    number.provider === 'meta' ? ids.wamid(digitsOf(phone), from) : ids.sid(hasMedia ? 'MM' : 'SM');

  return {
    clock,
    ids,
    play,
    numbers,
    phones,
    messages,
    media,
    chatOf,
    windowOpen,
    keepMedia,
    react,
    tell,
    touched,
    chats: () => [...chats.values()],
    /** Null, or which limit the number has reached. Counts the message. */
    pace: pace.take,

    /** A message of the business that its provider has accepted; how it fares is told later. */
    send: (number: BusinessNumber, phone: string, sending: Sending): Message => {
      const { said, reference, sentTo, twilio = null, status = 'accepted' } = sending;
      const chat = chatOf(number, phone);
      const message: Message = {
        ...said,
        id: nextId(number, phone, 'business', said.media !== null),
        number: number.id,
        phone,
        from: 'business',
        at: clock.now(),
        status,
        failure: null,
        reactions: [],
        revoked: false,
        edited: false,
        reference,
        sentTo,
        twilio,
      };
      keepMessage(chat, message);
      const leave = () => {
        if (message.status === 'canceled') return;
        const trouble = troubleWith(number, chat, sending);
        chat.typingUntil = null;
        if (trouble) return fates.fail(number, message, trouble);
        if (message.kind !== 'reaction') chat.unread += 1;
        changed(phone, number.id);
        void goOut(number, message);
      };
      if (status === 'scheduled' && twilio?.sendAt) clock.at(twilio.sendAt, leave);
      else leave();
      return message;
    },

    /** A message of a customer; the number's owner hears of it unless `silent`. */
    write: (number: BusinessNumber, phone: string, said: Said, extra: Partial<MessageExtra> = {}, silent = false) => {
      const chat = chatOf(number, phone);
      const message: Message = {
        ...said,
        id: nextId(number, phone, 'customer', said.media !== null),
        number: number.id,
        phone,
        from: 'customer',
        at: clock.now(),
        status: 'delivered',
        failure: null,
        reactions: [],
        revoked: false,
        edited: false,
        reference: null,
        sentTo: number.address,
        twilio: null,
      };
      keepMessage(chat, message);
      chat.heardAt = clock.now();
      if (!silent) tell(number, { kind: 'message', message, extra: { ...noExtra(), ...extra } });
      return message;
    },

    /** The business has read a message of the customer, and maybe writes an answer. */
    markRead: (message: Message, typing: boolean) => {
      const number = numbers.get(message.number);
      if (!number) return;
      const chat = chatOf(number, message.phone);
      for (const one of chat.messages) if (one.from === 'customer' && one.at <= message.at) one.status = 'read';
      if (typing) {
        chat.typingUntil = new Date(clock.now().getTime() + TYPING);
        clock.later(TYPING, () => changed(chat.phone, chat.number));
      }
      touched(message);
    },

    /** The customer opens the chat. */
    open: (number: BusinessNumber, phone: string) => {
      const chat = chatOf(number, phone);
      chat.unread = 0;
      for (const message of chat.messages) if (message.from === 'business') fates.readBy(number, message);
      changed(phone, number.id);
    },

    clear: () => {
      numbers.clear();
      phones.clear();
      chats.clear();
      messages.clear();
      media.clear();
      pace.clear();
      clock.clear();
    },
  };
}

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes);

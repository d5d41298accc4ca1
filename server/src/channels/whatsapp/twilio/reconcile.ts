import type { Twilio } from 'twilio';
import type { ElementOf } from '../inbound.ts';
import type { Form } from './form.ts';
import { parseTwilio } from './parse.ts';

const PAGE = 200; // messages; Twilio gives 1,000 at most
const MOST = 5_000; // messages of one look: a day of a busy number
const MOST_FILES = 10; // of one message, as many as Twilio takes
/** A webhook may be on its way still, and it tells more: the list knows of a button its words only. Twilio waits 15 s for an answer. */
const TOO_YOUNG = 60_000; // ms
/** Nobody wants a bot's answer to yesterday's "hi"; WhatsApp's window for free answers has closed by then too. */
const TOO_OLD_TO_ANSWER = 24 * 3_600_000; // ms

export interface Question {
  client: Twilio;
  /** Where Twilio answers; the addresses of files stand on it. */
  apiUrl: string;
  /** Our number, E.164. */
  address: string;
  since: Date;
  now: Date;
  /** Whether a message is there already, by Twilio's id of it. */
  isKnown(sid: string): Promise<boolean>;
}

export interface Found {
  /** Oldest first, each with the time that Twilio tells; those beyond a day speak to no flow. */
  messages: ElementOf<'message'>[];
  /** False where there were more than one look takes: the oldest of them are missing. */
  whole: boolean;
  /** Some are not told of and still too young to be taken: ask again in a minute. */
  awaited: boolean;
}

type Listed = Awaited<ReturnType<Twilio['messages']['list']>>[number];

/**
 * Lists what people wrote to a number and no webhook has told of within a minute. The list knows less than the webhook: neither names nor
 * places, and of a button its words only. Throws the client's errors. Source: Twilio, "Messages resource", read multiple.
 */
export async function findMissed({ client, apiUrl, address, since, now, isKnown }: Question): Promise<Found> {
  const to = `whatsapp:${address}`;
  const listed = await client.messages.list({ to, dateSentAfter: since, pageSize: PAGE, limit: MOST });
  const inbound = listed.filter((one) => one.direction === 'inbound' && one.to === to);
  const timed = inbound.map((one) => {
    const sentAt = timeOf(one);
    const isYoung = sentAt !== null && now.getTime() - sentAt.getTime() < TOO_YOUNG;
    return { one, sentAt: sentAt ?? now, isYoung };
  });
  timed.sort((left, right) => left.sentAt.getTime() - right.sentAt.getTime());
  const messages: Found['messages'] = [];
  let awaited = false;
  for (const { one, sentAt, isYoung } of timed) {
    if (await isKnown(one.sid)) continue;
    if (isYoung) {
      awaited = true;
      continue;
    }
    const element = parseTwilio({ ...formOf(one), ...(await filesOf(client, one, apiUrl)) });
    if (element.kind !== 'message') continue;
    const isFresh = now.getTime() - sentAt.getTime() <= TOO_OLD_TO_ANSWER;
    messages.push({ ...element, sentAt, speaks: element.speaks && isFresh });
  }
  return { messages, whole: listed.length < MOST, awaited };
}

/** As a webhook would have told it. What has neither words nor files is a place or a form, of which the list tells nothing. */
const formOf = ({ sid, from, to, body, accountSid, numMedia }: Listed): Form => ({
  MessageSid: sid,
  From: from ?? '',
  To: to ?? '',
  Body: body ?? '',
  AccountSid: accountSid,
  NumMedia: numMedia ?? '0',
  ...(!body && !hasFiles(numMedia) && { MessageType: 'untold' }),
});

async function filesOf(client: Twilio, { sid, numMedia }: Listed, apiUrl: string): Promise<Form> {
  if (!hasFiles(numMedia)) return {};
  const files = await client.messages(sid).media.list({ limit: MOST_FILES }).catch(noneIfGone);
  const fields = files.flatMap(({ uri, contentType }, index) => [
    [`MediaUrl${index}`, apiUrl.replace(/\/$/, '') + uri.replace(/\.json$/, '')],
    [`MediaContentType${index}`, contentType],
  ]);
  return Object.fromEntries(fields);
}

/** Somebody has deleted the files meanwhile: the words are still worth having. */
function noneIfGone(error: unknown): [] {
  if (error instanceof Error && 'status' in error && error.status === 404) return [];
  throw error;
}

const hasFiles = (numMedia: string | null): boolean => Number(numMedia ?? 0) > 0;

/** A date that is none comes as "Invalid Date". */
const timeOf = ({ dateSent, dateCreated }: Listed): Date | null =>
  [dateSent, dateCreated].find((date) => date instanceof Date && !Number.isNaN(date.getTime())) ?? null;

import { type InboundMessage, type InboundType, inboundMessage, isObject, type JsonObject } from '@parley/runtime';
import type { ElementOf, InboundFile } from '../inbound.ts';
import { type Form, paramOf, parseJson } from './form.ts';

/** A parameter of the webhook by its name, null where there is none. */
export type Read = (name: string) => string | null;

export type Content = Pick<ElementOf<'message'>, 'message' | 'files' | 'speaks' | 'error'>;

/** What Twilio calls the types; a map, not an object: a type may be called `constructor`. */
const MEDIA = new Map<string | null, InboundType>([
  ['image', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
  ['voice', 'audio'],
  ['document', 'document'],
  ['sticker', 'sticker'],
  ['contacts', 'contacts'],
]);

/** Types that answer nothing: they are kept and shown, and no flow hears them. */
const SILENT = new Set(['reaction', 'system', 'unsupported', 'unknown', 'edit', 'revoke', 'ephemeral']);

/** What the person sent. `MessageType` is on no page of Twilio's and on every recording since 2024: what is there decides. */
export function contentOf(form: Form, read: Read): Content {
  const files = filesOf(form, read);
  const type = read('MessageType')?.toLowerCase() ?? null;
  const said = spoken(files);
  const reply = replyOf(read);
  if (reply) return said(reply);
  if (files.length > 0 || MEDIA.has(type)) return mediaOf(type, files, read);
  const location = locationOf(read);
  if (type === 'location' || location) {
    const text = location?.name ?? location?.address ?? null;
    return said(inboundMessage({ type: 'location', text, location }));
  }
  const text = read('Body');
  if (type !== null && SILENT.has(type)) {
    const silent = type === 'reaction' ? 'reaction' : 'other';
    return { ...said(inboundMessage({ type: silent, text, data: { type } })), speaks: false };
  }
  if (type === 'order') return said(inboundMessage({ type, text }));
  // Whatever it is called, what a person wrote is a text
  const isText = text !== null || type === null || type === 'text';
  return said(
    isText ? inboundMessage({ type: 'text', text: text ?? '' }) : inboundMessage({ type: 'other', data: { type } }),
  );
}

const spoken =
  (files: InboundFile[]) =>
  (message: InboundMessage): Content => ({ message, files, speaks: true, error: null });

/** The row of a list, a button, or what was filled in; lists have been told by each of the three names. */
function replyOf(read: Read): InboundMessage | null {
  const body = read('Body');
  const [listId, listTitle] = [read('ListId'), read('ListTitle')];
  if (listId ?? listTitle) return { ...button(listTitle ?? body, listId ?? listTitle), data: { type: 'list_reply' } };
  const [payload, text] = [read('ButtonPayload'), read('ButtonText')];
  if (payload ?? text) return button(text ?? body, payload ?? text);
  const [interactive, flow] = [read('InteractiveData'), read('FlowData')];
  if (interactive === null && flow === null) return null;
  return interactiveOf(interactive, flow, body);
}

const button = (text: string | null, payload: string | null): InboundMessage =>
  inboundMessage({ type: 'button', text, payload });

function interactiveOf(interactive: string | null, flow: string | null, body: string | null): InboundMessage {
  const told = parseJson(interactive);
  const parts = isObject(told) ? [told.list_reply, told.button_reply].filter(isObject) : [];
  for (const { id, title } of parts) {
    if (typeof id === 'string' && id !== '') return button(typeof title === 'string' ? title : body, id);
  }
  const nfm = isObject(told) && isObject(told.nfm_reply) ? told.nfm_reply : null;
  const answers = nfm ? answersOf(nfm.response_json) : answersOf(told ?? interactive);
  const name = typeof nfm?.name === 'string' ? nfm.name : null;
  const data: JsonObject = { name, answers, ...(flow !== null && { flow: answersOf(parseJson(flow) ?? flow) }) };
  return inboundMessage({ type: 'form', text: body, data });
}

/** The answers of a form by their names; what is no object is the one `value`. */
function answersOf(given: unknown): JsonObject {
  const value = typeof given === 'string' ? (parseJson(given) ?? given) : given;
  if (isObject(value)) return value as JsonObject;
  return value === null || value === undefined ? {} : { value: value as string };
}

const MAX_FILES = 30; // Twilio sends ten at most; a recording never more than one

/** `MediaUrl0`, `MediaUrl1`, ... as far as they go: `NumMedia` is absent or wrong in some samples. */
function filesOf(form: Form, read: Read): InboundFile[] {
  const files: InboundFile[] = [];
  for (let index = 0; index < MAX_FILES; index += 1) {
    const url = paramOf(form, `MediaUrl${index}`);
    if (url === null) continue;
    const contentType = paramOf(form, `MediaContentType${index}`);
    files.push({
      id: null,
      url,
      contentType,
      filename: null,
      sha256: null,
      voice: read('MessageType') === 'voice' || /^audio\/ogg\b/i.test(contentType ?? ''), // the only format WhatsApp records in
      animated: false,
    });
  }
  return files;
}

function mediaOf(messageType: string | null, [first, ...others]: InboundFile[], read: Read): Content {
  const type = MEDIA.get(messageType) ?? typeOf(first?.contentType ?? null);
  const caption = read('Body');
  const filename = type === 'document' ? filenameOf(caption) : null;
  const media = first && {
    id: null,
    url: first.url,
    contentType: first.contentType,
    filename,
    caption,
  };
  const files = first ? [{ ...first, filename }, ...others] : [];
  const reason = 'Twilio told of a file and gave no address of it.';
  return {
    message: inboundMessage({ type, text: caption, media: media ?? null }),
    files,
    speaks: true,
    error: media || Number(read('NumMedia') ?? 0) === 0 ? null : { code: 'media_missing', reason },
  };
}

/** By what the file is: WhatsApp's stickers are WebP, and its pictures never. */
function typeOf(contentType: string | null): InboundType {
  const bare = contentType?.toLowerCase().split(';', 1)[0]?.trim() ?? '';
  if (bare === 'image/webp') return 'sticker';
  if (/^text\/(x-)?vcard$/.test(bare)) return 'contacts';
  return MEDIA.get(/^(image|video|audio)\//.exec(bare)?.[1] ?? null) ?? 'document';
}

/** Twilio writes a document's name where a caption stands. */
const filenameOf = (body: string | null): string | null =>
  body !== null && /^[^\n\r/\\]{1,200}\.[A-Za-z0-9]{1,8}$/.test(body) ? body : null;

function locationOf(read: Read): InboundMessage['location'] {
  const [latitude, longitude] = [coordinate(read('Latitude'), 90), coordinate(read('Longitude'), 180)];
  if (latitude === null || longitude === null) return null;
  return { latitude, longitude, name: read('Label'), address: read('Address') };
}

/** Degrees; null for what is none on earth. */
function coordinate(text: string | null, limit: number): number | null {
  const degrees = Number(text?.trim() || Number.NaN);
  return Math.abs(degrees) <= limit ? degrees : null;
}

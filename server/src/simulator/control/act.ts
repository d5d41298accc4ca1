import { fetchLink } from '../network/links.ts';
import type { BusinessNumber, Kind, Message, MessageExtra, Said } from '../network/model.ts';
import { nothingSaid } from '../network/model.ts';
import type { PhoneNetwork } from '../network/network.ts';
import { NotPossible } from '../network/numbers.ts';
import type { CustomerAct } from './shapes.ts';

const KINDS: Partial<Record<CustomerAct['type'], Kind>> = {
  voice: 'audio',
  button: 'interactive',
  list: 'interactive',
  flow: 'interactive',
};
const OPT_OUTS: Record<string, 'STOP' | 'START' | 'HELP'> = {
  stop: 'STOP',
  stopall: 'STOP',
  unsubscribe: 'STOP',
  cancel: 'STOP',
  end: 'STOP',
  quit: 'STOP',
  start: 'START',
  unstop: 'START',
  help: 'HELP',
  info: 'HELP',
};

/** Does what the customer did. Gives the message's id, and whether the number's owner is told of it. Throws NotPossible. */
export async function act(
  network: PhoneNetwork,
  number: BusinessNumber,
  phone: string,
  what: CustomerAct,
  fetch: typeof globalThis.fetch,
) {
  switch (what.type) {
    case 'reaction':
      return react(network, number, phone, what);
    case 'edit':
    case 'revoke':
      return change(network, number, phone, what);
    default: {
      const said = await saidBy(network, number, phone, what, fetch);
      const extra = extraOf(network, number, phone, what);
      const joining = sandboxAct(network, number, phone, said.text);
      const optOut = optOutAct(network, number, phone, said.text);
      const silent = joining || (number.provider === 'twilio' && TWILIO_LACKS.has(what.type));
      const message = network.write(number, phone, said, { ...extra, optOut }, silent);
      return { id: message.id, told: !silent };
    }
  }
}

/** What Twilio is not known to hand on: it is seen on the phone, and the business never hears of it. */
const TWILIO_LACKS = new Set<string>(['order']);

async function saidBy(
  network: PhoneNetwork,
  number: BusinessNumber,
  phone: string,
  what: CustomerAct,
  fetch: typeof globalThis.fetch,
): Promise<Said> {
  const kind: Kind = KINDS[what.type] ?? (what.type as Kind);
  const pressed = what.type === 'button' || what.type === 'list' ? pressedOn(network, number, phone, what) : null;
  const place = what.location && { name: null, address: null, ...what.location };
  return {
    ...nothingSaid(),
    kind,
    text: pressed?.title ?? what.text ?? (what.type === 'flow' ? 'Form sent' : null),
    voice: what.type === 'voice',
    media: what.media ? await fileOf(network, number, what.media, what.type, fetch) : null,
    location: place ?? null,
    contacts: what.contacts ?? null,
    replyTo: what.replyTo ?? pressed?.on ?? null,
  };
}

const USUAL: Record<string, string> = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/mpeg',
  voice: 'audio/ogg; codecs=opus',
  document: 'application/pdf',
  sticker: 'image/webp',
};

async function fileOf(
  network: PhoneNetwork,
  number: BusinessNumber,
  media: NonNullable<CustomerAct['media']>,
  type: string,
  fetch: typeof globalThis.fetch,
) {
  const { dataBase64, url, contentType, filename = null } = media;
  if (dataBase64 !== undefined) {
    const bytes = Buffer.from(dataBase64, 'base64');
    return network.keepMedia(number, {
      bytes,
      contentType: contentType ?? USUAL[type] ?? 'application/octet-stream',
      filename,
    });
  }
  if (url === undefined) throw new NotPossible('media needs dataBase64 or url.');
  const got = await fetchLink(fetch, url);
  if ('trouble' in got) throw new NotPossible(`media.url: ${got.trouble}`);
  return network.keepMedia(number, {
    ...got,
    contentType: contentType ?? got.contentType,
    filename: filename ?? got.filename,
  });
}

interface Pressed {
  title: string;
  description: string | null;
  /** The message that the button or the row stands on. */
  on: string | null;
  ofTemplate: boolean;
}

/** The newest message that has what was pressed; a press that is on none stands for one of long ago. */
function pressedOn(
  network: PhoneNetwork,
  number: BusinessNumber,
  phone: string,
  { id, title, description, replyTo }: CustomerAct,
): Pressed {
  const shown = network.chatOf(number, phone).messages.filter((one) => one.from === 'business' && one.interactive);
  const candidates = replyTo === undefined ? shown : shown.filter((one) => one.id === replyTo);
  for (const message of candidates.reverse()) {
    const found = choicesOf(message).find((one) => one.id === id && (title === undefined || one.title === title));
    if (found)
      return {
        title: found.title,
        description: found.description,
        on: message.id,
        ofTemplate: message.kind === 'template',
      };
  }
  return { title: title ?? id ?? '', description: description ?? null, on: replyTo ?? null, ofTemplate: false };
}

function choicesOf({ interactive }: Message) {
  if (!interactive) return [];
  const buttons = [...interactive.buttons, ...interactive.cards.flatMap((card) => card.buttons)];
  return [
    ...buttons.map((one) => ({ ...one, description: null })),
    ...interactive.sections.flatMap(({ rows }) => rows),
  ];
}

function extraOf(
  network: PhoneNetwork,
  number: BusinessNumber,
  phone: string,
  what: CustomerAct,
): Partial<MessageExtra> {
  const id = what.id ?? '';
  const referral = what.referral ?? null;
  if (what.type === 'order') return { referral, order: what.order ?? {} };
  if (what.type === 'flow') return { referral, answer: { type: 'flow', answers: what.answers ?? {}, name: 'flow' } };
  if (what.type !== 'button' && what.type !== 'list') return { referral };
  const { title, description, ofTemplate } = pressedOn(network, number, phone, what);
  if (what.type === 'list') return { referral, answer: { type: 'list', id, title, description } };
  return { referral, answer: { type: 'button', id, title, ofTemplate } };
}

function react(network: PhoneNetwork, number: BusinessNumber, phone: string, { target = '', emoji = '' }: CustomerAct) {
  const message = messageIn(network, number, phone, target);
  network.react('customer', message.id, emoji);
  const silent = number.provider === 'twilio';
  const said: Said = { ...nothingSaid(), kind: 'reaction', text: emoji, replyTo: target };
  const written = network.write(number, phone, said, { reaction: { target, emoji } }, silent);
  return { id: written.id, told: !silent };
}

function change(
  network: PhoneNetwork,
  number: BusinessNumber,
  phone: string,
  { type, target = '', text = '' }: CustomerAct,
) {
  const message = messageIn(network, number, phone, target);
  if (message.from !== 'customer') throw new NotPossible('target: a customer can change only what the customer wrote.');
  if (type === 'edit') Object.assign(message, { text, edited: true });
  else message.revoked = true;
  const id = number.provider === 'meta' ? network.ids.wamid(phone.slice(1), 'customer') : network.ids.sid('SM');
  const notice: Message = { ...message, id, at: network.clock.now(), reactions: [] };
  const told = number.provider === 'meta';
  if (told && type === 'edit') network.tell(number, { kind: 'edit', message: notice, target, text });
  if (told && type === 'revoke') network.tell(number, { kind: 'revoke', message: notice, target });
  network.touched(message);
  return { id, told };
}

function messageIn(network: PhoneNetwork, number: BusinessNumber, phone: string, id: string): Message {
  const message = network.messages.get(id);
  if (!message || message.number !== number.id || message.phone !== phone)
    throw new NotPossible(`target: there is no message ${id} in this chat.`);
  return message;
}

/** A sandbox is joined by words that its owner never hears. */
function sandboxAct(network: PhoneNetwork, number: BusinessNumber, phone: string, text: string | null): boolean {
  if (number.provider !== 'twilio' || number.sandboxCode === null) return false;
  if (text?.trim().toLowerCase() !== `join ${number.sandboxCode.toLowerCase()}`) return false;
  network.chatOf(number, phone).joined = true;
  return true;
}

function optOutAct(network: PhoneNetwork, number: BusinessNumber, phone: string, text: string | null) {
  if (number.provider !== 'twilio' || number.serviceSid === null || !number.optOutHandled) return null;
  const word = OPT_OUTS[text?.trim().toLowerCase() ?? ''] ?? null;
  if (word === 'STOP' || word === 'START') network.chatOf(number, phone).optedOut = word === 'STOP';
  return word;
}

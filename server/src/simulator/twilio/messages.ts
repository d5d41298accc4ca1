import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Message, Said, TwilioAccount, TwilioFacts, TwilioNumber } from '../network/model.ts';
import { digitsOf, nothingSaid } from '../network/model.ts';
import { accountOf, numbersOf } from './authority.ts';
import { notFound, TwilioError } from './errors.ts';
import type { TwilioOptions } from './options.ts';
import { oldList, type PageQuery } from './paging.ts';
import { sayContent } from './say.ts';
import { mediaIdsOf, showMessage } from './shapes.ts';

const BODY = 1_600; // characters
const MEDIA = 10; // of an SMS; WhatsApp shows one

type Params = { account: string; sid: string };
type Form = Record<string, string | string[] | undefined>;
type OfAccount = FastifyRequest<{ Params: Params; Body: Form | null; Querystring: PageQuery & Record<string, string> }>;

const BASE = '/2010-04-01/Accounts/:account/Messages';

/** The Messages resource. Source: Twilio, Messages resource. */
export const messageRoutes: FastifyPluginAsync<TwilioOptions> = async (app, { network }) => {
  const accountAt = (request: OfAccount) => accountOf(network, request, request.params.account);

  app.post(`${BASE}.json`, async (request: OfAccount, reply) => {
    const account = accountAt(request);
    const form = request.body ?? {};
    const { number, serviceSid } = senderOf(account, form);
    const phone = recipientOf(form);
    const { said, contentSid, needsWindow } = saidBy(account, form);
    const chat = network.chatOf(number, phone);
    if (number.sandboxCode !== null && !chat.joined) throw new TwilioError(63015);
    if (chat.optedOut) throw new TwilioError(21610);
    if (network.pace(number, chat)) throw new TwilioError(63018);
    const sendAt = scheduleOf(form, serviceSid);
    const twilio: TwilioFacts = {
      statusCallback: word(form.StatusCallback) ?? null,
      serviceSid,
      contentSid,
      sendAt,
      updatedAt: network.clock.now(),
      mediaIds: [],
    };
    const status = sendAt ? 'scheduled' : serviceSid === null ? 'queued' : 'accepted';
    // An approved template is what may be sent at any time
    const content = needsWindow ? said : { ...said, kind: 'template' as const };
    const sending = { said: content, reference: null, sentTo: phone, twilio, status, rule: request.rule } as const;
    const message = network.send(number, phone, sending);
    return reply.code(201).send({ ...showMessage(message, number), status });
  });

  app.get(`${BASE}.json`, async (request: OfAccount) => {
    const account = accountAt(request);
    const { To, From, ...query } = request.query;
    const all = numbersOf(network, account).flatMap((number) =>
      messagesOf(number).map((message) => showMessage(message, number)),
    );
    const fitting = all
      .filter((one) => (To === undefined || one.to === To) && (From === undefined || one.from === From))
      .filter((one) => inTime(new Date(one.date_sent ?? one.date_created), query));
    fitting.sort((left, right) => Date.parse(right.date_created) - Date.parse(left.date_created));
    return oldList(request.url.split('?', 1)[0] ?? '', 'messages', fitting, request.query);
  });

  app.get(`${BASE}/:sid.json`, async (request: OfAccount) => {
    const { message, number } = messageAt(request);
    return showMessage(message, number);
  });

  app.post(`${BASE}/:sid.json`, async (request: OfAccount) => {
    const { message, number } = messageAt(request);
    const { Body, Status } = request.body ?? {};
    if (Status !== undefined) {
      if (Status !== 'canceled' || message.status !== 'scheduled')
        throw new TwilioError(30409, 'Only a scheduled message can be canceled.', { status: 409 });
      message.status = 'canceled';
    }
    if (Body !== undefined) {
      if (Body !== '') throw new TwilioError(20001, 'Body can only be made empty.');
      message.text = '';
    }
    if (message.twilio) message.twilio.updatedAt = network.clock.now();
    network.touched(message);
    return showMessage(message, number);
  });

  app.delete(`${BASE}/:sid.json`, async (request: OfAccount, reply) => {
    const { message, number } = messageAt(request);
    network.messages.delete(message.id);
    const chat = network.chatOf(number, message.phone);
    chat.messages = chat.messages.filter((one) => one !== message);
    return reply.code(204).send();
  });

  type OfMedia = FastifyRequest<{ Params: Params & { media: string } }>;

  app.get(`${BASE}/:sid/Media.json`, async (request: OfAccount) => {
    const { message, number } = messageAt(request);
    const path = request.url.split('?', 1)[0] ?? '';
    return oldList(
      path,
      'media_list',
      mediaIdsOf(message).map((id) => showMedia(id, message, number)),
      request.query,
    );
  });
  app.get(`${BASE}/:sid/Media/:media`, async (request: OfMedia, reply) => {
    const { message, number } = messageAt(request);
    const id = request.params.media.replace(/\.json$/, '');
    if (!mediaIdsOf(message).includes(id) || !network.media.has(id)) throw notFound(request.url);
    if (id !== request.params.media) return showMedia(id, message, number);
    return reply.code(307).header('location', `/twilio-storage/${number.account.id}/${id}`).send();
  });
  app.delete(`${BASE}/:sid/Media/:media`, async (request: OfMedia, reply) => {
    const { message } = messageAt(request);
    const id = request.params.media.replace(/\.json$/, '');
    if (!mediaIdsOf(message).includes(id) || !network.media.delete(id)) throw notFound(request.url);
    message.media = null;
    if (message.twilio) message.twilio.mediaIds = [];
    return reply.code(204).send();
  });

  function showMedia(id: string, message: Message, number: TwilioNumber) {
    const uri = `/2010-04-01/Accounts/${number.account.id}/Messages/${message.id}/Media/${id}.json`;
    const at = message.at.toUTCString().replace('GMT', '+0000');
    const content_type = network.media.get(id)?.contentType ?? null;
    return {
      sid: id,
      account_sid: number.account.id,
      parent_sid: message.id,
      content_type,
      date_created: at,
      date_updated: at,
      uri,
    };
  }

  function messagesOf(number: TwilioNumber): Message[] {
    return [...network.messages.values()].filter((one) => one.number === number.id && one.kind !== 'reaction');
  }

  function messageAt(request: FastifyRequest<{ Params: Params }>): { message: Message; number: TwilioNumber } {
    const account = accountOf(network, request, request.params.account);
    const message = network.messages.get(request.params.sid);
    const number = numbersOf(network, account).find(({ id }) => id === message?.number);
    if (!message || !number) throw notFound(request.url);
    return { message, number };
  }

  function senderOf(account: TwilioAccount, form: Form): { number: TwilioNumber; serviceSid: string | null } {
    const own = numbersOf(network, account);
    const service = word(form.MessagingServiceSid);
    const from = word(form.From);
    if (service !== undefined) {
      const inside = own.filter(({ serviceSid }) => serviceSid === service);
      const number = inside.find(({ address }) => from === undefined || from === `whatsapp:${address}`);
      if (inside.length === 0) throw new TwilioError(21705);
      if (!number) throw new TwilioError(21703);
      return { number, serviceSid: service };
    }
    if (from === undefined) throw new TwilioError(21603);
    const number = own.find(({ address }) => from === `whatsapp:${address}`);
    if (number) return { number, serviceSid: null };
    throw new TwilioError(from.startsWith('whatsapp:') ? 63007 : 21606);
  }

  function recipientOf(form: Form): string {
    const to = word(form.To);
    if (to === undefined || to === '') throw new TwilioError(21604);
    if (!to.startsWith('whatsapp:')) throw new TwilioError(21910);
    const given = to.slice('whatsapp:'.length);
    const person = [...network.phones.values()].find(({ bsuid }) => bsuid === given);
    if (person) return person.phone;
    const digits = digitsOf(given);
    if (!given.startsWith('+') || digits.length < 7 || digits.length > 15)
      throw new TwilioError(21211, `The 'To' number ${to} is not a valid phone number.`);
    return `+${digits}`;
  }

  function saidBy(account: TwilioAccount, form: Form): { said: Said; contentSid: string | null; needsWindow: boolean } {
    const sid = word(form.ContentSid);
    if (sid !== undefined) {
      const content = account.contents.find((one) => one.sid === sid);
      if (!content) throw new TwilioError(21655);
      const said = sayContent(content, word(form.ContentVariables));
      const approved = content.approval?.status === 'approved';
      if (content.approval?.status === 'paused') throw new TwilioError(63041);
      // Twilio, 63016: these two cannot open a conversation, approved or not
      const sessionOnly = 'twilio/list-picker' in content.types || 'twilio/location' in content.types;
      return { said, contentSid: sid, needsWindow: !approved || sessionOnly };
    }
    const text = word(form.Body) ?? '';
    const links = [form.MediaUrl ?? []].flat();
    const place = word(form.PersistentAction);
    if (text === '' && links.length === 0 && place === undefined) throw new TwilioError(21602);
    if (text.length > BODY) throw new TwilioError(21617);
    if (links.length > MEDIA) throw new TwilioError(21623);
    for (const link of links)
      if (!/^https?:\/\/[^\s/]+/.test(link)) throw new TwilioError(21620, `Invalid media URL(s): ${link}`);
    const [link] = links;
    const location = place === undefined ? null : placeOf(place, text);
    const kind = location ? 'location' : link === undefined ? 'text' : kindOf(link);
    const media = link === undefined ? null : { link, filename: null };
    return { said: { ...nothingSaid(), kind, text, media, location }, contentSid: null, needsWindow: true };
  }

  function scheduleOf(form: Form, serviceSid: string | null): Date | null {
    if (form.ScheduleType === undefined && form.SendAt === undefined) return null;
    if (serviceSid === null) throw new TwilioError(35118);
    const at = new Date(word(form.SendAt) ?? '');
    if (Number.isNaN(at.getTime())) throw new TwilioError(20001, 'SendAt has to be an ISO 8601 time.');
    if (at <= network.clock.now()) throw new TwilioError(35111);
    return at;
  }
};

const word = (value: Form[string]): string | undefined => (Array.isArray(value) ? value[0] : value);

const ENDINGS: [RegExp, Said['kind']][] = [
  [/\.(jpe?g|png|gif)$/i, 'image'],
  [/\.webp$/i, 'sticker'],
  [/\.(mp4|3gp|mov)$/i, 'video'],
  [/\.(ogg|opus|mp3|aac|amr|m4a)$/i, 'audio'],
  [/\.(pdf|docx?|xlsx?|pptx?|txt|vcf)$/i, 'document'],
];

/** By the address; Twilio itself looks at the file. */
function kindOf(link: string): Said['kind'] {
  const path = link.split(/[?#]/, 1)[0] ?? '';
  return ENDINGS.find(([ending]) => ending.test(path))?.[1] ?? 'image';
}

function placeOf(given: string, text: string) {
  const found = /^geo:(-?[\d.]+),(-?[\d.]+)(?:\|(.*))?$/.exec(given);
  if (!found) throw new TwilioError(20001, 'PersistentAction has to be written as geo:<latitude>,<longitude>|<label>.');
  return { latitude: Number(found[1]), longitude: Number(found[2]), name: text || null, address: found[3] ?? null };
}

/** `DateSent` is a day, or with `<` and `>` a bound. */
function inTime(at: Date, query: Record<string, string>): boolean {
  const day = query.DateSent;
  if (day !== undefined && !sameDay(at, day)) return false;
  const before = query['DateSent<'];
  const after = query['DateSent>'];
  // A day as the upper bound includes that day
  if (before !== undefined && at.getTime() > new Date(before).getTime() + (before.length === 10 ? 86_399_999 : 0))
    return false;
  return after === undefined || at.getTime() >= Math.floor(new Date(after).getTime() / 1000) * 1000;
}

const sameDay = (at: Date, day: string): boolean => at.toISOString().slice(0, 10) === day.slice(0, 10);

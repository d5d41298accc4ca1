import { createHash } from 'node:crypto';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { type InboundElement, otherElement } from '../../channels/whatsapp/inbound.ts';
import { type Form, paramOf, readForm, readJsonForm } from '../../channels/whatsapp/twilio/form.ts';
import { isSms, parseTwilio, smsElement } from '../../channels/whatsapp/twilio/parse.ts';
import { parseTwilioStatus } from '../../channels/whatsapp/twilio/parse-status.ts';
import type { Accept } from '../../engine/accept.ts';
import type { Crashpoint } from '../../engine/crashpoint.ts';
import { type Arrived, type Owner, receiverOf, speakerOf, type TwilioChannels } from './twilio-owners.ts';

/** As much as Meta's webhook takes. */
const MAX_BODY = 3_100_000; // bytes

/** A message of Twilio's has some 4 kB of parameters; what is longer than this is kept and starts nothing. */
const MAX_HEARD = 256_000; // characters

/** Twilio sends some forty. Whoever sends 300,000 keeps the server busy for seconds, which sorts them for a signature. */
const MAX_PARAMETERS = 2_000;

/** Characters kept of what cannot be read: in the store, bytes that are no text take six times their room. */
const MAX_KEPT = 1_000_000;

/** Nothing to say: answers go out as messages of their own. */
const NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

const MESSAGE_ID = /^msg_[0-9A-HJKMNP-TV-Z]{26}$/;

interface Options {
  channels: TwilioChannels & {
    heardFrom(id: string, at: Date): Promise<void>;
    refusedFrom(id: string, at: Date): Promise<void>;
  };
  /** The channel of one of our messages, null where there is no such message. */
  channelOfMessage(id: string): Promise<string | null>;
  accept: Accept;
  wake(conversation: string): void;
  publicUrl: string;
  now: () => Date;
  crashpoint: Crashpoint;
}

/** Who is meant, and what they hear, which nobody reads before the signature. */
interface Heard {
  owner: Owner;
  element(): InboundElement;
}

/** Twilio's webhooks: what people write, and what became of our messages. Nothing is answered 200 before it is stored. */
export const twilioWebhook: FastifyPluginAsync<Options> = async (app, options) => {
  const { channels, channelOfMessage, accept, wake, publicUrl, now, crashpoint } = options;
  app.removeAllContentTypeParsers();
  // Twilio signs what the form says, and of any other body its very bytes
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY }, (_request, body, done) => done(null, body));

  const routes: Record<string, (arrived: Arrived, params: Form | null) => Promise<Heard>> = {
    async '/whatsapp'(arrived, params) {
      const owner = await receiverOf(arrived, params, channels);
      return { owner, element: () => messageOf(arrived, params) };
    },
    /** `?m=` is our id of the message, trusted for it is part of what was signed. */
    async '/status'(arrived, params) {
      const given = new URL(arrived.address).searchParams.get('m');
      const reference = given !== null && MESSAGE_ID.test(given) ? given : null;
      const channelOf = async () => reference && (await channelOfMessage(reference));
      const owner = await speakerOf(arrived, params, channels, channelOf);
      return { owner, element: () => statusOf(arrived, params, reference) };
    },
  };

  for (const [path, hear] of Object.entries(routes)) {
    app.post(path, { bodyLimit: MAX_BODY, schema: { hide: true } }, async (request, reply) => {
      if (holdsTooMany(request)) return reply.code(413).send();
      const arrived = arrivedOf(request, publicUrl);
      const { owner, element } = await hear(arrived, arrived.form ?? readJsonForm(arrived.body));
      if (!owner?.signed) {
        if (owner) await channels.refusedFrom(owner.channel.id, now());
        request.log.warn('a webhook of Twilio was refused: no channel of that number with that signature');
        return reply.code(403).send();
      }
      const { channel } = owner;
      const { conversations } = await accept(channel, [element()]);
      await channels.heardFrom(channel.id, now());
      crashpoint('before 200');
      // The wake-up comes after the answer is on its way; a sweep finds what a crash in between forgot
      reply.raw.once('finish', () => {
        crashpoint('after 200');
        for (const conversation of conversations) wake(conversation);
      });
      return reply.type('text/xml; charset=utf-8').send(NOTHING);
    });
  }
};

const isForm = ({ headers }: FastifyRequest): boolean =>
  /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');

const textOf = ({ body }: FastifyRequest): string => (Buffer.isBuffer(body) ? body.toString('utf8') : '');

const holdsTooMany = (request: FastifyRequest): boolean =>
  isForm(request) && textOf(request).split('&', MAX_PARAMETERS + 1).length > MAX_PARAMETERS;

/** The address is ours, path and query are as they came: the Host header is whatever the sender wrote. */
function arrivedOf(request: FastifyRequest, publicUrl: string): Arrived {
  const body = textOf(request);
  return {
    address: publicUrl.replace(/\/$/, '') + request.raw.url,
    signature: String(request.headers['x-twilio-signature'] ?? ''),
    form: isForm(request) ? readForm(body) : null,
    body,
  };
}

/** What does not say which number it is for is nobody's to answer: the account may have several. */
function messageOf({ body }: Arrived, params: Form | null): InboundElement {
  const problem = problemOf(params, body);
  if (params === null || problem !== null) return quarantined(body, problem);
  const missing = ['AccountSid', 'To'].filter((name) => paramOf(params, name) === null);
  if (missing.length > 0) return quarantined(body, `This message names no ${missing.join(' and no ')}.`, params);
  return isSms(params) ? smsElement(params) : parseTwilio(params);
}

function statusOf({ body }: Arrived, params: Form | null, reference: string | null): InboundElement {
  const problem = problemOf(params, body);
  return params === null || problem !== null ? quarantined(body, problem) : parseTwilioStatus(params, reference);
}

function problemOf(params: Form | null, body: string): string | null {
  if (params === null) return 'The body is neither a form nor a JSON object.';
  return body.length > MAX_HEARD ? `The body is longer than ${MAX_HEARD} characters.` : null;
}

const quarantined = (body: string, problem: string | null, params?: Form): InboundElement =>
  otherElement({
    field: 'unreadable',
    key: createHash('sha256').update(body).digest('hex').slice(0, 40),
    problem,
    raw: params ?? body.slice(0, MAX_KEPT),
  });

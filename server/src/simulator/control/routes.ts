import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { signUpCode } from '../meta/sign-up.ts';
import type { CallLog } from '../network/log.ts';
import type { BusinessNumber } from '../network/model.ts';
import type { PhoneNetwork } from '../network/network.ts';
import {
  Address,
  addNumber,
  addPhone,
  changeNumber,
  NewNumber,
  NewPhone,
  NotPossible,
  NumberPatch,
} from '../network/numbers.ts';
import { Script } from '../network/script.ts';
import { act } from './act.ts';
import { events } from './events.ts';
import { CustomerAct, showMessage, showNumber, showState } from './shapes.ts';

export interface ControlOptions {
  network: PhoneNetwork;
  log: CallLog;
  fetch: typeof fetch;
  handshake: (number: BusinessNumber) => Promise<boolean>;
  /** Calls for every chat that changes; gives what ends it. */
  listen: (listener: (phone: string, number: string) => void) => () => void;
  reset: () => void;
}

type OfNumber = FastifyRequest<{ Params: { id: string } }>;
type OfChat = FastifyRequest<{ Params: { phone: string; number: string } }>;

const Advance = z.strictObject({ advance: z.iso.duration() });

/** How a test or the phone page drives the simulator. See README.md. */
export const control: FastifyPluginAsync<ControlOptions> = async (app, options) => {
  const { network, log, fetch, handshake, listen, reset } = options;

  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof z.ZodError) {
      const errors = error.issues.map(({ path, message }) => ({ path: `/${path.join('/')}`, message }));
      return reply.code(422).send({ error: errors.map((one) => `${one.path} ${one.message}`).join('; '), errors });
    }
    if (error instanceof NotPossible) return reply.code(422).send({ error: error.message });
    if (error instanceof NotThere) return reply.code(404).send({ error: error.message });
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status >= 500) throw error;
    return reply.code(status).send({ error: error instanceof Error ? error.message : 'not possible' });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error: `There is no ${request.method} ${request.url}; see the simulator's README.` }),
  );
  await app.register(events, { listen });

  app.get('/state', async () => showState(network));
  app.post('/numbers', async (request, reply) => {
    const number = addNumber(network, NewNumber.parse(request.body));
    await handshake(number);
    return reply.code(201).send(showNumber(number));
  });
  app.patch('/numbers/:id', async (request: OfNumber) => {
    const number = numberOf(request.params.id);
    changeNumber(network, number, NumberPatch.parse(request.body));
    await handshake(number);
    return showNumber(number);
  });
  app.post('/numbers/:id/sign-up', async (request: OfNumber) => {
    const number = numberOf(request.params.id);
    if (number.provider !== 'meta') throw new NotPossible('Only Meta has an embedded sign-up.');
    const { appId, id, businessId } = number.account;
    return { code: signUpCode(appId), data: { phone_number_id: number.id, waba_id: id, business_id: businessId } };
  });
  app.post('/phones', async (request, reply) => {
    const { phone, name, username } = addPhone(network, NewPhone.parse(request.body));
    return reply.code(201).send({ phone, name, username });
  });

  app.get('/phones/:phone/chats/:number', async (request: OfChat) => {
    const { number, phone } = chatAt(request);
    const chat = network.chatOf(number, phone);
    const typing = chat.typingUntil !== null && chat.typingUntil > network.clock.now();
    const last = chat.messages.at(-1);
    const shown = chat.messages.filter(({ status }) => status !== 'scheduled' && status !== 'canceled');
    return { messages: shown.map((message) => showMessage(message, typing && message === last)), typing };
  });
  app.post('/phones/:phone/chats/:number', async (request: OfChat, reply) => {
    const { number, phone } = chatAt(request);
    const done = await act(network, number, phone, CustomerAct.parse(request.body), fetch);
    return reply.code(202).send(done);
  });
  app.post('/phones/:phone/chats/:number/read', async (request: OfChat, reply) => {
    const { number, phone } = chatAt(request);
    network.open(number, phone);
    return reply.code(204).send();
  });
  app.get('/media/:id', async (request: OfNumber, reply) => {
    const file = network.media.get(request.params.id);
    if (!file) throw new NotThere(`There is no file ${request.params.id}.`);
    // Files are strangers' words: never run in the page's own origin
    reply.header('content-security-policy', "sandbox; default-src 'none'").header('x-content-type-options', 'nosniff');
    return reply.type(file.contentType).send(file.bytes);
  });

  app.put('/script', async (request) => {
    network.play.set(Script.parse(request.body));
    return network.play.script;
  });
  app.get('/script', async () => network.play.script);
  app.get('/log', async () => ({ entries: log.entries() }));
  app.post('/reset', async (_request, reply) => {
    reset();
    return reply.code(204).send();
  });
  app.post('/clock', async (request) => {
    const { advance } = Advance.parse(request.body);
    network.clock.advance(millisecondsOf(advance));
    return { now: network.clock.now().toISOString() };
  });

  function numberOf(id: string): BusinessNumber {
    const found = network.numbers.get(id) ?? [...network.numbers.values()].find(({ address }) => address === id);
    if (!found) throw new NotThere(`There is no number ${id}. GET /_/state lists them.`);
    return found;
  }

  function chatAt({ params }: OfChat) {
    const number = numberOf(params.number);
    const given = Address.safeParse(params.phone);
    if (!given.success || !network.phones.has(given.data))
      throw new NotThere(`There is no phone ${params.phone}. Make it with POST /_/phones.`);
    return { number, phone: given.data };
  }
};

class NotThere extends Error {
  override name = 'NotThere';
}

const UNITS = { D: 86_400_000, H: 3_600_000, M: 60_000, S: 1_000 } as const; // ms

/** Of an ISO 8601 duration with days at most: months have no fixed length. */
function millisecondsOf(duration: string): number {
  const [days = '', times = ''] = duration.slice(1).split('T');
  if (/[YMW]/.test(days)) throw new NotPossible('advance: use days, hours, minutes and seconds, such as PT25H.');
  let sum = 0;
  for (const [, amount, unit] of `${days}${times}`.matchAll(/([\d.]+)([DHMS])/g))
    sum += Number(amount) * UNITS[unit as keyof typeof UNITS];
  return sum;
}

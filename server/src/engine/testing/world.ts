import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeTypes as allNodeTypes } from '@parley/nodes';
import { type HttpReply, type HttpRequest, inboundMessage, type NodeTypes, type Services } from '@parley/runtime';
import type { Connection } from 'mongoose';
import { indexes } from '../../app.ts';
import { type InboundElement, messageElement, sender, statusElement } from '../../channels/whatsapp/inbound.ts';
import { metaGateway } from '../../channels/whatsapp/meta/send.ts';
import { simulatedId } from '../../channels/whatsapp/simulator/trial-phones.ts';
import { createTwilioContentStore } from '../../channels/whatsapp/twilio/content-store.ts';
import { twilioGateway } from '../../channels/whatsapp/twilio/send.ts';
import { createPerformers } from '../../effects/index.ts';
import { createLog } from '../../plugins/log.ts';
import { createAccountStore } from '../../storage/accounts.ts';
import type { ChannelWithSecrets } from '../../storage/channel.ts';
import { connect } from '../../storage/connection.ts';
import { type Contact, createContactStore } from '../../storage/contacts.ts';
import { startEmbeddedStore } from '../../storage/embedded/store.ts';
import { newId } from '../../storage/ids.ts';
import { ensureIndexes } from '../../storage/indexes.ts';
import type { MessageRow } from '../../storage/messages.ts';
import { createNoteStore } from '../../storage/notes.ts';
import { createNotificationStore } from '../../storage/notifications.ts';
import { until } from '../../testing/until.ts';
import { unpackEvent, unpackMessage } from '../codec.ts';
import { type CountStore, createCountStore } from '../counting/count-store.ts';
import { type Crashpoint, noCrash } from '../crashpoint.ts';
import type { ConversationDocument, EventRow } from '../documents.ts';
import { createEngine, type Engine, type EngineDeps } from '../engine.ts';
import { createEngineStore, type EngineStore } from '../store.ts';
import { TIMING, type Timing } from '../timing.ts';
import type { Simulation } from './simulation.ts';

/** Fast where only waiting is saved; the sweep runs when a test says so. A silence of 60 s takes 120 ms. */
const QUICK: Timing = {
  ...TIMING,
  callTimeout: 60,
  prepareTimeout: 60,
  silenceSecond: 2,
  takeoverWait: 100,
  lookAgain: 5,
  comeBack: 5,
  backOff: 5,
  sweepEvery: 3_600_000,
  sweepAge: -2_000,
};

export interface Send {
  reference: string;
  to: string;
  text: string;
}

type React = (send: Send, signal: AbortSignal, count: number) => Response | Promise<Response>;

export interface WorldOptions {
  flow: { nodes: object[]; edges: object[]; settings?: object };
  /** Where flows come from; without it `flow` is live as version 1. */
  flows?: EngineDeps['flows'];
  timing?: Partial<Timing>;
  nodeTypes?: NodeTypes;
  /** Runs the code of `data.code`; without it every run fails. */
  code?: Services['code'];
  /** Its time and its order of events instead of the machine's. */
  simulation?: Simulation;
}

export interface WorkerOptions extends Pick<EngineDeps, 'prepare' | 'keepFiles' | 'hearNews'> {
  store?: (store: EngineStore) => EngineStore;
  counts?: (store: CountStore) => CountStore;
  crashpoint?: Crashpoint;
  monotonic?: () => number;
  /** False: it only accepts. */
  works?: boolean;
  /** In the place of some of the real ones. */
  gateways?: Partial<EngineDeps['gateways']>;
}

export const accepted = (send: Pick<Send, 'reference'>): Response =>
  Response.json({ messages: [{ id: `wamid.${send.reference}` }] });
export const refused = (code: number, status = 400): Response =>
  Response.json({ error: { code, message: `Refused with ${code}` } }, { status });
/** Takes the message and never says so: the caller's patience ends it. */
export const hangs = (signal: AbortSignal): Promise<Response> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

export type EngineWorld = Awaited<ReturnType<typeof startEngineWorld>>;

let databases = 0;

/** Engines on a database of their own: one flow, one channel, a provider and a clock in the test's hand. */
export async function startEngineWorld(home: Connection, options: WorldOptions) {
  const connection = home.useDb(`world${++databases}`);
  await ensureIndexes(connection, indexes);
  const timing = { ...QUICK, ...options.timing };
  const clock = { ahead: 0 };
  const { simulation } = options;
  const now = simulation?.now ?? (() => new Date(Date.now() + clock.ahead));
  const within = simulation?.within ?? (<Store>(own: Store): Store => own);
  const log = createLog('silent');
  const contacts = within(createContactStore(connection, simulation?.newId ?? newId, now));
  const flow = { format: 'parley.flow/1', name: 'Test', ...options.flow };
  const published = { flow: 'flw_test', version: 1, createdAt: new Date(0), document: flow };
  const channel = channelOf('chn_test');
  const provider = {
    sends: [] as Send[],
    react: accepted as React,
    asked: [] as HttpRequest[],
    web: async (_: HttpRequest): Promise<HttpReply> => ({ status: 200, headers: {}, text: '', json: { ok: true } }),
    texts: (): string[] => provider.sends.map(({ text }) => text),
    textsTo: (phone: string): string[] => provider.sends.filter(({ to }) => to === phone).map(({ text }) => text),
    fetch: (async (_url: string, init: RequestInit) => {
      const body = JSON.parse(String(init.body)) as SentBody;
      const text = body.text?.body ?? body.interactive?.body.text ?? body.template?.name ?? body.type;
      const send = { reference: body.biz_opaque_callback_data, to: body.to ?? body.recipient ?? '', text };
      provider.sends.push(send);
      return provider.react(send, init.signal as AbortSignal, provider.sends.length);
    }) as typeof fetch,
  };
  const engines: Engine[] = [];

  function worker({
    store = (own) => own,
    counts = (own) => own,
    crashpoint = noCrash,
    monotonic = simulation?.monotonic,
    works = true,
    gateways = {},
    ...hooks
  }: WorkerOptions = {}): Engine {
    const engine = createEngine({
      ...hooks,
      connection,
      performers: (own) =>
        createPerformers({
          ...own,
          contacts,
          accounts: createAccountStore(connection, newId, now),
          notes: createNoteStore(connection),
          notifications: createNotificationStore(connection, now),
          readers: { meta: async () => null, twilio: async () => null, simulator: async () => null },
          now,
        }),
      contacts,
      channels: { withSecrets: async () => channel },
      flows: options.flows ?? { activeFlows: async () => [published], version: async () => published },
      nodeTypes: options.nodeTypes ?? allNodeTypes,
      services: () => ({
        http: (request) => {
          provider.asked.push(request);
          return provider.web(request);
        },
        code: options.code ?? (() => Promise.reject(new Error('This world runs no code.'))),
      }),
      gateways: {
        meta: metaGateway({ graphUrl: 'https://graph.test', fetch: provider.fetch }),
        twilio: twilioGateway({
          apiUrl: 'https://twilio.test',
          publicUrl: 'https://bots.test',
          fetch: provider.fetch,
          contents: createTwilioContentStore(connection, now),
          now,
        }),
        simulator: async ({ reference }) => ({ kind: 'accepted', providerId: simulatedId(reference) }),
        ...gateways,
      },
      now,
      monotonic,
      timers: simulation?.timers,
      log,
      crashpoint,
      timing,
      store: store(within(createEngineStore(connection, now, timing))),
      counts: counts(within(createCountStore(connection))),
      works,
    });
    engines.push(engine);
    return engine;
  }

  /** Stores what a person wrote, and wakes; the conversation's id. */
  async function hear(engine: Engine, phone: string, text: string, id = `wamid.${phone}.${text}`): Promise<string> {
    const { conversations } = await engine.accept(channel, [said(phone, text, id)]);
    for (const conversation of conversations) engine.wake(conversation);
    return conversations[0] ?? '';
  }

  /** Hears, and resolves when everything that follows at once is done. */
  async function write(engine: Engine, phone: string, text: string): Promise<string> {
    const conversation = await hear(engine, phone, text);
    await engine.settle();
    return conversation;
  }

  /** Stores what a provider told, and resolves when all that follows at once is done. */
  async function tell(engine: Engine, ...elements: InboundElement[]): Promise<string> {
    const { conversations } = await engine.accept(channel, elements);
    for (const conversation of conversations) engine.wake(conversation);
    await engine.settle();
    return conversations[0] ?? '';
  }

  const contact = async (): Promise<Contact> => {
    const [row] = await connection.collection('contacts').find().sort({ createdAt: 1 }).limit(1).toArray();
    const found = row && (await contacts.find(channel.organization, String(row._id)));
    if (!found) throw new Error('nobody is known here');
    return found;
  };

  const status = (engine: Engine, send: Send | undefined, name: Status, on = channel) => {
    if (!send) throw new Error('nothing was sent yet');
    return engine.accept(on, [
      statusElement({
        providerId: `wamid.${send.reference}`,
        reference: send.reference,
        status: name,
        at: now(),
        error: name === 'FAILED' ? { code: '131026', reason: 'Not on WhatsApp.' } : null,
        raw: null,
      }),
    ]);
  };

  async function document(conversation: string): Promise<ConversationDocument> {
    const found = await createEngineStore(connection, now, timing).load(conversation);
    if (!found) throw new Error(`there is no conversation ${conversation}`);
    return found;
  }

  const rows = async (filter: object = {}): Promise<EventRow[]> =>
    (await connection.collection<EventRow>('events').find(filter).sort({ arrived: 1 }).toArray()).map((row) =>
      unpackEvent(row as EventRow),
    );
  const messages = async (conversation: string): Promise<MessageRow[]> =>
    (await connection.collection<MessageRow>('messages').find({ conversation }).sort({ order: 1 }).toArray()).map(
      (row) => unpackMessage(row as MessageRow),
    );

  /** Sweeps until it holds: what must wait for a silence or a lease comes by itself. */
  const eventually = <Found>(what: string, holds: () => Promise<Found | false | null> | Found | false | null) =>
    until(what, 15_000, async () => {
      await settleAll();
      return holds();
    });

  // A store that fails on purpose fails the sweep too; the next one comes
  const settleAll = () => Promise.all(engines.map((engine) => engine.settle().catch(() => undefined)));

  /** Without settling: for what happens while a call or a send is under way. */
  const eventuallyNow = (what: string, holds: () => Promise<boolean> | boolean) => until(what, 15_000, holds);

  /** N11: nothing is left to do. */
  const rest = () => eventually('a world at rest', isAtRest);

  const isAtRest = async (): Promise<boolean> => {
    if ((await rows({ state: 'new' })).length > 0) return false;
    const conversations = connection.collection('conversations');
    const sending = await conversations.countDocuments({ $expr: { $lt: ['$head', '$next'] } });
    // The answer of a call that failed comes from its next try, and with it the words that wait for it
    const calling = await conversations.countDocuments({ 'calls.0': { $exists: true } });
    return sending + calling === 0;
  };

  /** Everything that is in a sum. */
  const isCounted = async (): Promise<boolean> =>
    (await connection.collection('events').countDocuments({ uncounted: true })) === 0;

  /** The flow's sums over all hours, and over all days: `began`, `nodes.<node>.entered`, `ports.<node>.<port>`. */
  async function counts(unit: 'hour' | 'day'): Promise<Record<string, number>> {
    const sums: Record<string, number> = {};
    const add = (path: string, value: unknown): void => {
      if (typeof value === 'number') sums[path] = (sums[path] ?? 0) + value;
      else if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value)) add(path === '' ? key : `${path}.${key}`, inner);
    };
    for (const { began, ended, nodes, ports } of await connection.collection('flow_counts').find({ unit }).toArray())
      add('', { began, ended, nodes, ports });
    return sums;
  }

  return {
    isCounted,
    counts,
    channel,
    clock,
    database: connection,
    provider,
    worker,
    hear,
    write,
    tell,
    contact,
    status,
    document,
    rows,
    messages,
    eventually,
    eventuallyNow,
    rest,
    isAtRest,
    stop: async () => {
      await Promise.all(engines.map((engine) => engine.stop()));
    },
  };
}

type Status = 'SENT' | 'FAILED' | 'DELIVERED' | 'READ';

interface SentBody {
  to?: string;
  /** A business-scoped id. */
  recipient?: string;
  type: string;
  biz_opaque_callback_data: string;
  text?: { body: string };
  interactive?: { body: { text: string } };
  template?: { name: string };
}

export function channelOf(id: string): ChannelWithSecrets {
  return {
    id,
    organization: 'org_test',
    provider: 'meta',
    name: 'Test',
    enabled: true,
    address: null,
    phoneNumberId: '1',
    businessAccountId: '2',
    accountSid: null,
    messagingServiceSid: null,
    settings: { silenceSeconds: 60, unanswered: 'retry' },
    check: { state: 'ok', at: null, problems: [] },
    heardFromAt: null,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    secrets: { accessToken: 'token', appSecret: 'secret', verifyToken: 'verify' },
  };
}

export function said(phone: string, text: string, providerId: string): InboundElement {
  return messageElement({
    providerId,
    sentAt: null,
    from: sender({ waId: phone, name: 'Ana' }),
    message: inboundMessage({ type: 'text', text }),
    raw: null,
  });
}

/** An embedded store for one test file; every world in it has a database of its own. */
export async function openHome() {
  const directory = await mkdtemp(join(tmpdir(), 'parley-engine-'));
  const embedded = await startEmbeddedStore({ directory });
  const connection = await connect(embedded.uri);
  return {
    connection,
    close: async () => {
      await connection.close();
      await embedded.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HttpRequest } from '@parley/runtime';
import { after } from '@parley/runtime';
import { messageElement, sender } from '@parley/server/src/channels/whatsapp/inbound.ts';
import type { CountStore } from '@parley/server/src/engine/counting/count-store.ts';
import { createChannelStore } from '@parley/server/src/features/channels/store.ts';
import { createFlowStore } from '@parley/server/src/features/flows/store.ts';
import type { Channel } from '@parley/server/src/storage/channel.ts';
import { newId } from '@parley/server/src/storage/ids.ts';
import { startTestApp } from '@parley/server/src/testing/app.ts';
import { type Case, CONTACT, type Effects, type Lot, REFUSED, shownFault, shownRequest, web } from './case.ts';

const IN_MEMORY = '/dev/shm'; // Linux's file system in memory
const MEMORY_NEEDED = 1_000_000_000; // bytes; a batch takes some ten million, and deleted rows leave their room to the next

/** The conversation's document as it is stored, as far as it is compared. */
interface Row {
  _id: string;
  organization: string;
  contact: string;
  wakeAt: Date | null;
  owner: { kind: string };
  calls: unknown[];
  session: { status: string; snapshot: { at: string; memory: string } } | null;
}

/** What an event did to sessions, as the journal keeps it. */
interface Walked {
  step?: { runs?: { session: string }[] };
}

interface Memory {
  scopes: Record<string, unknown>;
  fault: { code: string; message: string } | null;
}

interface Home {
  organization: string;
  channel: Channel;
  conversation: string | null;
  refusals: number;
  asked: unknown[];
}

/** The whole server on its embedded store: each conversation in an organization of its own, all on one clock. */
export async function openServerSide() {
  const directory = await quickDirectory();
  const test = await startTestApp({ DATA_DIR: directory }, { counts: NOTHING_COUNTED });
  const { db } = test.connection;
  if (!db) throw new Error('the store is closed');
  const rows = db.collection<Row>('conversations');
  const journal = db.collection<Walked & { conversation: string }>('events');
  // The store would forget what is old by the real clock, which runs ahead of the test's
  for (const { name, expireAfterSeconds } of await journal.indexes())
    if (name && expireAfterSeconds !== undefined) await journal.dropIndex(name);
  const now = () => test.clock.time;
  const channels = createChannelStore(test.connection, test.keyring, now);
  const flows = createFlowStore(test.connection, now);
  const homes = new Map<string, Home>();

  test.provider.answer = (sent, count) => {
    const home = homes.get(sent.to);
    if (!home || home.refusals === 0) return test.provider.accepts(sent, count);
    home.refusals -= 1;
    return Response.json({ error: { code: 131026, message: REFUSED } }, { status: 400 });
  };
  test.provider.web = (request: HttpRequest) => {
    homes.get(phoneIn(request.url))?.asked.push(shownRequest(request));
    return web(request);
  };

  async function settle(): Promise<void> {
    do await test.engine.settle();
    while ((await rows.countDocuments({ 'owner.kind': 'bot', 'calls.0': { $exists: true } })) > 0);
  }

  async function settleIn({ id, document, others, phone }: Case): Promise<void> {
    const { id: organization } = await test.accounts.addOrganization('Acme');
    const number = phone.slice(1);
    const channel = await channels.create({
      id: newId('chn'),
      organization,
      provider: 'meta',
      name: 'Support',
      phoneNumberId: number,
      businessAccountId: null,
      accountSid: null,
      messagingServiceSid: null,
      address: null,
      secrets: { accessToken: 'token', appSecret: 'secret', verifyToken: 'verify' },
    });
    const hers = [{ id, document }, ...others];
    // Where two claim a message the older one answers: the one that is tried
    for (const one of hers) {
      const { name } = one.document as { name: string };
      await flows.create(organization, one.id, { name, document: one.document, problems: [] });
    }
    // A flow freezes what it runs inside when it is published
    for (const one of hers.reverse()) {
      const stored = await flows.find(organization, one.id);
      if (stored) await flows.publish(stored, { by: 'usr_test', note: null, activate: true });
    }
    homes.set(number, { organization, channel, conversation: null, refusals: 0, asked: [] });
  }

  async function put({ phone, inputs }: Case, round: number): Promise<void> {
    const home = homes.get(phone.slice(1));
    const input = inputs[round];
    if (!home || !input) return;
    if ('refuse' in input) home.refusals += 1;
    // Before they ever wrote there is no conversation that an event could begin in
    if ('happen' in input && home.conversation)
      await test.engine.starts.tell(home.organization, home.conversation, { id: newId('evt'), ...input.happen });
    if ('resume' in input && home.conversation)
      await test.engine.release(home.organization, home.conversation, 'bot', null);
    if ('say' in input) {
      const from = sender({ waId: phone.slice(1), name: CONTACT });
      const told = { providerId: `wamid.${phone}.${round}`, sentAt: now(), message: input.say };
      const element = messageElement({ from, ...told, raw: null });
      const { messages } = await test.engine.accept(home.channel, [element]);
      home.conversation = messages[0]?.conversationId ?? null;
      if (home.conversation) test.engine.wake(home.conversation);
    }
  }

  /** The clock stops wherever a timer is due, as the simulation's does. */
  async function wait(duration: string): Promise<void> {
    const until = new Date(after(now().toISOString(), duration) ?? '');
    for (;;) {
      const [next] = await rows
        .find({ wakeAt: { $gt: now(), $lte: until } })
        .sort({ wakeAt: 1 })
        .limit(1)
        .toArray();
      if (!next?.wakeAt) break;
      test.clock.time = next.wakeAt;
      await settle();
    }
    test.clock.time = until;
  }

  async function effectsOf({ phone }: Case): Promise<Effects> {
    const number = phone.slice(1);
    const home = homes.get(number);
    const row = await rows.findOne({ _id: home?.conversation ?? '' });
    const { scopes = {}, fault = null } = row?.session ? (JSON.parse(row.session.snapshot.memory) as Memory) : {};
    return {
      sent: test.provider.sent.filter(({ to }) => to === number).map(({ body }) => body),
      asked: home?.asked ?? [],
      status: row?.session?.status ?? 'idle',
      owner: row?.owner.kind ?? 'bot',
      at: row?.session?.snapshot.at ?? null,
      fault: row?.session?.status === 'failed' ? shownFault(fault) : null,
      variables: scopes[''] ?? {},
    };
  }

  async function lotOf({ phone }: Case): Promise<Lot> {
    const conversation = homes.get(phone.slice(1))?.conversation ?? '';
    const row = await rows.findOne({ _id: conversation });
    const events = await journal.find({ conversation, 'step.runs.0': { $exists: true } }).toArray();
    const sessions = events.flatMap(({ step }) => step?.runs?.map(({ session }) => session) ?? []);
    return { contact: row?.contact ?? 'con_nobody', sessions: [...new Set(sessions)].sort(inTurn) };
  }

  return {
    /** ISO 8601: where the clock stands. */
    now: () => now().toISOString(),

    async play(cases: Case[], waits: string[]): Promise<{ effects: Effects[]; lots: Lot[] }> {
      await Promise.all(cases.map(settleIn));
      for (const [round, duration] of waits.entries()) {
        await Promise.all(cases.map((one) => put(one, round)));
        await settle();
        await wait(duration);
      }
      const effects = await Promise.all(cases.map(effectsOf));
      const lots = await Promise.all(cases.map(lotOf));
      // Nothing of this batch may be due in the next one, and what is searched for must not grow with the batches
      for (const name of await db.listCollections({}, { nameOnly: true }).toArray())
        await db.collection(name.name).deleteMany({});
      homes.clear();
      test.provider.sent.length = 0;
      return { effects, lots };
    },
    async close(): Promise<void> {
      await test.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** How often nodes were passed is added up for the figures of a flow, which no conversation reads. */
const NOTHING_COUNTED: CountStore = {
  ledger: async () => ({ number: 0, batch: null }),
  uncounted: async () => [],
  rows: async () => [],
  open: async () => true,
  addHours: async () => undefined,
  addPassings: async () => undefined,
  mark: async () => undefined,
  close: async () => undefined,
  waiting: async () => [],
};

/** In memory where the machine has the room: that words outlive a power cut is for other tests to show. */
async function quickDirectory(): Promise<string> {
  const room = await statfs(IN_MEMORY).catch(() => null);
  const isRoomy = room !== null && room.bavail * room.bsize > MEMORY_NEEDED;
  return mkdtemp(join(isRoomy ? IN_MEMORY : tmpdir(), 'parley-property-'));
}

/** A session's id ends with the commit that began it, and its place in that: `….s3.0`. */
const inTurn = (a: string, b: string): number => placeOf(a)[0] - placeOf(b)[0] || placeOf(a)[1] - placeOf(b)[1];
function placeOf(session: string): [number, number] {
  const [, step, index] = /\.s(\d+)\.(\d+)$/.exec(session) ?? [];
  return [Number(step), Number(index)];
}

/** Each conversation's addresses hold its own phone. */
const phoneIn = (url: string): string => /\/of\/(\d+)\//.exec(url)?.[1] ?? '';

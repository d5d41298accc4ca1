import type { Compiled, LiveFlow, NodeTypes } from '@parley/runtime';
import type { Log } from '../plugins/log.ts';
import type { Channel, ChannelWithSecrets } from '../storage/channel.ts';
import type { Contact } from '../storage/contacts.ts';
import { isStoreTrouble } from '../storage/store-trouble.ts';
import { packCall, packDeed, packEntry, packSession } from './codec.ts';
import { type DeedDeps, performDeeds } from './deeds.ts';
import {
  type ConversationDocument,
  type EventPayload,
  type EventRow,
  OUTBOX_PAUSE,
  type TailEntry,
} from './documents.ts';
import { takesTime } from './fit.ts';
import { changeOfEvent, messageOfEntry, messageOfEvent } from './message-of.ts';
import { newPermit, orGiveBack, type PerformDeps, type Permit, performHead } from './perform.ts';
import type { RunCalls } from './run-calls.ts';
import { consentChange } from './step/hear.ts';
import type { Stepped } from './step/stepping.ts';
import { stepConversation } from './steps.ts';

export interface TurnDeps extends PerformDeps, DeedDeps {
  worker: string;
  nodeTypes: NodeTypes;
  channels: { withSecrets(organization: string, id: string): Promise<ChannelWithSecrets | null> };
  contacts: {
    find(organization: string, id: string): Promise<Contact | null>;
  };
  flows: {
    liveFor(organization: string, contact: Contact): Promise<LiveFlow[]>;
    compiled(organization: string, flow: string, version: number): Promise<Compiled | null>;
  };
  runCalls: RunCalls;
  /** Told that an organization's journal has grown. */
  counted: (organization: string) => void;
  log: Log;
}

/** `taken`: another worker is at it. Otherwise when someone must look again, if ever. */
export type TurnEnd = { taken: true } | { taken: false; wakeAt: Date | null };

/**
 * One worker's turn at a conversation: lease, load, then deliver and commit and perform until nothing can be done now,
 * then release. Every write is one of the protocol's; a crash between any two of them is mended by the next turn.
 */
export async function takeTurn(deps: TurnDeps, id: string): Promise<TurnEnd> {
  const { store, crashpoint, now, timing } = deps;
  crashpoint('before S3');
  const leased = await store.lease(id, deps.worker);
  if (!leased) return { taken: true };
  crashpoint('after S3');
  try {
    return await work(deps, leased);
  } catch (error) {
    // If the store is away this fails too, and the lease runs out by itself
    const later = new Date(now().getTime() + timing.backOff);
    await store.giveUp(id, leased.document.lease.token, later, !isStoreTrouble(error)).catch(() => undefined);
    throw error;
  }
}

async function work(deps: TurnDeps, leased: { document: ConversationDocument; died: boolean }): Promise<TurnEnd> {
  let document: ConversationDocument | null = leased.document;
  let suspect = leased.died;
  let blockedUntil: Date | null = null;
  document = await repair(deps, document);
  deps.runCalls(document, leased.died);
  for (;;) {
    const { organization } = document;
    const [channel, contact] = await Promise.all([
      deps.channels.withSecrets(organization, document.channel),
      deps.contacts.find(organization, document.contact),
    ]);
    if (!contact) throw new Error(`the contact ${document.contact} of ${document._id} is gone`);
    const stepped = await deliver(deps, document, contact, channel, suspect);
    suspect = false;
    let permit = stepped && mergedPermit(deps, document, stepped);
    if (stepped) {
      const committed: ConversationDocument | null = await commitAndShow(deps, document, stepped, permit, channel);
      if (!committed) {
        document = await reload(deps, document);
        if (!document) return GONE;
        continue;
      }
      document = committed;
      deps.runCalls(document, true);
      blockedUntil = null;
    } else if (blockedUntil || document.head === document.next) {
      const end = await release(deps, document, blockedUntil);
      if (end) return end;
      document = await reload(deps, document);
      if (!document) return GONE;
      blockedUntil = null;
      continue;
    }
    while (document.head < document.next) {
      const head = await performHead(deps, document, channel, permit, contact.language ?? 'en');
      permit = null;
      document = await reload(deps, document);
      if (!document) return GONE;
      if (head.moved) continue;
      blockedUntil = head.wakeAt;
      break;
    }
  }
}

/** Another worker has the conversation now, and looks after it. */
const GONE: TurnEnd = { taken: false, wakeAt: null };

/** S4 and S5. Rows that the tail holds are handled already; only their flush may be missing. */
async function deliver(
  deps: TurnDeps,
  document: ConversationDocument,
  contact: Contact,
  channel: Channel | null,
  suspect: boolean,
): Promise<Stepped | null> {
  const { store, now, crashpoint } = deps;
  crashpoint('before S4');
  const busy = document.next - document.head >= OUTBOX_PAUSE;
  const mailbox = document.owner.kind === 'bot' && document.session?.status === 'calling';
  const found = busy ? [] : await store.newEvents(document._id, { mailbox });
  // Nobody who says STOP waits for a call to end, and for what it would let the flow say
  if (mailbox && !busy) found.unshift(...(await store.newEvents(document._id, { mailbox: false })).filter(saysStop));
  const tail = new Set(document.tail.map((one) => one.id));
  let rows = found.filter((row) => !tail.has(row._id));
  crashpoint('after S4');
  // The last turn did not end well, which may be the first event's doing: it counts, and is stepped by itself
  const [first] = rows;
  if (suspect && first) {
    await store.raiseAttempts(first._id);
    rows = [{ ...first, attempts: first.attempts + 1 }];
  }
  const live = await deps.flows.liveFor(document.organization, contact);
  const versions = new Map<string, Compiled | null>();
  const wanted = live.map(({ id, version }) => ({ flow: id, version }));
  for (const { flow, version } of document.session ? [...wanted, document.session] : wanted) {
    versions.set(`${flow}.${version}`, await deps.flows.compiled(document.organization, flow, version));
  }
  const echoes = rows.flatMap(({ payload }) => {
    const told = payload as EventPayload;
    return told.kind === 'echo' ? told.providerId : [];
  });
  const world = {
    phonePauses: channel?.settings.phoneApp !== 'continue',
    sentByUs: await store.sentAs(document.channel, echoes),
    now: now(),
    contact,
    flows: live,
    nodeTypes: deps.nodeTypes,
    compiled: (flow: string, version: number) => versions.get(`${flow}.${version}`) ?? null,
    retries: channel?.settings.unanswered !== 'unknown',
    callWatch: deps.timing.callWatch,
  };
  crashpoint('before S5');
  const { stepped, failures } = stepConversation(document, rows, world);
  crashpoint('after S5');
  for (const { id, error } of failures) {
    deps.log.error({ err: error, conversation: document._id, event: id }, 'an event could not be delivered');
    await store.raiseAttempts(id);
  }
  return stepped;
}

function saysStop({ payload }: EventRow): boolean {
  const said = payload as EventPayload;
  return said.kind === 'message' && said.speaks && consentChange(said) === 'withdrawn';
}

/** Where nothing waits in the outbox, the first send gets its permit with the commit. */
function mergedPermit(deps: TurnDeps, { head, next }: ConversationDocument, stepped: Stepped): Permit | null {
  const [first] = stepped.entries;
  // Deeds come before the sends and may take their time, in which the permit would grow old
  if (!first || head !== next || stepped.deeds.length > 0 || takesTime(first.content)) return null;
  return first.epoch === stepped.epoch ? newPermit(deps, first) : null; // somebody else speaks: it is not said
}

/** S6 to S8. Null where somebody else committed, or took the lease. */
const commitAndShow = (
  deps: TurnDeps,
  document: ConversationDocument,
  stepped: Stepped,
  permit: Permit | null,
  channel: ChannelWithSecrets | null,
) =>
  orGiveBack(deps, document, permit, async () => {
    const { store, crashpoint } = deps;
    crashpoint('before S6');
    const committed = await commit(deps, document, stepped, permit);
    crashpoint('after S6');
    if (!committed) return null;
    crashpoint('before S8');
    await store.showMessages(stepped.messages);
    await store.changeMessages(stepped.changes);
    crashpoint('after S8');
    return finish(deps, committed, channel);
  });

/** S6. */
function commit(
  deps: TurnDeps,
  document: ConversationDocument,
  stepped: Stepped,
  permit: Permit | null,
): Promise<ConversationDocument | null> {
  const { session, timers, calls, owner, epoch, resume, entries, deeds, handled, fired, summary } = stepped;
  const outbox = Object.fromEntries(
    entries.map((entry, index) => {
      const first = permit && index === 0 ? ({ state: 'sending', permit: permit.nonce, attempt: 1 } as const) : {};
      return [`outbox.e${document.next + index}`, packEntry({ ...entry, ...first })];
    }),
  );
  return deps.store.commit(document, {
    $inc: { revision: 1, step: 1, epoch: epoch - document.epoch },
    $set: {
      ...outbox,
      ...summary,
      session: packSession(session),
      timers,
      calls: calls.map(packCall),
      deeds: deeds.map(packDeed),
      owner,
      resume,
      resumeAt: resume === null ? null : document.resumeAt,
      tail: [...handled, ...fired],
      next: document.next + entries.length,
      wakeAt: deps.now(),
      status: handled.length > 0 ? 'open' : document.status,
      updatedAt: deps.now(),
    },
    $currentDate: { 'lease.at': true, ...(permit && { sendingAt: true }) },
  } as never);
}

/**
 * After a crash: what the last commit decided and nobody wrote down yet. Messages first, for a row that is marked done
 * before its Message exists would lose that Message. A turn that ended well has left no tail.
 */
async function repair(deps: TurnDeps, document: ConversationDocument): Promise<ConversationDocument> {
  const { store } = deps;
  if (document.tail.length === 0) return document;
  const found = await store.unflushed(document.tail.map((one) => one.id));
  const undone = document.tail.flatMap((entry) => {
    const row = found.find(({ _id }) => _id === entry.id);
    return row ? { row, entry } : [];
  });
  const shown = undone.flatMap(({ row, entry }) => messageOfEvent(document, row, entry) ?? []);
  const outbound = Object.values(document.outbox).map((entry) => messageOfEntry(document, entry));
  await store.showMessages([...shown, ...outbound]);
  await store.changeMessages(undone.flatMap(({ row, entry }) => changeOfEvent(document, row, entry) ?? []));
  const { organization, channel } = document;
  return finish(
    deps,
    document,
    document.deeds.length > 0 ? await deps.channels.withSecrets(organization, channel) : null,
  );
}

/** The deeds of the last commit, and the journal of what came of them; only then are the deeds forgotten. */
async function finish(
  deps: TurnDeps,
  document: ConversationDocument,
  channel: ChannelWithSecrets | null,
): Promise<ConversationDocument> {
  const tail = await performDeeds(deps, document, channel);
  await flush(deps, { ...document, tail });
  if (document.deeds.length === 0) return document;
  await deps.deeds.done(document);
  deps.crashpoint('after deeds');
  return { ...document, deeds: [] };
}

/** S7. */
async function flush({ store, crashpoint, counted }: TurnDeps, document: ConversationDocument): Promise<void> {
  const { organization, _id, tail } = document;
  crashpoint('before S7');
  const own = (one: TailEntry) => /^(fired|owner)\./.test(one.id);
  await store.journal(organization, _id, tail.filter(own));
  await store.flush(tail.filter((one) => !own(one)));
  if (tail.some(({ runs = [] }) => runs.length > 0)) counted(organization);
  crashpoint('after S7');
}

/** The document as it is now, with our lease; null where another worker has taken it. */
async function reload({ store }: TurnDeps, { _id, lease }: ConversationDocument): Promise<ConversationDocument | null> {
  const document = await store.load(_id);
  return document?.lease.token === lease.token ? document : null;
}

/** S15. Null where somebody changed the conversation meanwhile: the turn is not over. */
async function release(
  { store, now, timing, crashpoint }: TurnDeps,
  document: ConversationDocument,
  blockedUntil: Date | null,
): Promise<TurnEnd | null> {
  const awake = document.owner.kind === 'bot';
  const timers = document.timers.filter((timer) => awake || timer.whileAway).map((timer) => timer.due);
  // A call of ours may still run; if this process dies, somebody must run it again
  const watch = new Date(now().getTime() + timing.callWatch);
  const calls = document.calls.map(({ until }) => (until > now() ? until : watch));
  const moments = [...timers, ...calls, ...(blockedUntil ? [blockedUntil] : [])].sort(
    (a, b) => a.getTime() - b.getTime(),
  );
  const wakeAt = moments[0] ?? null;
  crashpoint('before S15');
  const released = await store.release(document, wakeAt);
  crashpoint('after S15');
  return released ? { taken: false, wakeAt } : null;
}

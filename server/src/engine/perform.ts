import { isDecoration } from '@parley/runtime';
import { type Gateway, type SendResult, UNSUPPORTED } from '../channels/whatsapp/gateway.ts';
import type { ChannelWithSecrets } from '../storage/channel.ts';
import { RANKS } from '../storage/messages.ts';
import { type Consequences, withRemedy } from './consequences.ts';
import type { Crashpoint } from './crashpoint.ts';
import { type ConversationDocument, LATER_PATIENCE, MAX_SENDS, type OutboxEntry } from './documents.ts';
import { type Fit, type FitDeps, fit } from './fit.ts';
import { messageOfEntry } from './message-of.ts';
import type { EngineStore } from './store.ts';

export interface PerformDeps extends FitDeps {
  store: EngineStore;
  gateways: Record<ChannelWithSecrets['provider'], Gateway>;
  /** What a failure tells of the person. */
  consequences: Consequences;
  crashpoint: Crashpoint;
  now: () => Date;
  /** Milliseconds that never jump. */
  monotonic: () => number;
  nonce: () => string;
}

/** The right to call the provider for the head, once; the commit may have asked for it itself (merged S6 and S9). */
export interface Permit {
  nonce: string;
  /** By the clock that never jumps, before the store was asked. */
  asked: number;
  /** The head as it was then, to be restored if nobody calls. */
  before: OutboxEntry;
}

/** What became of the head: `moved` on to the next, or `blocked` until a moment. */
type Head = { moved: true } | { moved: false; wakeAt: Date };

const LONGEST_PAUSE = 300_000; // ms between two tries, unless the provider asks for more
const RETURNS = 3; // tries to give a permit back; the driver by itself waits for a store that changes its primary

/**
 * Sends the head of a conversation's outbox (S9 to S14). Before the provider is called a conditional write on the same
 * document gives the permit; afterwards the result is recorded, whoever holds the lease by then.
 */
export async function performHead(
  deps: PerformDeps,
  document: ConversationDocument,
  channel: ChannelWithSecrets | null,
  permit: Permit | null,
  /** The reader's, for the few words that a provider makes us add. */
  language: string,
): Promise<Head> {
  const { store, now } = deps;
  const { head } = document;
  const entry = document.outbox[`e${head}`];
  if (!entry) throw new Error(`the outbox of ${document._id} has no entry ${head}`);
  if (entry.by === 'bot' && entry.epoch < document.epoch && entry.state === 'queued') {
    deps.crashpoint('before S13');
    await store.markMessage(entry.id, { dropped: true }); // S13: somebody else speaks now
    await store.drop(document._id, head, entry);
    deps.crashpoint('after S13');
    return { moved: true };
  }
  if (entry.notBefore && entry.notBefore > now()) return { moved: false, wakeAt: entry.notBefore };
  if (permit) {
    const ready = await fit(deps, document, channel, entry, language);
    return call(deps, document, { entry, channel, ready, permit });
  }
  if (entry.state === 'sending') return lookAfter(deps, document, channel, entry, language);
  // Back in the queue after a try that nobody knows the end of: a status may have told meanwhile
  const told = entry.attempt > 0 ? await outcome(deps, entry) : undefined;
  if (told !== undefined) return settled(deps, document, entry, told);
  const ready = await fit(deps, document, channel, entry, language);
  const fresh = newPermit(deps, entry);
  deps.crashpoint('before S9');
  const permitted = await orGiveBack(deps, document, fresh, () => store.permit(document, entry, fresh.nonce));
  deps.crashpoint('after S9');
  if (!permitted) return { moved: false, wakeAt: now() };
  return call(deps, document, { entry, channel, ready, permit: fresh });
}

/** Made before the store is asked, so that nobody calls long after the permit was given. */
export const newPermit = ({ monotonic, nonce }: PerformDeps, before: OutboxEntry): Permit => ({
  nonce: nonce(),
  asked: monotonic(),
  before,
});

/**
 * What lies between asking for a permit and the call. If it fails nobody calls, and the permit, which the store may have
 * given all the same, is no try: two of those in a row would leave the message unsent and unknown.
 */
export async function orGiveBack<Done>(
  deps: PerformDeps,
  document: ConversationDocument,
  permit: Permit | null,
  work: () => Promise<Done>,
): Promise<Done> {
  try {
    return await work();
  } catch (error) {
    if (permit) await giveBack(deps, document, permit);
    throw error;
  }
}

/** A permit that cannot be given back counts as a call: better a message that people see as unknown than one sent twice. */
async function giveBack({ store }: PerformDeps, document: ConversationDocument, { nonce, before }: Permit) {
  for (let tries = 1; tries <= RETURNS; tries++) {
    const given = await store.giveBack(document, before, nonce).then(
      () => true,
      () => false,
    );
    if (given) return;
  }
}

/** The head as it is about to go out. */
interface Sending {
  entry: OutboxEntry;
  channel: ChannelWithSecrets | null;
  ready: Fit;
  permit: Permit;
}

/** S10 to S12. What could not be made ready has its result without a call, under the permit all the same. */
async function call(deps: PerformDeps, document: ConversationDocument, sending: Sending): Promise<Head> {
  const { entry, ready, permit } = sending;
  const { store, crashpoint } = deps;
  // Paused for so long, another worker may hold the next permit: the one who asked in time calls, nobody else
  if (deps.monotonic() - permit.asked > deps.timing.startWithin) {
    await giveBack(deps, document, permit);
    return unknown(deps);
  }
  crashpoint('before S10');
  const result = ready.kind === 'ready' ? await send(deps, document, ready, entry) : ready;
  crashpoint('after S10');
  switch (result.kind) {
    case 'accepted':
      crashpoint('before S11');
      await store.record(entry.id, { status: 'SENT', providerId: result.providerId, error: null });
      return settled(deps, document, entry, null);
    case 'refused':
      return failed(deps, document, sending, result);
    case 'later':
      return postponed(deps, document, sending, result);
    case 'unknown':
      return unknown(deps);
  }
}

/** Nobody knows: the next look is at the Message, which a status may have moved by then. */
const unknown = ({ now, timing }: PerformDeps): Head => ({
  moved: false,
  wakeAt: new Date(now().getTime() + timing.lookAgain),
});

const send = (
  { gateways, timing, timers }: PerformDeps,
  document: ConversationDocument,
  { channel, content }: Extract<Fit, { kind: 'ready' }>,
  entry: OutboxEntry,
): Promise<SendResult> =>
  gateways[channel.provider]({
    channel,
    to: document.recipient,
    content,
    reference: entry.id,
    lastInbound: document.lastInboundId,
    signal: timers.patience(timing.callTimeout),
  });

/** The consequences come first: they may be repeated, but a failure that is recorded is looked at no more. */
async function failed(
  deps: PerformDeps,
  document: ConversationDocument,
  { entry, channel }: Sending,
  { code, reason }: { code: string; reason: string },
): Promise<Head> {
  const { organization, contact } = document;
  const provider = channel?.provider;
  if (provider) await deps.consequences({ id: entry.id, organization, contact, provider, code });
  deps.crashpoint('before S11');
  const error = provider ? withRemedy(provider, { code, reason }) : { code, reason };
  await deps.store.record(entry.id, { status: 'FAILED', providerId: null, error });
  const isMissed = entry.answers || code !== UNSUPPORTED || !isDecoration(entry.content);
  return settled(deps, document, entry, isMissed ? reason : null);
}

/** Nothing went out, and it is tried again until people should know of it. */
async function postponed(
  deps: PerformDeps,
  document: ConversationDocument,
  sending: Sending,
  result: Extract<SendResult, { kind: 'later' }>,
): Promise<Head> {
  const { store, now } = deps;
  const { entry, permit } = sending;
  if (now().getTime() - entry.at.getTime() > LATER_PATIENCE) return failed(deps, document, sending, result);
  const least = Math.max(result.afterSeconds, 1) * 1_000;
  const pause = Math.max(least, Math.min(least * 2 ** (entry.postponed ?? 0), LONGEST_PAUSE));
  const until = new Date(now().getTime() + pause);
  await store.postpone(document, permit.nonce, permit.before.attempt, until);
  return { moved: false, wakeAt: until };
}

/** The flow hears of a send that it waits for, and of every one that failed; the row comes before the settling (S11, S12). */
async function settled(
  { store, crashpoint }: PerformDeps,
  document: ConversationDocument,
  entry: OutboxEntry,
  error: string | null,
): Promise<Head> {
  const { session, ordinal } = entry;
  if (session !== null && ordinal !== null && (entry.answers || error !== null)) {
    const payload = { kind: 'result' as const, effect: entry.id, session, ordinal, ok: error === null, error };
    await store.accept([
      { id: `result.${entry.id}`, organization: document.organization, conversation: document._id, payload },
    ]);
  }
  crashpoint('after S11');
  crashpoint('before S12');
  await store.settle(document._id, document.head, entry.id);
  crashpoint('after S12');
  return { moved: true };
}

/** S14: somebody called and died, or no answer came. A status tells; after the channel's silence the policy does. */
async function lookAfter(
  deps: PerformDeps,
  document: ConversationDocument,
  channel: ChannelWithSecrets | null,
  entry: OutboxEntry,
  language: string,
): Promise<Head> {
  const { store, now, timing } = deps;
  const told = await outcome(deps, entry);
  if (told !== undefined) return settled(deps, document, entry, told);
  const silence = (channel?.settings.silenceSeconds ?? 60) * timing.silenceSecond;
  const silentUntil = (document.sendingAt?.getTime() ?? 0) + silence;
  if (now().getTime() < silentUntil)
    return { moved: false, wakeAt: new Date(Math.min(silentUntil, now().getTime() + timing.lookAgain)) };
  const outdated = entry.by === 'bot' && entry.epoch < document.epoch;
  if (outdated || entry.policy === 'once' || entry.attempt >= MAX_SENDS) {
    await store.markMessage(entry.id, { unknown: true });
    return settled(deps, document, entry, entry.answers ? 'unknown' : null);
  }
  await store.showMessages([messageOfEntry(document, entry)]);
  const ready = await fit(deps, document, channel, entry, language);
  const permit = newPermit(deps, entry);
  const permitted = await orGiveBack(deps, document, permit, () =>
    store.permitAgain(document, entry, permit.nonce, silence),
  );
  if (!permitted) return unknown(deps);
  return call(deps, document, { entry, channel, ready, permit });
}

/** What a status or a record tells of a send: null is good, words are bad, undefined is nothing yet. */
async function outcome({ store, crashpoint }: PerformDeps, { id }: OutboxEntry): Promise<string | null | undefined> {
  crashpoint('before S14');
  const message = await store.message(id);
  crashpoint('after S14');
  if (!message || message.rank < RANKS.SENT) return undefined;
  return message.rank === RANKS.FAILED ? (message.error?.reason ?? 'The message failed.') : null;
}

import { OutboundContent } from '@parley/runtime';
import type { Gateway, SendResult } from '../channels/whatsapp/gateway.ts';
import type { ChannelWithSecrets } from '../storage/channel.ts';
import { RANKS } from '../storage/messages.ts';
import type { Crashpoint } from './crashpoint.ts';
import { type ConversationDocument, MAX_SENDS, type OutboxEntry } from './documents.ts';
import { messageOfEntry } from './message-of.ts';
import type { EngineStore } from './store.ts';
import type { Timers } from './timers.ts';
import type { Timing } from './timing.ts';

export interface PerformDeps {
  store: EngineStore;
  gateways: Record<ChannelWithSecrets['provider'], Gateway>;
  crashpoint: Crashpoint;
  timing: Timing;
  timers: Timers;
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
  if (permit) return call(deps, document, channel, entry, permit);
  if (entry.state === 'sending') return lookAfter(deps, document, channel, entry);
  const fresh = newPermit(deps, entry);
  deps.crashpoint('before S9');
  const permitted = await orGiveBack(deps, document, fresh, () => store.permit(document, entry, fresh.nonce));
  deps.crashpoint('after S9');
  if (!permitted) return { moved: false, wakeAt: now() };
  return call(deps, document, channel, { ...entry, attempt: entry.attempt + 1 }, fresh);
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

/** S10 to S12. */
async function call(
  deps: PerformDeps,
  document: ConversationDocument,
  channel: ChannelWithSecrets | null,
  entry: OutboxEntry,
  permit: Permit,
): Promise<Head> {
  const { store, now, crashpoint } = deps;
  // Paused for so long, another worker may hold the next permit: the one who asked in time calls, nobody else
  if (deps.monotonic() - permit.asked > deps.timing.startWithin) {
    await giveBack(deps, document, permit);
    return unknown(deps);
  }
  crashpoint('before S10');
  const result = await send(deps, document, channel, entry);
  crashpoint('after S10');
  switch (result.kind) {
    case 'accepted':
      crashpoint('before S11');
      await store.record(entry.id, { status: 'SENT', providerId: result.providerId, error: null });
      return settled(deps, document, entry, null);
    case 'refused':
      crashpoint('before S11');
      await store.record(entry.id, {
        status: 'FAILED',
        providerId: null,
        error: { code: result.code, reason: result.reason },
      });
      return settled(deps, document, entry, result.reason);
    case 'later': {
      const least = result.afterSeconds * 1_000;
      const pause = Math.max(least, Math.min(least * 2 ** (entry.attempt - 1), LONGEST_PAUSE));
      const until = new Date(now().getTime() + pause);
      await store.postpone(document, permit.nonce, until);
      return { moved: false, wakeAt: until };
    }
    case 'unknown':
      return unknown(deps);
  }
}

/** Nobody knows: the next look is at the Message, which a status may have moved by then. */
const unknown = ({ now, timing }: PerformDeps): Head => ({
  moved: false,
  wakeAt: new Date(now().getTime() + timing.lookAgain),
});

async function send(
  { gateways, timing, timers }: PerformDeps,
  document: ConversationDocument,
  channel: ChannelWithSecrets | null,
  entry: OutboxEntry,
): Promise<SendResult> {
  if (!channel?.enabled)
    return { kind: 'refused', code: 'whatsapp_not_configured', reason: 'The channel is gone or switched off.' };
  const content = OutboundContent.safeParse(entry.content);
  if (!content.success) {
    const [issue] = content.error.issues;
    return {
      kind: 'refused',
      code: 'invalid_content',
      reason: `${issue?.path.join('.') ?? 'content'}: ${issue?.message ?? 'cannot be sent'}`,
    };
  }
  return gateways[channel.provider]({
    channel,
    to: document.recipient,
    content: content.data,
    reference: entry.id,
    lastInbound: document.lastInboundId,
    signal: timers.patience(timing.callTimeout),
  });
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
): Promise<Head> {
  const { store, now, timing, crashpoint } = deps;
  crashpoint('before S14');
  const message = await store.message(entry.id);
  crashpoint('after S14');
  if (message && message.rank >= RANKS.SENT)
    return settled(
      deps,
      document,
      entry,
      message.rank === RANKS.FAILED ? (message.error?.reason ?? 'The message failed.') : null,
    );
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
  const permit = newPermit(deps, entry);
  const permitted = await orGiveBack(deps, document, permit, () =>
    store.permitAgain(document, entry, permit.nonce, silence),
  );
  if (!permitted) return unknown(deps);
  return call(deps, document, channel, { ...entry, attempt: entry.attempt + 1 }, permit);
}

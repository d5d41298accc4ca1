import { explainError } from '../../channels/whatsapp/errors/index.ts';
import { createTwilioClient } from '../../channels/whatsapp/twilio/client.ts';
import { type Fault, faultOf, INVALID_CONFIGURATION } from '../../channels/whatsapp/twilio/fault.ts';
import { findMissed } from '../../channels/whatsapp/twilio/reconcile.ts';
import type { Accept } from '../../engine/accept.ts';
import type { Log } from '../../plugins/log.ts';
import type { ChannelCheck, TwilioChannel } from '../../storage/channel.ts';
import type { Timers } from '../../timers.ts';
import type { ReconcileRow, ReconcileStore } from './twilio-reconcile-store.ts';

const LOOK = 60_000; // ms between two looks at who is due
const EVERY = 10 * 60_000; // ms between two lists of one channel
const SOON = 60_000; // ms; by then what was too young is old enough: people wrote while we started
const OVERLAP = 15 * 60_000; // ms that are asked for again: clocks differ, and lists lag behind
const FARTHEST = 3 * 24 * 3_600_000; // ms; older messages are told by nobody
const PATIENCE = 120_000; // ms for all of one channel's calls
const LEASE = 5 * 60_000; // ms; longer than one channel takes
const AT_A_TIME = 100; // messages of one write

export interface ReconcilerDeps {
  channels: {
    enabledTwilio(): Promise<TwilioChannel[]>;
    keepCheck(organization: string, id: string, check: ChannelCheck, address: string | null): Promise<unknown>;
  };
  store: ReconcileStore;
  accept: Accept;
  /** Whether something was accepted under this id. */
  isKept(id: string): Promise<boolean>;
  wake(conversation: string): void;
  apiUrl: string;
  fetch: typeof fetch;
  now: () => Date;
  timers: Timers;
  log: Log;
}

/** Why the rest of a look is left for the next one. */
type Stop = 'account' | 'all' | null;

/**
 * Finds what people wrote while no webhook could be taken: Twilio sends none twice, but lists every message. At the start
 * and every ten minutes, one process at a time (decisions/twilio-reconciliation.md).
 */
export function createReconciler(deps: ReconcilerDeps) {
  const { channels, store, now, timers, log } = deps;
  /** Channels that this process has asked about: the first time it does not wait, for it may have been away. */
  const asked = new Set<string>();
  const stopped = new AbortController();
  let callOff: (() => void) | null = null;
  let looking: Promise<unknown> = Promise.resolve();

  /** Asks about every channel that is due. One look at a time. */
  function once(): Promise<void> {
    const next = looking.then(lookAround);
    looking = next.catch(() => undefined);
    return next;
  }

  async function lookAround(): Promise<void> {
    const busy = new Set<string | null>();
    for (const channel of await channels.enabledTwilio()) {
      if (stopped.signal.aborted) return;
      if (!channel.secrets || busy.has(channel.accountSid)) continue;
      const row = await claim(channel);
      const stop = row && (await reconcile(channel, row));
      if (stop === 'all') return;
      if (stop === 'account') busy.add(channel.accountSid);
    }
  }

  async function claim(channel: TwilioChannel): Promise<ReconcileRow | null> {
    const atOnce = !asked.has(channel.id);
    if (atOnce) await store.ensure(channel);
    const row = await store.claim(channel, { now: now(), until: new Date(now().getTime() + LEASE), atOnce });
    if (row) asked.add(channel.id); // else it is tried at once again: who has it may have been killed
    return row;
  }

  async function reconcile(channel: TwilioChannel, row: ReconcileRow): Promise<Stop> {
    const at = now();
    const nextAt = new Date(at.getTime() + EVERY);
    try {
      const awaited = await takeMissed(channel, row.reached ?? channel.createdAt, at);
      const soon = new Date(at.getTime() + SOON);
      await store.finish(row, { reached: new Date(at.getTime() - OVERLAP), nextAt: awaited ? soon : nextAt });
      if (isOurs(channel.check)) await keepCheck(channel, withoutRefusal(channel.check));
      return null;
    } catch (error) {
      // Asked again from where it was; while stopping, by whoever is there next
      await store.finish(row, { reached: row.reached, nextAt: stopped.signal.aborted ? row.nextAt : nextAt });
      return stopped.signal.aborted ? 'all' : tell(channel, error);
    }
  }

  /** True where some of them can only be taken later. */
  async function takeMissed(channel: TwilioChannel, from: Date, at: Date): Promise<boolean> {
    const { accountSid, address, secrets } = channel;
    if (accountSid === null || address === null || secrets === null) return false;
    const signal = AbortSignal.any([stopped.signal, timers.patience(PATIENCE)]);
    const { apiUrl, fetch } = deps;
    const { messages, whole, awaited } = await findMissed({
      client: await createTwilioClient({ apiUrl, fetch, accountSid, authToken: secrets.authToken, signal }),
      apiUrl,
      address,
      since: new Date(Math.max(from.getTime(), at.getTime() - FARTHEST)),
      now: at,
      isKnown: (sid) => deps.isKept(`${channel.id}:${sid}`),
    });
    if (!whole) log.warn({ channel: channel.id }, 'Twilio lists more messages than are read: the oldest are missing');
    for (let first = 0; first < messages.length; first += AT_A_TIME) {
      const { conversations } = await deps.accept(channel, messages.slice(first, first + AT_A_TIME));
      for (const conversation of conversations) deps.wake(conversation);
    }
    const count = messages.length;
    if (count > 0)
      log.warn({ channel: channel.id, count }, 'messages were found at Twilio that no webhook had told of');
    return awaited;
  }

  async function tell(channel: TwilioChannel, error: unknown): Promise<Stop> {
    const fault = faultOf(error);
    const { id, accountSid } = channel;
    if (fault.kind !== 'answer') {
      log.warn({ err: error, channel: id }, 'Twilio could not be asked for missed messages; it is tried again');
      return fault.kind === 'unreachable' ? 'all' : null;
    }
    const { status, code } = fault;
    log.warn({ channel: id, status, code }, 'Twilio refused to list messages; it is asked again in ten minutes');
    if (isRefusedKey(fault)) {
      if (!isOurs(channel.check)) await keepCheck(channel, withRefusal(channel.check, now()));
      return null;
    }
    return status === 429 && accountSid !== null ? 'account' : null;
  }

  const keepCheck = ({ organization, id }: TwilioChannel, check: ChannelCheck) =>
    channels.keepCheck(organization, id, check, null);

  const loop = () => {
    void once()
      .catch((error: unknown) =>
        log.error({ err: error }, 'missed messages could not be looked for; it is tried again'),
      )
      .then(() => {
        if (callOff) callOff = timers.later(LOOK, loop);
      });
  };

  return {
    once,
    start(): void {
      callOff = timers.later(0, loop);
    },
    async stop(): Promise<void> {
      callOff?.();
      callOff = null;
      stopped.abort();
      await looking;
    },
  };
}

const REFUSED_KEY = 'token_invalid';

const isRefusedKey = ({ status, code }: Extract<Fault, { kind: 'answer' }>): boolean =>
  status === 401 || explainError('twilio', code ?? '').class === 'credentials';

/** First, since nothing works without it; what else a check has found stays. */
const withRefusal = (check: ChannelCheck, at: Date): ChannelCheck => ({
  ...check,
  state: 'failing',
  at,
  problems: [
    { code: REFUSED_KEY, message: INVALID_CONFIGURATION, remedy: explainError('twilio', '20003').remedy },
    ...check.problems.filter(({ code }) => code !== REFUSED_KEY),
  ],
});

/** A list that worked takes back the refusal, and nothing else. */
function withoutRefusal(check: ChannelCheck): ChannelCheck {
  const problems = check.problems.filter(({ code }) => code !== REFUSED_KEY);
  return { ...check, state: problems.length > 0 ? check.state : 'unknown', problems };
}

/** Whether this job has said it; a check says more, and in words of its own. */
const isOurs = ({ problems }: ChannelCheck): boolean =>
  problems.some(({ code, message }) => code === REFUSED_KEY && message === INVALID_CONFIGURATION);

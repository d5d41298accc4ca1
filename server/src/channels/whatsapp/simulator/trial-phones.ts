import type { OutboundContent } from '@parley/runtime';
import { GraphError } from '../../../simulator/meta/errors.ts';
import { createFates, type Faring, type StatusTelling } from '../../../simulator/network/fates.ts';
import { createPlay, type Play, type Rule, Script } from '../../../simulator/network/script.ts';
import type { SimulatorChannel } from '../../../storage/channel.ts';
import type { Timers } from '../../../timers.ts';
import type { SendRequest } from '../gateway.ts';
import { type ElementOf, statusElement } from '../inbound.ts';

export interface TrialPhonesOptions {
  /** What the phones tell of themselves. */
  tell(channel: SimulatorChannel, status: ElementOf<'status'>): void;
  timers: Pick<Timers, 'later'>;
  now: () => Date;
  random: () => number;
}

export { ACTS, type Act } from '../../../simulator/network/acts.ts';
/** What may go wrong on a trial's phones, as programs write it. */
export { TrialScript } from '../../../simulator/network/script.ts';

type Sent = Pick<SendRequest, 'to' | 'content' | 'reference'>;
type Held = Faring & { reference: string };

const DEFAULT_CODES = { reject: 131000, 'rate-limit': 130429, 'later-status': 131000 } as const;
/** The gateway's answer says so already. */
const TOLD_BY_THE_ANSWER = 'sent';
const STATUSES = { delivered: 'DELIVERED', read: 'READ', failed: 'FAILED' } as const;

export const simulatedId = (reference: string): string => `simulated.${reference}`;

/**
 * The simulator's phones and Graph, without HTTP and without a memory: what was said lies with the conversation, so that a
 * trial outlives a restart. Everybody has a phone, and every window is open. What goes wrong is the channel's own script;
 * how often each of its rules has acted is counted in this process, and anew when the script changes.
 */
export function createTrialPhones({ tell, timers, now, random }: TrialPhonesOptions) {
  const plays = new Map<string, { written: string; play: Play }>();

  function playOf({ id, settings }: SimulatorChannel): Play {
    const written = JSON.stringify(settings.script ?? {});
    const known = plays.get(id);
    if (known?.written === written) return known.play;
    const play = createPlay();
    play.set(Script.safeParse(settings.script ?? {}).data ?? Script.parse({}));
    plays.set(id, { written, play });
    return play;
  }

  const fatesBy = (play: Play) =>
    createFates<SimulatorChannel, Held>({
      clock: { now, later: (milliseconds, work) => void timers.later(milliseconds, work) },
      play,
      random,
      tell: (channel, telling) => {
        const status = statusOf(telling);
        if (status) tell(channel, status);
      },
      changed: () => {},
    });

  /** Graph's answer to a message; rejects where none comes. */
  return async (channel: SimulatorChannel, sent: Sent, signal: AbortSignal): Promise<Response> => {
    const play = playOf(channel);
    const rule = play.take(callOf(sent));
    const then = rule?.then;
    const wait = () => pause(timers, rule?.delayMs ?? 0, signal);
    if (then === 'slow') await wait();
    if (then === 'drop') throw new Error('The script cuts the call off.');
    if (rule && (then === 'reject' || then === 'rate-limit')) {
      await wait();
      return refusal(rule, DEFAULT_CODES[then]);
    }
    const { content, reference } = sent;
    const voice = content.kind === 'audio' && content.voice === true;
    const held: Held = { reference, kind: kindOf(content), voice, status: 'accepted', failure: null };
    const fates = fatesBy(play);
    if (then === 'later-status')
      fates.fail(channel, held, { code: rule?.code ?? DEFAULT_CODES['later-status'], details: null });
    else fates.arrive(channel, held);
    if (then === 'timeout-after-accept') {
      await wait();
      throw new Error('The script lets the answer get lost.');
    }
    return Response.json({ messages: [{ id: simulatedId(reference) }] });
  };
}

function statusOf({ message, status, failure, at }: StatusTelling<Held>): ElementOf<'status'> | null {
  if (status === TOLD_BY_THE_ANSWER || !(status in STATUSES)) return null;
  const { reference } = message;
  return statusElement({
    providerId: simulatedId(reference),
    reference,
    status: STATUSES[status as keyof typeof STATUSES],
    at,
    error: failure && { code: String(failure.code), reason: new GraphError(failure.code).message },
    raw: null,
  });
}

function refusal({ code, status, body }: Rule, usual: number): Response {
  const error = new GraphError(code ?? usual, undefined, status === undefined ? {} : { status });
  return Response.json(body === undefined ? error.body('trial') : body, { status: error.status });
}

/** A rule looks at it as at a call of Meta's API, with our own words for the kinds. */
function callOf({ to, content }: Sent): Parameters<Play['take']>[0] {
  return {
    provider: 'meta',
    method: 'POST',
    path: '/messages',
    to: to.value,
    text: wordsOf(content),
    kind: content.kind,
  };
}

function wordsOf(content: OutboundContent): string | null {
  if ('text' in content) return content.text ?? null;
  return 'caption' in content ? (content.caption ?? null) : null;
}

const kindOf = ({ kind }: OutboundContent): Faring['kind'] => (kind === 'reaction' ? 'reaction' : 'text');

const pause = (timers: Pick<Timers, 'later'>, milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (milliseconds === 0) return resolve();
    const callOff = timers.later(milliseconds, resolve);
    signal.addEventListener(
      'abort',
      () => {
        callOff();
        reject(signal.reason);
      },
      { once: true },
    );
  });

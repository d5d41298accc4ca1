import type { Http } from '../../plugins/http.ts';
import type { Log } from '../../plugins/log.ts';
import type { ChannelCheck, ChannelWithSecrets } from '../../storage/channel.ts';
import type { Timers } from '../../timers.ts';
import { syncTemplates } from '../templates/sync.ts';
import { askMeta } from './ask-meta.ts';
import { askTwilio } from './ask-twilio.ts';
import { isPrivate } from './diagnostics/address.ts';
import { diagnostics } from './diagnostics/all.ts';
import { type Diagnostic, unknown, type Verdict } from './diagnostics/diagnostic.ts';
import type { Evidence, Facts } from './diagnostics/facts.ts';
import { askOwn, type OwnFactsDeps } from './own-facts.ts';

export interface CheckDeps extends Omit<OwnFactsDeps, 'timeout'> {
  http: Http;
  metaGraphUrl: string;
  twilioApiUrl: string;
  publicUrl: string;
  evidence(organization: string, id: string): Promise<Evidence>;
  log: Pick<Log, 'warn'>;
  timers: Pick<Timers, 'later'>;
}

/**
 * Asks the provider and our own store about the channel, and judges what they say. It takes `timeout` milliseconds at
 * most, however slow they are: what has not answered by then counts as unknown. The address is null where the provider
 * told none. It reads the channel's templates in as well.
 */
export async function checkChannel(
  channel: ChannelWithSecrets,
  deps: CheckDeps,
  timeout: number,
): Promise<{ check: ChannelCheck; address: string | null }> {
  const facts = await gather(channel, deps, timeout);
  return { check: judge(facts), address: facts.meta?.number?.ok ? facts.meta.number.value.address : null };
}

/** The answers to all questions, with the failing ones as problems: each problem once. */
export function judge(facts: Facts): ChannelCheck {
  const judged = diagnostics.map((diagnostic) => ({ ...diagnostic, verdict: verdictOf(diagnostic, facts) }));
  const problems = new Map<string, ChannelCheck['problems'][number]>();
  for (const { verdict } of judged) {
    const { result, code, message, remedy } = verdict;
    if (result === 'failing' && !problems.has(code)) problems.set(code, { code, message, remedy: remedy ?? '' });
  }
  return {
    state: stateOf(judged, problems.size),
    at: facts.now,
    problems: [...problems.values()],
    diagnostics: judged.map(({ id, topic, title, verdict: { result, message, remedy } }) => ({
      id,
      topic,
      title,
      result,
      message,
      remedy,
    })),
  };
}

/** A question that stumbles over an odd fact leaves the others standing. */
function verdictOf(diagnostic: Diagnostic, facts: Facts): Verdict {
  try {
    return diagnostic.judge(facts);
  } catch {
    return unknown('This could not be judged.', 'Check again; if it stays, report it with the server’s log.');
  }
}

/** Without the provider's word on the token nobody knows whether the number works. */
function stateOf(judged: { id: string; verdict: Verdict }[], problems: number): ChannelCheck['state'] {
  if (problems > 0) return 'failing';
  return judged.some(({ id, verdict }) => id === 'access-token' && verdict.result === 'unknown') ? 'unknown' : 'ok';
}

/** Everything is asked at once, and everything has the same time: what is late or fails is null. */
async function gather(channel: ChannelWithSecrets, deps: CheckDeps, timeout: number): Promise<Facts> {
  const { http, metaGraphUrl, twilioApiUrl, publicUrl, now, templates, log, timers } = deps;
  const { organization, id } = channel;
  let callOff = () => {};
  const late = new Promise<null>((resolve) => {
    callOff = timers.later(timeout, () => resolve(null));
  });
  const inTime = <Value>(asked: Promise<Value>): Promise<Value | null> =>
    Promise.race([
      asked.catch((error: unknown) => void log.warn({ err: error }, 'a question of the check failed')),
      late,
    ]).then((value) => value ?? null);
  const sync = syncTemplates(channel, { templates, http, metaGraphUrl, twilioApiUrl, now, timeout });
  const synced = sync.then(() => templates.ofChannel(organization, id));
  const meta = channel.provider === 'meta' ? askMeta({ http, graphUrl: metaGraphUrl, timeout }, channel) : null;
  const twilio = channel.provider === 'twilio' ? askTwilio({ http, twilioApiUrl, timeout }, channel) : null;
  const own = askOwn({ ...deps, timeout }, channel);
  const [evidence, count, fresh, metaFacts, twilioFacts, ownFacts] = await Promise.all([
    inTime(deps.evidence(organization, id)),
    inTime(sync),
    inTime(synced),
    meta && all(meta, inTime),
    twilio && all(twilio, inTime),
    all(own, inTime),
  ]);
  callOff();
  return {
    channel,
    now: now(),
    publicUrl,
    isRehearsal: isPrivate(channel.provider === 'twilio' ? twilioApiUrl : metaGraphUrl),
    evidence: evidence ?? { refused: null, news: {} },
    sync: count,
    meta: metaFacts,
    twilio: twilioFacts,
    own: { ...ownFacts, templates: fresh ?? ownFacts.templates },
  };
}

type Asked<Facts> = { [Name in keyof Facts]: Promise<Facts[Name]> };
type Contain = <Value>(asked: Promise<Value>) => Promise<Value | null>;

async function all<Facts extends object>(
  asked: Asked<Facts>,
  contain: Contain,
): Promise<{ [Name in keyof Facts]: Facts[Name] | null }> {
  const entries = Object.entries<Promise<Facts[keyof Facts]>>(asked);
  const answers = await Promise.all(entries.map(async ([name, promise]) => [name, await contain(promise)] as const));
  return Object.fromEntries(answers) as { [Name in keyof Facts]: Facts[Name] | null };
}

import { OutboundContent, providerContent } from '@parley/runtime';
import { type Prepare, type SendResult, UNSUPPORTED } from '../channels/whatsapp/gateway.ts';
import type { Log } from '../plugins/log.ts';
import type { ChannelWithSecrets } from '../storage/channel.ts';
import type { Timers } from '../timers.ts';
import type { DeedStore } from './deed-store.ts';
import type { ConversationDocument, OutboxEntry } from './documents.ts';
import type { Timing } from './timing.ts';

export interface FitDeps {
  prepare: Prepare;
  deeds: DeedStore;
  timing: Timing;
  timers: Timers;
  log: Log;
}

/** What goes to the gateway, or the word that would have been the provider's: nothing goes out then. */
export type Fit =
  | { kind: 'ready'; channel: ChannelWithSecrets; content: OutboundContent }
  | Extract<SendResult, { kind: 'refused' } | { kind: 'later' }>;

const BEATS = 4; // renewals in a lease: one that is late costs nothing yet
const ODD_PAUSE = 5; // seconds after a preparation that broke or took too long

/** Without files of ours nothing has to be fetched or uploaded. */
export const plainPrepare: Prepare = async ({ provider }, content, { language }) => {
  const made = providerContent(content, provider, language);
  if ('unsupported' in made) return { kind: 'refused', code: UNSUPPORTED, reason: made.unsupported };
  return { kind: 'ready', content: made.content };
};

/** It names a file of ours (`med_…`), which may have to be brought to the provider first. */
export const takesTime = (content: unknown): boolean => JSON.stringify(content).includes('"med_');

/**
 * Makes a send ready for its channel, before the permit is used. An upload may take longer than a permit lives and a
 * lease lasts: the lease is renewed meanwhile, and the permit is asked for afterwards. Never throws.
 */
export async function fit(
  deps: FitDeps,
  document: ConversationDocument,
  channel: ChannelWithSecrets | null,
  entry: OutboxEntry,
  language: string,
): Promise<Fit> {
  if (!channel?.enabled)
    return {
      kind: 'refused',
      code: 'whatsapp_not_configured',
      reason: 'WhatsApp is not configured for this organization: the channel is gone or switched off.',
    };
  const content = OutboundContent.safeParse(entry.content);
  if (!content.success) {
    const [issue] = content.error.issues;
    const reason = `${issue?.path.join('.') ?? 'content'}: ${issue?.message ?? 'cannot be sent'}`;
    return { kind: 'refused', code: 'invalid_content', reason };
  }
  const slow = takesTime(content.data);
  const signal = slow ? deps.timers.patience(deps.timing.prepareTimeout) : new AbortController().signal;
  const prepared = () => Promise.race([deps.prepare(channel, content.data, { language, signal }), patienceOf(signal)]);
  try {
    const made = slow ? await whileLeased(deps, document, prepared) : await prepared();
    return made.kind === 'ready' ? { ...made, channel } : made;
  } catch (error) {
    deps.log.error({ err: error, conversation: document._id, message: entry.id }, 'a message could not be prepared');
    const reason = 'It could not be made ready to be sent; the log holds the cause.';
    return { kind: 'later', code: 'not_prepared', reason, afterSeconds: ODD_PAUSE };
  }
}

/** Ends what does not listen to the signal. */
const patienceOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

async function whileLeased<Done>(
  { deeds, timing, timers }: FitDeps,
  document: ConversationDocument,
  work: () => Promise<Done>,
): Promise<Done> {
  let callOff = () => {};
  let renewed: Promise<void> = Promise.resolve();
  const beat = () => {
    callOff = timers.later(timing.lease / BEATS, () => {
      renewed = deeds.renew(document).catch(() => undefined); // the store is away: whoever comes next finds out
      beat();
    });
  };
  beat();
  try {
    return await work();
  } finally {
    callOff();
    await renewed; // one that comes after the release would hold the conversation for nobody
  }
}

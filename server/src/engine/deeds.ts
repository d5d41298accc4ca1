import type { Log } from '../plugins/log.ts';
import type { ChannelWithSecrets } from '../storage/channel.ts';
import { isStoreTrouble } from '../storage/store-trouble.ts';
import type { Crashpoint } from './crashpoint.ts';
import type { DeedStore } from './deed-store.ts';
import type { ConversationDocument, Deed } from './documents.ts';
import type { About, Performers } from './performers.ts';
import type { Timing } from './timing.ts';

export interface DeedDeps {
  performers: Performers;
  deeds: DeedStore;
  log: Log;
  crashpoint: Crashpoint;
  timing: Timing;
  /** Milliseconds that never jump. */
  monotonic: () => number;
}

const BEATS = 4; // renewals in a lease: one that is late costs nothing yet

/**
 * Performs what the last commit asked for, in order, before anything else reads the contact or the events. Each is
 * idempotent by its id, so that whoever comes after a crash begins again at the first. Resolves with the document's tail,
 * which then tells what could not be done.
 */
export async function performDeeds(
  deps: DeedDeps,
  document: ConversationDocument,
  channel: ChannelWithSecrets | null,
): Promise<ConversationDocument['tail']> {
  if (document.deeds.length === 0) return document.tail;
  const problems = new Map<string, string>();
  let beaten = deps.monotonic();
  for (const deed of worthDoing(document.deeds)) {
    // A provider that is slow to mark as read, or a team of hundreds to tell: longer than a lease, nobody would ever end
    if (deps.monotonic() - beaten > deps.timing.lease / BEATS) {
      await deps.deeds.renew(document);
      beaten = deps.monotonic();
    }
    deps.crashpoint('before deed');
    const problem = await perform(deps, deed, { id: deed.id, conversation: document, channel, chain: deed.chain });
    if (problem !== null) problems.set(deed.id, problem);
    deps.crashpoint('after deed');
  }
  return document.tail.map((entry) => ({
    ...entry,
    deeds: entry.deeds.map((one) => ({ ...one, problem: one.problem ?? problems.get(one.id) ?? null })),
  }));
}

/** They all mark the last message as read: once is enough, and each may have to wait for the provider. */
function worthDoing(deeds: readonly Deed[]): Deed[] {
  const lastRead = deeds.findLast(({ effect }) => effect.type === 'message.read');
  return deeds.filter((deed) => deed.effect.type !== 'message.read' || deed === lastRead);
}

/** One that throws is journalled and left: the conversation must go on. Only a store that is away, and a STOP, make it wait. */
async function perform({ performers, log }: DeedDeps, { effect }: Deed, about: About): Promise<string | null> {
  try {
    // The compiler cannot see that the performer and the effect are of one type
    const performer = performers[effect.type] as (effect: Deed['effect'], about: About) => Promise<string | null>;
    return await performer(effect, about);
  } catch (error) {
    if (isStoreTrouble(error) || effect.type === 'contact.consent') throw error;
    log.error({ err: error, deed: about.id, type: effect.type }, 'an effect could not be performed');
    return 'It could not be done; the log holds the cause.';
  }
}

import { randomUUID } from 'node:crypto';
import type { NodeTypes, Services } from '@parley/runtime';
import type { Connection } from 'mongoose';
import type { Gateway, Prepare } from '../channels/whatsapp/gateway.ts';
import type { ElementOf } from '../channels/whatsapp/inbound.ts';
import type { Log } from '../plugins/log.ts';
import type { Channel, ChannelWithSecrets } from '../storage/channel.ts';
import type { ContactStore } from '../storage/contacts.ts';
import { realTimers, type Timers } from '../timers.ts';
import { createAccept } from './accept.ts';
import { createConsequences } from './consequences.ts';
import { type CountStore, createCountStore } from './counting/count-store.ts';
import { createCounting } from './counting/counting.ts';
import type { Crashpoint } from './crashpoint.ts';
import { createDeedStore, type DeedStore } from './deed-store.ts';
import { plainPrepare } from './fit.ts';
import { createFlowCache, type FlowSource } from './flow-cache.ts';
import { type KeepFiles, keepsNone } from './keep-files.ts';
import { createOwnership } from './ownership.ts';
import type { Performers } from './performers.ts';
import { createPlacing } from './placing.ts';
import { createRunCalls } from './run-calls.ts';
import { createStarts } from './starts.ts';
import { createEngineStore, type EngineStore } from './store.ts';
import { createSweep } from './sweep.ts';
import { TIMING, type Timing } from './timing.ts';
import { type TurnDeps, takeTurn } from './turn.ts';
import { createWakeQueue } from './wake-queue.ts';

export interface EngineDeps {
  connection: Connection;
  contacts: ContactStore;
  channels: TurnDeps['channels'];
  flows: FlowSource;
  nodeTypes: NodeTypes;
  services: (organization: string) => Services;
  gateways: Record<ChannelWithSecrets['provider'], Gateway>;
  /** Makes a content fit for its provider; the default knows no files of ours. */
  prepare?: Prepare;
  /** Sees to it that files are fetched; the default leaves them with the provider. */
  keepFiles?: KeepFiles;
  /** Told of what belongs to no conversation, after it is kept; again with each redelivery. */
  hearNews?: (channel: Channel, elements: ElementOf<'other'>[]) => Promise<void>;
  /** What performs effects, given the stores that the engine made. */
  performers(own: { events: EngineStore; deeds: DeedStore }): Performers;
  now: () => Date;
  monotonic?: () => number;
  timers?: Timers;
  log: Log;
  crashpoint: Crashpoint;
  timing?: Timing;
  /** A test's own, which fails or waits where it likes. */
  store?: EngineStore;
  counts?: CountStore;
  /** False in a process that only accepts: its wake-ups are found by another's sweep. */
  works: boolean;
}

const CONCURRENCY = 16; // conversations side by side; a turn waits mostly for the store and the provider

export type Engine = ReturnType<typeof createEngine>;

/** Drives conversations: accepts what providers tell, steps flows, sends, and finds again whatever a crash left behind. */
export function createEngine(deps: EngineDeps) {
  const { connection, contacts, channels, nodeTypes, gateways, now, log, crashpoint, works } = deps;
  const monotonic = deps.monotonic ?? (() => performance.now());
  const timing = deps.timing ?? TIMING;
  const timers = deps.timers ?? realTimers;
  const store = deps.store ?? createEngineStore(connection, now, timing);
  const flows = createFlowCache(deps.flows, nodeTypes);
  const queue = createWakeQueue({ concurrency: CONCURRENCY, work, timers, log });
  const wake = (conversation: string, urgent = true) => {
    crashpoint('before S2');
    if (works) queue.wake(conversation, urgent);
    crashpoint('after S2');
  };
  const runCalls = createRunCalls({
    store,
    services: deps.services,
    compiled: flows.compiled,
    contact: contacts.find,
    now,
    wake,
    log,
    crashpoint,
  });
  const deeds = createDeedStore(connection, now);
  const performers = deps.performers({ events: store, deeds });
  const consequences = createConsequences(contacts);
  const counting = createCounting({
    store: deps.counts ?? createCountStore(connection),
    timers,
    log,
    crashpoint,
  });
  const turn: TurnDeps = {
    store,
    consequences,
    prepare: deps.prepare ?? plainPrepare,
    deeds,
    performers,
    gateways,
    crashpoint,
    timing,
    timers,
    now,
    monotonic,
    nonce: randomUUID,
    worker: randomUUID(),
    nodeTypes,
    channels,
    contacts,
    flows,
    runCalls,
    counted: counting.note,
    log,
  };
  const starts = createStarts(store, wake);
  const telling = new Set<Promise<void>>();
  const accept = createAccept({
    store,
    contacts,
    placing: createPlacing({ store, contacts }),
    keepFiles: deps.keepFiles ?? keepsNone,
    consequences,
    hearNews: tell,
    now,
    crashpoint,
  });
  // What it finds may be a schedule's thousands, which it would put before everybody
  const sweep = createSweep({
    store,
    consequences,
    wake: (conversation) => wake(conversation, false),
    now,
    every: timing.sweepEvery,
    timers,
    log,
    crashpoint,
  });
  if (works) {
    sweep.start();
    counting.start();
  }

  async function work(conversation: string): Promise<number | null> {
    const end = await takeTurn(turn, conversation);
    if (end.taken) return timing.comeBack;
    return end.wakeAt && end.wakeAt.getTime() - now().getTime();
  }

  /** Beside the answer to the provider: it is kept, and who hears of it may take their time or fail. */
  function tell(channel: Channel, elements: ElementOf<'other'>[]): void {
    const { hearNews } = deps;
    if (!hearNews) return;
    const told = Promise.resolve()
      .then(() => hearNews(channel, elements))
      .catch((error: unknown) => log.error({ err: error, channel: channel.id }, 'news of a channel were not heard'))
      .finally(() => telling.delete(told));
    telling.add(told);
  }

  return {
    accept,
    wake,
    store,
    starts,
    live: flows.live,
    ...createOwnership({ store, flows, wake, crashpoint, wait: timing.takeoverWait }),
    /** Looks for forgotten work once, and resolves when all that was found is done. For tests and for the shutdown. */
    async settle(): Promise<void> {
      await sweep.once();
      // An answer wakes a turn, and a turn may ask again
      do {
        await runCalls.idle();
        await queue.idle();
        await Promise.all(telling);
      } while (runCalls.busy());
      await counting.once();
    },
    async stop(): Promise<void> {
      sweep.stop();
      await queue.stop();
      await runCalls.idle();
      await counting.stop();
      await Promise.all(telling);
    },
  };
}

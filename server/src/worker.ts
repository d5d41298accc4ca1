import { nodeTypes } from '@parley/nodes';
import type { Connection } from 'mongoose';
import type { ElementOf } from './channels/whatsapp/inbound.ts';
import { metaReader } from './channels/whatsapp/meta/read-message.ts';
import { metaGateway } from './channels/whatsapp/meta/send.ts';
import { simulatorReader } from './channels/whatsapp/simulator/read.ts';
import { simulatorGateway } from './channels/whatsapp/simulator/send.ts';
import { createTwilioContentStore } from './channels/whatsapp/twilio/content-store.ts';
import { twilioReader } from './channels/whatsapp/twilio/read-message.ts';
import { twilioGateway } from './channels/whatsapp/twilio/send.ts';
import { createPerformers } from './effects/index.ts';
import type { CountStore } from './engine/counting/count-store.ts';
import type { Crashpoint } from './engine/crashpoint.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import { createScheduleStore } from './engine/schedule/schedule-store.ts';
import { createScheduler } from './engine/schedule/scheduler.ts';
import type { Timing } from './engine/timing.ts';
import { createHearNews } from './features/channels/news.ts';
import { createChannelStore } from './features/channels/store.ts';
import { createFlowStore } from './features/flows/store.ts';
import { createTemplateStore } from './features/templates/store.ts';
import { createReconcileStore } from './features/webhooks/twilio-reconcile-store.ts';
import { createReconciler } from './features/webhooks/twilio-reconciler.ts';
import type { MediaRoom } from './media/media.ts';
import { type Http, http as network } from './plugins/http.ts';
import type { Log } from './plugins/log.ts';
import { createCodeRunners } from './services/code/service.ts';
import { createHttpService } from './services/http.ts';
import { createAccountStore } from './storage/accounts.ts';
import type { SimulatorChannel } from './storage/channel.ts';
import { createContactStore } from './storage/contacts.ts';
import type { Keyring } from './storage/credentials.ts';
import { createNoteStore } from './storage/notes.ts';
import { createNotificationStore } from './storage/notifications.ts';
import { realTimers } from './timers.ts';

export interface WorkerDeps {
  connection: Connection;
  keyring: Keyring;
  metaGraphUrl: string;
  twilioApiUrl: string;
  publicUrl: string;
  media: Pick<MediaRoom, 'prepare' | 'keepFiles'>;
  /** `web` only accepts: its wake-ups are found by a worker's sweep. */
  role: 'all' | 'web' | 'worker';
  now: () => Date;
  newId: (prefix: string) => string;
  log: Log;
  crashpoint: Crashpoint;
  timing?: Timing;
  /** How providers are called; a test's own answers instead of a network. */
  fetch?: typeof fetch;
  http?: ReturnType<typeof createHttpService>;
  /** How a provider is asked beside sending, such as for its templates. */
  askProvider?: Http;
  /** Where nodes and ports are counted; a test's own may count nothing. */
  counts?: CountStore;
}

const TEMPLATES_TIMEOUT = 15_000; // ms for a page of templates
const SCHEDULES_EVERY = 5_000; // ms; a schedule means a minute

/** Puts the engine together: what it drives, through which providers, and what its calls may ask for. */
export function startEngine(deps: WorkerDeps): Engine & {
  scheduler: ReturnType<typeof createScheduler>;
  reconciler: ReturnType<typeof createReconciler>;
} {
  const { connection, keyring, metaGraphUrl, twilioApiUrl, publicUrl, role, now, newId, log, crashpoint } = deps;
  const http = deps.http ?? createHttpService();
  const code = createCodeRunners({ warn: (words) => log.warn(words) });
  const contacts = createContactStore(connection, newId, now);
  const channels = createChannelStore(connection, keyring, now);
  let stopped = false;
  const engine: Engine = createEngine({
    connection,
    contacts,
    channels,
    flows: createFlowStore(connection, now),
    nodeTypes,
    services: (organization) => ({ http, code: (request) => code.run(organization, request) }),
    gateways: {
      meta: metaGateway({ graphUrl: metaGraphUrl, fetch: deps.fetch ?? fetch }),
      twilio: twilioGateway({
        apiUrl: twilioApiUrl,
        publicUrl,
        fetch: deps.fetch ?? fetch,
        contents: createTwilioContentStore(connection, now),
        now,
      }),
      simulator: simulatorGateway({
        tell: (channel, status) => void hearPhone(channel, status),
        timers: realTimers,
        now,
        random: Math.random,
      }),
    },
    prepare: deps.media.prepare,
    keepFiles: deps.media.keepFiles,
    hearNews: createHearNews({
      channels,
      templates: createTemplateStore(connection, now),
      notifications: createNotificationStore(connection, now),
      accounts: createAccountStore(connection, newId, now),
      http: deps.askProvider ?? network,
      metaGraphUrl,
      twilioApiUrl,
      timeout: TEMPLATES_TIMEOUT,
      now,
      log,
    }),
    performers: (own) =>
      createPerformers({
        ...own,
        contacts,
        accounts: createAccountStore(connection, newId, now),
        notes: createNoteStore(connection),
        notifications: createNotificationStore(connection, now),
        readers: {
          meta: metaReader({ graphUrl: metaGraphUrl, fetch: deps.fetch ?? fetch }),
          twilio: twilioReader({ apiUrl: twilioApiUrl, fetch: deps.fetch ?? fetch }),
          simulator: simulatorReader,
        },
        now,
      }),
    now,
    log,
    crashpoint,
    timing: deps.timing,
    counts: deps.counts,
    works: role !== 'web',
  });
  /** What a trial's phone tells, the way of every webhook. Nothing tells it again. */
  async function hearPhone(channel: SimulatorChannel, status: ElementOf<'status'>): Promise<void> {
    if (stopped) return; // the store may be gone
    try {
      const { conversations } = await engine.accept(channel, [status]);
      for (const conversation of conversations) engine.wake(conversation);
    } catch (error) {
      log.debug({ err: error }, 'a phone of the simulator could not tell what became of a message');
    }
  }
  const scheduler = createScheduler({
    schedules: createScheduleStore(connection, now),
    contacts,
    starts: engine.starts,
    live: engine.live,
    channels: channels.enabledIds,
    now,
    timers: realTimers,
    every: SCHEDULES_EVERY,
    log,
    crashpoint,
  });
  const reconciler = createReconciler({
    channels,
    store: createReconcileStore(connection),
    accept: engine.accept,
    isKept: engine.store.isKept,
    wake: engine.wake,
    apiUrl: twilioApiUrl,
    fetch: deps.fetch ?? fetch,
    now,
    timers: realTimers,
    log,
  });
  if (role !== 'web') {
    scheduler.start();
    reconciler.start();
  }
  return {
    ...engine,
    scheduler,
    reconciler,
    // Calls under way are answered before what answers them goes
    stop: async () => {
      stopped = true;
      await Promise.all([scheduler.stop(), reconciler.stop()]);
      await engine.stop();
      await code.stop();
    },
  };
}

import { nodeTypes } from '@parley/nodes';
import type { Connection } from 'mongoose';
import { metaReader } from './channels/whatsapp/meta/read-message.ts';
import { metaGateway } from './channels/whatsapp/meta/send.ts';
import { simulatorReader } from './channels/whatsapp/simulator/read.ts';
import { simulatorGateway } from './channels/whatsapp/simulator/send.ts';
import { twilioReader } from './channels/whatsapp/twilio/read-message.ts';
import { twilioGateway } from './channels/whatsapp/twilio/send.ts';
import { createPerformers } from './effects/index.ts';
import type { Crashpoint } from './engine/crashpoint.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import { createScheduleStore } from './engine/schedule/schedule-store.ts';
import { createScheduler } from './engine/schedule/scheduler.ts';
import { realTimers } from './engine/timers.ts';
import type { Timing } from './engine/timing.ts';
import { createChannelStore } from './features/channels/store.ts';
import { createFlowStore } from './features/flows/store.ts';
import type { Log } from './plugins/log.ts';
import { createCodeRunners } from './services/code/service.ts';
import { createHttpService } from './services/http.ts';
import { createAccountStore } from './storage/accounts.ts';
import { createContactStore } from './storage/contacts.ts';
import type { Keyring } from './storage/credentials.ts';
import { createNoteStore } from './storage/notes.ts';
import { createNotificationStore } from './storage/notifications.ts';

export interface WorkerDeps {
  connection: Connection;
  keyring: Keyring;
  metaGraphUrl: string;
  twilioApiUrl: string;
  publicUrl: string;
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
}

const SCHEDULES_EVERY = 5_000; // ms; a schedule means a minute

/** Puts the engine together: what it drives, through which providers, and what its calls may ask for. */
export function startEngine(deps: WorkerDeps): Engine & { scheduler: ReturnType<typeof createScheduler> } {
  const { connection, keyring, metaGraphUrl, twilioApiUrl, publicUrl, role, now, newId, log, crashpoint } = deps;
  const http = deps.http ?? createHttpService();
  const code = createCodeRunners({ warn: (words) => log.warn(words) });
  const contacts = createContactStore(connection, newId, now);
  const channels = createChannelStore(connection, keyring, now);
  const engine = createEngine({
    connection,
    contacts,
    channels,
    flows: createFlowStore(connection, now),
    nodeTypes,
    services: (organization) => ({ http, code: (request) => code.run(organization, request) }),
    gateways: {
      meta: metaGateway({ graphUrl: metaGraphUrl, fetch: deps.fetch ?? fetch }),
      twilio: twilioGateway({ apiUrl: twilioApiUrl, publicUrl, fetch: deps.fetch ?? fetch }),
      simulator: simulatorGateway,
    },
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
    works: role !== 'web',
  });
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
  if (role !== 'web') scheduler.start();
  return {
    ...engine,
    scheduler,
    // Calls under way are answered before what answers them goes
    stop: async () => {
      await scheduler.stop();
      await engine.stop();
      await code.stop();
    },
  };
}

import { nodeTypes } from '@parley/nodes';
import type { Connection } from 'mongoose';
import { metaGateway } from './channels/whatsapp/meta/send.ts';
import { simulatorGateway } from './channels/whatsapp/simulator/send.ts';
import type { Crashpoint } from './engine/crashpoint.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import type { Timing } from './engine/timing.ts';
import { createChannelStore } from './features/channels/store.ts';
import { createFlowStore } from './features/flows/store.ts';
import type { Log } from './plugins/log.ts';
import { createHttpService } from './services/http.ts';
import { createContactStore } from './storage/contacts.ts';
import type { Keyring } from './storage/credentials.ts';

export interface WorkerDeps {
  connection: Connection;
  keyring: Keyring;
  metaGraphUrl: string;
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

/** Puts the engine together: what it drives, through which providers, and what its calls may ask for. */
export function startEngine(deps: WorkerDeps): Engine {
  const { connection, keyring, metaGraphUrl, role, now, newId, log, crashpoint } = deps;
  const http = deps.http ?? createHttpService();
  return createEngine({
    connection,
    contacts: createContactStore(connection, newId, now),
    channels: createChannelStore(connection, keyring, now),
    flows: createFlowStore(connection, now),
    nodeTypes,
    services: () => ({ http }),
    gateways: {
      meta: metaGateway({ graphUrl: metaGraphUrl, fetch: deps.fetch ?? fetch }),
      simulator: simulatorGateway,
    },
    now,
    log,
    crashpoint,
    timing: deps.timing,
    works: role !== 'web',
  });
}

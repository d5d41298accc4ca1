import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { buildApp, indexes } from './app.ts';
import { crashpointOf } from './engine/crashpoint.ts';
import { hurried } from './engine/timing.ts';
import { createChannelStore } from './features/channels/store.ts';
import { ensureFirstAccount } from './features/setup/first-account.ts';
import { openFiles } from './media/disk.ts';
import { startMedia } from './media/media.ts';
import { http } from './plugins/http.ts';
import { createLog } from './plugins/log.ts';
import { isStoreAway } from './plugins/problems.ts';
import { readSettings, type Settings, SettingsError } from './plugins/settings.ts';
import { stopOnSignal } from './stop.ts';
import { createAccountStore } from './storage/accounts.ts';
import { openStorage } from './storage/connection.ts';
import { checkKeyring, loadKeyring } from './storage/credentials.ts';
import { WorkerFault } from './storage/embedded/host/thread.ts';
import { newId } from './storage/ids.ts';
import { ensureIndexes } from './storage/indexes.ts';
import { startEngine } from './worker.ts';

/** The built pages; another folder only where they were built elsewhere, as the browser tests do. */
const editorDirectory =
  process.env.PARLEY_EDITOR_DIRECTORY ?? fileURLToPath(new URL('../../editor/dist', import.meta.url));

async function start(settings: Settings): Promise<void> {
  const log = createLog();
  const crash = (error: unknown) => {
    log.fatal({ err: error }, 'this process cannot go on');
    process.exit(1);
  };
  process.on('uncaughtException', crash);
  if (settings.redisUrl) log.warn('REDIS_URL is set, but this release queues in process: every wake-up stays here');

  const now = () => new Date();
  const makeId = (prefix: string) => newId(prefix, now());
  const keyring = await loadKeyring(settings);
  const storage = await openStorage(settings, log, crash);
  const { connection } = storage;
  await ensureIndexes(connection, indexes);
  await checkKeyring(connection, keyring);
  const setup = await ensureFirstAccount(createAccountStore(connection, makeId, now), settings);

  // Fault tests only: where to die, and how many times as fast to live
  const crashpoint = crashpointOf(process.env.PARLEY_CRASH_AT);
  const timing = hurried(Number(process.env.PARLEY_TEST_HURRY ?? 1));
  const { role, metaGraphUrl, twilioApiUrl, publicUrl } = settings;
  const media = startMedia({
    connection,
    keyring,
    files: await openFiles(settings, now()),
    channels: createChannelStore(connection, keyring, now),
    metaGraphUrl,
    twilioApiUrl,
    publicUrl,
    works: role !== 'web',
    now,
    newId: makeId,
    log,
    fetch,
  });
  const engine = startEngine({
    connection,
    keyring,
    metaGraphUrl,
    twilioApiUrl,
    publicUrl,
    media,
    role,
    now,
    newId: makeId,
    log,
    crashpoint,
    timing,
  });
  const readiness = { ready: false };
  const setupToken = randomBytes(24).toString('base64url');
  const app = await buildApp({
    settings,
    connection,
    keyring,
    now,
    newId: makeId,
    http,
    log,
    engine,
    media,
    crashpoint,
    readiness,
    setupToken,
    editorDirectory,
  });
  stopOnSignal(log, async () => {
    readiness.ready = false;
    await app.close();
    await engine.stop();
    await media.stop();
    await storage.close();
  });
  await app.listen({ port: settings.port, host: settings.host });
  readiness.ready = true;
  console.log(`Parley is at ${settings.publicUrl}`);
  if (setup.needed) console.log(`Set it up: ${settings.publicUrl}/setup?token=${setupToken}`);
}

try {
  await start(readSettings(process.env));
} catch (error) {
  console.error(startFailure(error));
  process.exit(1);
}

/** What the operator can mend is said in words; anything else keeps its stack. */
function startFailure(error: unknown): unknown {
  if (error instanceof SettingsError || error instanceof WorkerFault) return error.message;
  if (isStoreAway(error))
    return 'No MongoDB answers at MONGODB_URL. Start it, or leave MONGODB_URL out for the embedded store.';
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const message = error instanceof Error ? error.message : '';
  if (code === 'EADDRINUSE') {
    return `PORT is taken by another program (${message}). Stop it, or set PORT to a free one.`;
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `Not allowed (${message}): PORT is below 1024, or this user may not write to DATA_DIR.`;
  }
  if (code === 'EEXIST' || code === 'ENOTDIR') return `DATA_DIR is not a directory (${message}). Name another one.`;
  if (code === 'ENOSPC') return `There is no room on the disk of DATA_DIR (${message}). Make some, then start again.`;
  if (error instanceof Error && error.name === 'MongoParseError') return `MONGODB_URL cannot be read: ${message}`;
  return error;
}

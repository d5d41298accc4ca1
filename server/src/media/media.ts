import type { Connection } from 'mongoose';
import { uploadMedia } from '../channels/whatsapp/meta/media.ts';
import type { Log } from '../plugins/log.ts';
import type { ChannelWithSecrets } from '../storage/channel.ts';
import type { Keyring } from '../storage/credentials.ts';
import { realTimers } from '../timers.ts';
import { createMediaAddress } from './address.ts';
import type { Files } from './disk.ts';
import { createFetchJob } from './fetch-job.ts';
import { createKeepFiles } from './keep-files.ts';
import { createPrepare } from './prepare.ts';
import { createFetchFile } from './sources.ts';
import { createMediaStore } from './store.ts';
import { createTakeUpload } from './upload.ts';
import { createWeb, type Web } from './web.ts';
import { createWorkshop } from './workshop/workshop.ts';

interface Deps {
  connection: Connection;
  keyring: Keyring;
  files: Files;
  channels: { withSecrets(organization: string, id: string): Promise<ChannelWithSecrets | null> };
  metaGraphUrl: string;
  twilioApiUrl: string;
  publicUrl: string;
  /** Whether this process fetches; one that only accepts leaves it to the others. */
  works: boolean;
  now: () => Date;
  newId: (prefix: string) => string;
  log: Log;
  fetch: typeof fetch;
  web?: Web;
}

export type MediaRoom = ReturnType<typeof startMedia>;

/** Files in and out, put together: what routes, the engine and the sends need of them. */
export function startMedia(deps: Deps) {
  const { connection, keyring, files, channels, metaGraphUrl, twilioApiUrl, publicUrl, now, newId, log, fetch } = deps;
  const media = createMediaStore(connection);
  const workshop = createWorkshop();
  const address = createMediaAddress({ publicUrl, keyring, now });
  const fetchFile = createFetchFile({ metaGraphUrl, twilioApiUrl, fetch, web: deps.web ?? createWeb() });
  const job = createFetchJob({ media, files, workshop, channels, fetchFile, now, timers: realTimers, log });
  if (deps.works) job.start();
  return {
    media,
    files,
    address,
    keepFiles: createKeepFiles({ media, now, addressOf: address.of, wake: job.wake }),
    takeUpload: createTakeUpload({ media, files, workshop, newId, now }),
    prepare: createPrepare({
      media,
      files,
      addressOf: address.of,
      publicUrl,
      twilioApiUrl,
      uploadToMeta: (channel, file, signal) => uploadMedia({ graphUrl: metaGraphUrl, fetch }, channel, file, signal),
      now,
    }),
    /** Resolves when every file that is due is fetched. For tests. */
    settle: job.settle,
    async stop(): Promise<void> {
      await job.stop();
      await workshop.stop();
    },
  };
}

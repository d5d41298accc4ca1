import { rm, stat } from 'node:fs/promises';
import type { Log } from '../plugins/log.ts';
import type { ChannelWithSecrets } from '../storage/channel.ts';
import { isStoreTrouble } from '../storage/store-trouble.ts';
import type { Timers } from '../timers.ts';
import type { Files } from './disk.ts';
import { extensionIn, safeFilename } from './filename.ts';
import { keysOf } from './keys.ts';
import { extensionOf } from './kinds.ts';
import type { Fetched, FetchFile } from './sources.ts';
import type { Kept, Media, MediaStore } from './store.ts';
import { type Facts, facts } from './workshop/job.ts';
import { WorkFailed, type Workshop } from './workshop/workshop.ts';

interface Deps {
  media: Pick<MediaStore, 'claim' | 'finish'>;
  files: Files;
  workshop: Pick<Workshop, 'run'>;
  channels: { withSecrets(organization: string, id: string): Promise<ChannelWithSecrets | null> };
  fetchFile: FetchFile;
  now: () => Date;
  timers: Timers;
  log: Log;
}

const CONCURRENCY = 4; // files fetched side by side
const SWEEP_EVERY = 10_000; // ms; what another process wrote down, and what is due again
const PATIENCE = 150_000; // ms for one file, 100 MB over 5 Mbit/s
const LEASE = 300_000; // ms; longer than PATIENCE and the look inside together: nobody takes over who still works
const FIRST_PAUSE = 5_000; // ms
const LONGEST_PAUSE = 3_600_000; // ms
const KEPT_BY_PROVIDER = 7 * 24 * 3_600_000; // ms; Meta keeps the files of messages for 7 days
const GONE_FOR_GOOD = 5; // tries that found nothing: right after a message a provider may not have it yet
const UNKNOWN = 'application/octet-stream';

/** Fetches what messages brought, from the providers to our own files. One file is fetched by one process at a time. */
export function createFetchJob({ media, files, workshop, channels, fetchFile, now, timers, log }: Deps) {
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  let callOff: (() => void) | null = null;
  let started = false;

  /** Starts as many as there is room for; each goes on until nothing is due. */
  function wake(): void {
    while (started && !stopping.signal.aborted && running.size < CONCURRENCY) {
      const run = drain()
        .catch((error: unknown) => log.error({ err: error }, 'fetching files failed; it comes back to them'))
        .finally(() => running.delete(run));
      running.add(run);
    }
  }

  async function drain(): Promise<void> {
    while (!stopping.signal.aborted && (await fetchNext())) {
      // until nothing is due
    }
  }

  async function fetchNext(): Promise<boolean> {
    const at = now();
    const claimed = await media.claim(at, new Date(at.getTime() + LEASE));
    if (!claimed) return false;
    const draft = files.draft();
    try {
      const channel =
        claimed.channel === null ? null : await channels.withSecrets(claimed.organization, claimed.channel);
      const signal = AbortSignal.any([stopping.signal, timers.patience(PATIENCE)]);
      const fetched = await fetchFile(channel, claimed, draft, signal);
      const end = fetched.kind === 'fetched' ? await kept(claimed, fetched, draft) : fetched;
      if (end !== null && !stopping.signal.aborted) await media.finish(claimed, endOf(claimed, end, now()));
    } finally {
      await rm(draft, { force: true });
    }
    return true;
  }

  /** Null where all is well. What cannot be put away is fetched again later: without an end to it, every lease anew. */
  async function kept(
    claimed: Media,
    fetched: Extract<Fetched, { kind: 'fetched' }>,
    draft: string,
  ): Promise<Exclude<Fetched, { kind: 'fetched' }> | null> {
    try {
      await keep(claimed, fetched, draft);
      return null;
    } catch (error) {
      if (isStoreTrouble(error)) throw error;
      log.error({ err: error, media: claimed.id }, 'a file came, and could not be put away');
      return { kind: 'later', reason: 'This server could not keep the file: look at its disk, or at MEDIA_S3.' };
    }
  }

  async function keep(claimed: Media, fetched: Extract<Fetched, { kind: 'fetched' }>, draft: string): Promise<void> {
    const thumbnail = files.draft();
    const keys = keysOf(claimed.organization, claimed.id);
    const name = claimed.filename ?? safeFilename(fetched.filename);
    try {
      const { thumbnail: pictured, ...seen } = await look(draft, thumbnail, name);
      await files.put(keys.file, draft);
      const small = pictured && (await stat(thumbnail).catch(() => null)) !== null;
      if (small) await files.put(keys.thumbnail, thumbnail);
      const contentType = typeOf(seen.contentType, claimed);
      const known: Kept = {
        ...seen,
        contentType,
        animated: seen.animated || claimed.animated,
        filename: name ?? nameOf(claimed, contentType),
        size: fetched.size,
        sha256: fetched.sha256,
        key: keys.file,
        thumbnailKey: small ? keys.thumbnail : null,
      };
      await media.finish(claimed, { ...known, state: 'ready', reason: null, nextAt: null });
    } finally {
      await rm(thumbnail, { force: true });
    }
  }

  /** A file that nobody can look into is kept all the same: an agent may know what to do with it. */
  async function look(path: string, thumbnail: string, filename: string | null): Promise<Facts> {
    try {
      const end = await workshop.run({ kind: 'look', path, thumbnail, filename });
      return end.kind === 'done' ? end.facts : facts(UNKNOWN);
    } catch (error) {
      if (!(error instanceof WorkFailed)) throw error;
      return facts(UNKNOWN);
    }
  }

  const loop = () => {
    wake();
    callOff = timers.later(SWEEP_EVERY, loop);
  };

  return {
    wake,
    start(): void {
      started = true;
      loop();
    },
    /** Resolves when nothing that is due is left. For tests. */
    async settle(): Promise<void> {
      wake();
      while (running.size > 0) await Promise.all(running);
    },
    /** What is under way is broken off, and taken up by whoever is there when its lease ends. */
    async stop(): Promise<void> {
      callOff?.();
      stopping.abort();
      await Promise.all(running);
    },
  };
}

/** What becomes of a file that did not come. */
export function endOf(
  { attempts, createdAt }: Pick<Media, 'attempts' | 'createdAt'>,
  { kind, reason }: Exclude<Fetched, { kind: 'fetched' }>,
  now: Date,
): Pick<Media, 'state' | 'reason' | 'nextAt'> {
  if (kind === 'refused') return { state: 'refused', reason, nextAt: null };
  if (kind === 'gone' && attempts >= GONE_FOR_GOOD) return { state: 'failed', reason, nextAt: null };
  if (now.getTime() - createdAt.getTime() > KEPT_BY_PROVIDER)
    return { state: 'failed', reason: `The file could not be fetched for 7 days. ${reason}`, nextAt: null };
  const pause = Math.min(FIRST_PAUSE * 2 ** Math.min(attempts - 1, 20), LONGEST_PAUSE);
  return { state: 'pending', reason, nextAt: new Date(now.getTime() + pause) };
}

/** The bytes decide; where they say nothing, the provider's word stands, except for what a browser would run. */
function typeOf(seen: string, { contentType }: Media): string {
  if (seen !== UNKNOWN) return seen === 'video/3gpp' && contentType.startsWith('audio/') ? 'audio/3gpp' : seen;
  return /html|xml|svg|script|css/i.test(contentType) && !contentType.includes('officedocument')
    ? UNKNOWN
    : contentType;
}

/** `voice-note.ogg`, `image.jpg`: WhatsApp names documents only. */
function nameOf({ voice }: Media, contentType: string): string {
  const what = voice ? 'voice-note' : (contentType.split('/')[0] ?? 'file');
  const ending = extensionOf(contentType) ?? extensionIn(`x.${contentType.split('/')[1] ?? 'bin'}`);
  return `${what}.${ending || 'bin'}`;
}

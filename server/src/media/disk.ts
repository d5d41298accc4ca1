import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FilesAway } from '../plugins/errors.ts';
import type { MediaStorage, Settings } from '../plugins/settings.ts';

/** Bytes from `start` to `end`, both counted in. */
export interface Range {
  start: number;
  end: number;
}

/** A copy of a file that programs of this machine can open. */
export interface LocalFile {
  path: string;
  done(): Promise<void>;
}

/** Where the bytes of files lie. Keys are made by this server: `<organization>/<media>/file`. */
export interface Files {
  /** Replaces what is there. Durable when it resolves. */
  put(key: string, path: string): Promise<void>;
  /** Rejects with a FileGone where there is none. */
  read(key: string, range?: Range): Promise<Readable>;
  /** What is not there is removed already. */
  remove(key: string): Promise<void>;
  local(key: string): Promise<LocalFile>;
  /** A path of a file that is not there yet, for what is on its way in. Whoever asks removes it. */
  draft(): string;
}

/** The row names a file that is not there: restored without its files, or removed by hand. */
export class FileGone extends Error {
  override name = 'FileGone';
}

const BUCKET_CONNECTS = 10_000; // ms
const BUCKET_SILENCE = 60_000; // ms without a byte; the client itself would wait for ever, and its caller with it
const FORGOTTEN_DRAFT = 24 * 3_600_000; // ms; far longer than any upload takes

/** The files of an installation: in a bucket where one is set, else in the data directory. Touches no network yet. */
export async function openFiles(
  { dataDirectory, mediaStorage }: Pick<Settings, 'dataDirectory' | 'mediaStorage'>,
  now: Date,
) {
  const drafts = join(dataDirectory, 'media-drafts');
  await mkdir(drafts, { recursive: true, mode: 0o700 });
  await removeForgotten(drafts, now);
  const draft = () => join(drafts, crypto.randomUUID());
  return mediaStorage ? bucketFiles(mediaStorage, draft) : diskFiles(join(dataDirectory, 'media'), draft);
}

/** A crash left them there; what another process is writing just now is younger. */
async function removeForgotten(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found && now.getTime() - found.mtimeMs > FORGOTTEN_DRAFT) await rm(path, { force: true, recursive: true });
  }
}

/** flydrive refuses keys that climb out of the folder; ranges and flushing to the disk are done here. */
export function diskFiles(folder: string, draft: () => string): Files {
  // With the first file: it would cost every start a tenth of a second
  const opened = once(async () => {
    const [{ Disk }, { FSDriver }] = await Promise.all([import('flydrive'), import('flydrive/drivers/fs')]);
    return new Disk(new FSDriver({ location: folder, visibility: 'private' }));
  });
  const pathOf = (key: string): string => join(folder, key);
  return {
    async put(key, path) {
      const disk = await opened();
      await reading(path, (source) => disk.putStream(key, source));
      await flush(pathOf(key));
    },
    async read(key, range) {
      if (!(await (await opened()).exists(key))) throw new FileGone(`there is no file ${key}`);
      return createReadStream(pathOf(key), range);
    },
    remove: async (key) => (await opened()).delete(key),
    async local(key) {
      if (!(await (await opened()).exists(key))) throw new FileGone(`there is no file ${key}`);
      return { path: pathOf(key), done: async () => {} };
    },
    draft,
  };
}

/** What nobody read to its end would stay open: while a bucket is away, one more with every try. */
async function reading(path: string, use: (source: Readable) => Promise<void>): Promise<void> {
  const source = createReadStream(path);
  try {
    await use(source);
  } finally {
    source.destroy();
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** S3 and what speaks like it. The client weighs 20 MB of memory, and is loaded with the first file. */
export function bucketFiles(
  { bucket, region, endpoint, accessKeyId, secretAccessKey }: MediaStorage,
  draft: () => string,
  silence = BUCKET_SILENCE,
): Files {
  const use = once(async () => {
    const [{ S3Client, GetObjectCommand }, { Disk }, { S3Driver }] = await Promise.all([
      import('@aws-sdk/client-s3'),
      import('flydrive'),
      import('flydrive/drivers/s3'),
    ]);
    const client = new S3Client({
      region,
      endpoint: endpoint ?? undefined,
      forcePathStyle: endpoint !== null, // a bucket in the host's name is Amazon's own
      credentials: { accessKeyId, secretAccessKey },
      requestHandler: { connectionTimeout: BUCKET_CONNECTS, socketTimeout: silence },
      // Only where Amazon wants them: many others do not know its newer check sums
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    const disk = new Disk(new S3Driver({ client, bucket, visibility: 'private', supportsACL: false }));
    const get = async (key: string, range?: Range): Promise<Readable> => {
      const Range = range && `bytes=${range.start}-${range.end}`;
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range }));
        if (!(Body instanceof Readable)) throw new Error(`the bucket gave no stream for ${key}`);
        return Body;
      } catch (cause) {
        if (cause instanceof Error && cause.name === 'NoSuchKey')
          throw new FileGone(`there is no file ${key}`, { cause });
        throw cause;
      }
    };
    return { disk, get };
  });

  const told = async <Done>(work: Promise<Done>): Promise<Done> => {
    try {
      return await work;
    } catch (cause) {
      throw cause instanceof FileGone ? cause : new FilesAway('the bucket did not do what it was asked for', { cause });
    }
  };

  return {
    async put(key, path) {
      const { disk } = await use();
      const { size } = await stat(path);
      const contentType = 'application/octet-stream'; // whoever reads the bucket by itself gets no page
      await told(reading(path, (source) => disk.putStream(key, source, { contentType, contentLength: size })));
    },
    read: async (key, range) => told((await use()).get(key, range)),
    remove: async (key) => told((await use()).disk.delete(key)),
    async local(key) {
      const path = draft();
      const done = () => rm(path, { force: true });
      try {
        await pipeline(await told((await use()).get(key)), createWriteStream(path, { mode: 0o600 }));
      } catch (error) {
        await done();
        throw error;
      }
      return { path, done };
    },
    draft,
  };
}

/** Made when it is first asked for, and kept; asked for anew where that failed. */
function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}

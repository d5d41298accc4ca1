import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** More came than may be kept. What had come by then is still on the disk: whoever named the path removes it. */
export class FileTooLarge extends Error {
  override name = 'FileTooLarge';
}

export interface Received {
  /** Bytes. */
  size: number;
  sha256: Buffer;
}

/** Writes a stream to a new file while counting and hashing it, and stops where it gets longer than `limit` bytes. */
export async function receive(
  stream: AsyncIterable<Uint8Array>,
  path: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Received> {
  const hash = createHash('sha256');
  let size = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > limit) return done(new FileTooLarge(`longer than ${limit} bytes`));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(stream, counted, createWriteStream(path, { mode: 0o600, flags: 'wx' }), { signal });
  return { size, sha256: hash.digest() };
}

/** Whether a check sum, as a provider writes it (hex, base64 or base64url), is this one. What is no check sum says nothing. */
export function isSameHash(announced: string | null, real: Buffer): boolean {
  if (announced === null) return true;
  const bytes = Buffer.from(announced, /^[0-9a-f]{64}$/i.test(announced) ? 'hex' : 'base64');
  return bytes.length !== real.length || bytes.equals(real);
}

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Where a file and its thumbnail lie; always the same, so that a try that is repeated writes over the last one. */
export const keysOf = (organization: string, id: string) => ({
  file: `${organization}/${id}/file`,
  thumbnail: `${organization}/${id}/thumbnail`,
});

/** Hex. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

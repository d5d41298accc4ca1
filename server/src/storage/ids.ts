import { createHash } from 'node:crypto';
import { monotonicFactory } from 'ulid';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford's base32, as in a ULID

const nextUlid = monotonicFactory(); // ids of one millisecond keep the order in which they were made

/** `newId('flw')` -> `flw_01K...`: a ULID with a prefix. */
export const newId = (prefix: string, now?: Date): string => `${prefix}_${nextUlid(now?.getTime())}`;

/** The same text always gives the same id: for what may be written twice, such as an effect's message. */
export function derivedId(prefix: string, text: string): string {
  const hash = createHash('sha256').update(text).digest();
  let bits = 0n;
  for (const byte of hash.subarray(0, 16)) bits = (bits << 8n) | BigInt(byte);
  // 128 bits in 26 characters of 5: the first holds only three, so it is 0-7 as in every ULID
  let id = '';
  for (let index = 0; index < 26; index += 1) {
    id = ALPHABET.charAt(Number(bits & 31n)) + id;
    bits >>= 5n;
  }
  return `${prefix}_${id}`;
}

import { decode } from '../bson/decode.ts';
import type { Doc } from '../bson/value.ts';
import { Refusal } from '../errors.ts';
import { REMEDY } from './damage.ts';

export const DATA_CORRUPTION_DETECTED = 301; // MongoDB's code

/** Something stored cannot be read. `place` says where: a collection, and the file. */
export const unreadable = (place: string, why: string) =>
  new Refusal(DATA_CORRUPTION_DETECTED, `the store's file is damaged: ${place}: ${why}. ${REMEDY}`);

/** Reads a document as it lies in the store. Throws DataCorruptionDetected when it is none. */
export const decodeStored = (raw: Buffer): Doc => readStored(decode, raw);

/** As `decodeStored`, but with another way to read it. */
export function readStored<Result>(read: (raw: Buffer) => Result, raw: Buffer): Result {
  try {
    return read(raw);
  } catch (error) {
    throw unreadable('a document cannot be read', error instanceof Error ? error.message : String(error));
  }
}

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Login } from '../wire/scram.ts';

/** The database that the product uses. */
export const DATABASE = 'parley';
const NOTE = 'store.uri'; // in the data directory, for the operator's tools

/**
 * The driver looks at the store each 500 ms, its shortest interval, so that a look which is asked for always waits for a
 * timer. Without this, when the worker ends under an operation, the driver asks at once on a connection whose socket is
 * destroyed but not yet reported as closed, waits for its `drain`, and never looks again (mongodb 7.8, `writeCommand`).
 */
const LOOKS = 'heartbeatFrequencyMS=500&minHeartbeatFrequencyMS=1000';

/** Where a running store is reached, for the driver: on a private socket, or on the loopback address with a secret. */
export function storeUri(address: string, login: Login | null): string {
  if (!login) return `mongodb://${encodeURIComponent(address)}/${DATABASE}?replicaSet=embedded&${LOOKS}`;
  const options = `replicaSet=embedded&authSource=admin&authMechanism=SCRAM-SHA-256&${LOOKS}`;
  return `mongodb://${login.user}:${login.password}@${address}/${DATABASE}?${options}`;
}

/** Writes down how the store that holds the directory is reached, for this user only. */
export function noteUri(directory: string, uri: string): void {
  forgetUri(directory);
  try {
    writeFileSync(join(directory, NOTE), uri, { mode: 0o600 });
  } catch {
    forgetUri(directory); // on a full disk the store serves all the same; only the tools do not find it
  }
}

export const forgetUri = (directory: string): void => rmSync(join(directory, NOTE), { force: true });

/** What a running store has written down, or a killed one left behind. */
export function notedUri(directory: string): string | null {
  const note = join(directory, NOTE);
  return existsSync(note) ? readFileSync(note, 'utf8') : null;
}

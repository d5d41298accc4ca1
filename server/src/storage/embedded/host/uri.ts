import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Login } from '../wire/scram.ts';

/** The database that the product uses. */
export const DATABASE = 'parley';
const NOTE = 'store.uri'; // in the data directory, for the operator's tools

/** Where a running store is reached, for the driver: on a private socket, or on the loopback address with a secret. */
export function storeUri(address: string, login: Login | null): string {
  if (!login) return `mongodb://${encodeURIComponent(address)}/${DATABASE}?replicaSet=embedded`;
  const options = 'replicaSet=embedded&authSource=admin&authMechanism=SCRAM-SHA-256';
  return `mongodb://${login.user}:${login.password}@${address}/${DATABASE}?${options}`;
}

/** Writes down how the store that holds the directory is reached, for this user only. */
export function noteUri(directory: string, uri: string): void {
  forgetUri(directory);
  writeFileSync(join(directory, NOTE), uri, { mode: 0o600 });
}

export const forgetUri = (directory: string): void => rmSync(join(directory, NOTE), { force: true });

/** What a running store has written down, or a killed one left behind. */
export function notedUri(directory: string): string | null {
  const note = join(directory, NOTE);
  return existsSync(note) ? readFileSync(note, 'utf8') : null;
}

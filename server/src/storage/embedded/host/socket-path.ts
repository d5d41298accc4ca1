import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const MAX_PATH = 103; // bytes that macOS keeps for a socket's address, less the closing zero
const NAME = 'store.sock';
const NOTE = 'store.sock.place'; // names the directory elsewhere, so that the next start can remove it
const HOME = /\/parley-[0-9a-f]{16}$/;

const fits = (path: string): boolean => Buffer.byteLength(path) <= MAX_PATH && /^[a-z0-9/._-]+$/.test(path);

export interface SocketPlace {
  path: string;
  /** Removes what was made for the socket. */
  remove(): void;
}

/**
 * A path for the socket inside a directory that only this user enters: the data directory, or a short one elsewhere.
 * Drivers lower-case the hosts that a server names, so a path with capital letters would not be found again.
 * To be called by the holder of the data directory only: it removes what a killed predecessor left.
 */
export function socketPlace(directory: string): SocketPlace {
  const path = join(resolve(directory), NAME);
  const note = join(directory, NOTE);
  sweep(path, note);
  if (fits(path) && (statSync(directory).mode & 0o077) === 0) {
    return { path, remove: () => rmSync(path, { force: true }) };
  }
  for (const base of [tmpdir(), '/tmp']) {
    // Not mkdtemp, whose names hold capital letters. mkdir fails if somebody else made the directory before.
    const home = join(base, `parley-${randomBytes(8).toString('hex')}`);
    if (!fits(join(home, NAME))) continue;
    mkdirSync(home, { mode: 0o700 });
    writeFileSync(note, home, { mode: 0o600 });
    return { path: join(home, NAME), remove: () => sweep(path, note) };
  }
  throw new Error(`no place for the store's socket: ${tmpdir()} is too long or holds capital letters`);
}

/** The place that a predecessor in this process used: drivers look for the store there. */
export function samePlace(directory: string, path: string): SocketPlace {
  const note = join(directory, NOTE);
  rmSync(path, { force: true });
  return { path, remove: () => sweep(path, note) };
}

function sweep(path: string, note: string): void {
  rmSync(path, { force: true });
  if (!existsSync(note)) return;
  const home = readFileSync(note, 'utf8');
  if (HOME.test(home)) rmSync(home, { recursive: true, force: true });
  rmSync(note);
}

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

const HOUSE = fileURLToPath(new URL('../../..', import.meta.url));
const STARTED = /^Parley is at /m;
const PATIENCE = 90_000; // ms until a process that should start has failed
const TOKEN = /\/setup\?token=(\S+)/;

export const ADMIN = { email: 'ana@example.com', password: 'a long enough password' };

export interface RunningParley {
  url: string;
  /** What the server printed for the first set-up; null where the account exists. */
  setupToken: string | null;
  /** Ends the process; its store and its address stay for `resume`. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

export interface ParleyOptions {
  admin: typeof ADMIN | null;
  /** Further settings, such as where the providers answer. */
  env?: Record<string, string>;
}

/** The real server in a process of its own, with a store of its own. Without `admin` it waits for its set-up. */
export async function startParley({ admin, env = {} }: ParleyOptions): Promise<RunningParley> {
  const directory = await mkdtemp(join(tmpdir(), 'parley-browser-'));
  const port = await freePort();
  const run = () =>
    spawn(process.execPath, [join(HOUSE, 'server/src/main.ts')], {
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        HOST: '127.0.0.1',
        DATA_DIR: directory,
        PARLEY_EDITOR_DIRECTORY: env.PARLEY_EDITOR_DIRECTORY ?? inject('editorDirectory'),
        ...env,
        ...(admin && { PARLEY_ADMIN_EMAIL: admin.email, PARLEY_ADMIN_PASSWORD: admin.password }),
      },
    });
  let server = run();
  const printed = await untilPrinted(server, admin ? STARTED : TOKEN);
  const pause = async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  };
  return {
    url: `http://localhost:${port}`,
    setupToken: TOKEN.exec(printed)?.[1] ?? null,
    pause,
    resume: async () => {
      server = run();
      await untilPrinted(server, STARTED);
    },
    stop: async () => {
      await pause();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** What a process has printed up to the words that it is waited for. */
export function untilPrinted(server: ChildProcess, words: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const bound = setTimeout(() => {
      server.kill('SIGKILL');
      reject(new Error(`the server did not print ${words}:\n${printed}`));
    }, PATIENCE);
    const read = (chunk: Buffer) => {
      printed += chunk;
      if (!words.test(printed)) return;
      clearTimeout(bound);
      resolve(printed);
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('exit', (code) => {
      clearTimeout(bound);
      reject(new Error(`the server ended with ${code}:\n${printed}`));
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

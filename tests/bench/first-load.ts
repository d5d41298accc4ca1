import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { firstLoad } from '../support/first-load.ts';

// `npm run bench:first-load` builds the page and tells what an empty browser loads to sign in and see its bots.

const BAR = 500; // kB, compressed
const ACCOUNT = { email: 'ana@example.com', password: 'a long enough password' };
const HOUSE = fileURLToPath(new URL('../..', import.meta.url));

const directory = await mkdtemp(join(tmpdir(), 'parley-first-load-'));
const port = await freePort();
const server = spawn(process.execPath, [join(HOUSE, 'server/src/main.ts')], {
  env: {
    PATH: process.env.PATH,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: directory,
    PARLEY_ADMIN_EMAIL: ACCOUNT.email,
    PARLEY_ADMIN_PASSWORD: ACCOUNT.password,
    ...(process.env.PARLEY_EDITOR_DIRECTORY && { PARLEY_EDITOR_DIRECTORY: process.env.PARLEY_EDITOR_DIRECTORY }),
  },
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (chunk) => String(chunk).includes('Parley is at') && resolve());
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const context = await browser.newContext({ baseURL: `http://localhost:${port}`, serviceWorkers: 'block' });
  const loads = await firstLoad(await context.newPage(), ACCOUNT);
  const kinds = [...new Set(loads.map(({ kind }) => kind))];
  const sum = (some: typeof loads) => some.reduce((all, { bytes }) => all + bytes, 0) / 1_000;
  for (const kind of kinds) {
    const some = loads.filter((load) => load.kind === kind);
    console.log(`${kind.padEnd(12)} ${sum(some).toFixed(1).padStart(8)} kB in ${some.length}`);
  }
  if (process.argv.includes('--files'))
    for (const { url, bytes } of loads.sort((a, b) => b.bytes - a.bytes)) console.log(`${bytes}\t${url}`);
  console.log(`first load: ${sum(loads).toFixed(1)} kB of ${BAR} kB`);
  process.exitCode = sum(loads) <= BAR ? 0 : 1;
} finally {
  await browser.close();
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
  await rm(directory, { recursive: true, force: true });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedStore } from '@parley/server/src/storage/embedded/store.ts';

/** A store on an empty directory for a suite of another language; prints its address and ends with its standard input. */
const directory = mkdtempSync(join(tmpdir(), 'parley-suite-'));
const store = await startEmbeddedStore({ directory, onFault: (error) => console.error(error) });
console.log(store.uri);
process.stdin.resume();
process.stdin.once('end', async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { SUBJECTS, scope } from './expression-templates.ts';

/** The other side of `expressions.ts`: one warm isolate and context; the scope is copied in for every rendering. */
interface IsolatedFunction {
  applySync(self: undefined, values: unknown[], options: object): unknown;
}
interface IsolatedModule {
  Isolate: new (options: {
    memoryLimit: number;
  }) => {
    createContextSync(): { evalSync(code: string, options: object): IsolatedFunction };
  };
}

const [home = ''] = process.argv.slice(2);
const { Isolate } = createRequire(join(home, 'index.js'))('isolated-vm') as IsolatedModule;
const context = new Isolate({ memoryLimit: 32 }).createContextSync();
const renderings = SUBJECTS.map(({ script }) => context.evalSync(`(${script})`, { reference: true, timeout: 1_000 }));
const COPIED = { arguments: { copy: true }, result: { copy: true }, timeout: 1_000 };

const render = (subject: number): string => String(renderings[subject]?.applySync(undefined, [scope], COPIED));
for (const [index, { name, script }] of SUBJECTS.entries())
  if (render(index) !== script(scope)) throw new Error(`${name} differs in the isolate`);
const WARM_UP = 500; // renderings of each
for (let i = 0; i < WARM_UP; i++) for (const subject of SUBJECTS.keys()) render(subject);

process.on('message', (message) => {
  const { subject, batch } = message as { subject: number; batch: number };
  const began = performance.now();
  let length = 0;
  for (let i = 0; i < batch; i++) length += render(subject).length;
  process.send?.(length > 0 ? (batch * 1_000) / (performance.now() - began) : 0);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

/** Runs authors' code for the simulator, in a thread that can be ended: QuickJS as on the server, in the same evaluator. */
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { evaluateCode } from '@parley/nodes/code';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';
import type { FromCodeWorker, ToCodeWorker } from './code-service.ts';
import { steadyClock } from './steady-clock.ts';

const clock = steadyClock(() => performance.now());
let quickjs = newQuickJSWASMModuleFromVariant(variant);

addEventListener('message', async ({ data }: MessageEvent<ToCodeWorker>) => {
  try {
    const end = evaluateCode(await quickjs, data, clock);
    if (end.broken) quickjs = newQuickJSWASMModuleFromVariant(variant);
    postMessage({ kind: 'end', end } satisfies FromCodeWorker);
  } catch (error) {
    postMessage({ kind: 'failed', message: String(error) } satisfies FromCodeWorker);
  }
});

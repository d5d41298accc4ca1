/** Runs authors' code for the simulator, in a thread that can be ended: QuickJS as on the server, in the same evaluator. */
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { type CodeEnd, evaluateCode } from '@parley/nodes/code';
import type { CodeRequest } from '@parley/runtime';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';

export type ToCodeWorker = CodeRequest;
export type FromCodeWorker = { kind: 'end'; end: CodeEnd } | { kind: 'failed'; message: string };

let quickjs = newQuickJSWASMModuleFromVariant(variant);

addEventListener('message', async ({ data }: MessageEvent<ToCodeWorker>) => {
  try {
    const end = evaluateCode(await quickjs, data, () => performance.now());
    if (end.broken) quickjs = newQuickJSWASMModuleFromVariant(variant);
    postMessage({ kind: 'end', end } satisfies FromCodeWorker);
  } catch (error) {
    postMessage({ kind: 'failed', message: String(error) } satisfies FromCodeWorker);
  }
});

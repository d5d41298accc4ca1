/**
 * The process that runs authors' code: started by `start-runner.ts` with next to no rights, spoken to over its parent's
 * channel, one run at a time. It imports nothing but QuickJS and the evaluator, because what it may read is listed there.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { evaluateCode } from '@parley/nodes/code';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSWASMModule } from 'quickjs-emscripten-core';
import type { FromRunner, ToRunner } from './messages.ts';

const MAX_MODULES = 4; // organizations whose QuickJS is kept warm, 2 to 40 MB each
const MAX_MODULE_MEMORY = 24 * 1024 * 1024; // bytes; WebAssembly never gives memory back, so a grown module is let go

const wasm = readFileSync(fileURLToPath(import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm')));
// Its types say that the default export lies one deeper, as it does where CommonJS asks for it
const base = 'default' in variant ? variant.default : variant;
const compiled = newVariant(base, { wasmModule: await WebAssembly.compile(wasm) });

/** Each organization has a module of its own: a fault in QuickJS that reads beyond its heap finds no one else's data. */
const modules = new Map<string, QuickJSWASMModule>();

async function moduleOf(organization: string): Promise<QuickJSWASMModule> {
  const module = modules.get(organization) ?? (await newQuickJSWASMModuleFromVariant(compiled));
  modules.delete(organization);
  modules.set(organization, module);
  const [oldest] = modules.keys();
  if (modules.size > MAX_MODULES && oldest !== undefined) modules.delete(oldest);
  return module;
}

/** ms of this thread's own work: on a busy machine code gets no less time than on an idle one. */
function cpuClock(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

async function run({ organization, request }: ToRunner): Promise<void> {
  const module = await moduleOf(organization);
  const end = evaluateCode(module, request, cpuClock);
  if (end.broken || module.getWasmMemory().buffer.byteLength > MAX_MODULE_MEMORY) modules.delete(organization);
  tell({ kind: 'end', end });
}

const tell = (message: FromRunner) => process.send?.(message);

process.on('message', (message) => void run(message as ToRunner));
process.on('disconnect', () => process.exit(0));
tell({ kind: 'ready' });

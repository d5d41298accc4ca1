/// <reference types="node" />
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, type QuickJSWASMModule } from 'quickjs-emscripten-core';
import { createCodeService } from '../data/code/evaluate.ts';

// Its types say that the default export lies one deeper, as it does where CommonJS asks for it
const base = 'default' in variant ? variant.default : variant;

export const loadQuickJs = (): Promise<QuickJSWASMModule> => newQuickJSWASMModuleFromVariant(base);

/** ms of this thread's own work: on a busy machine code gets no less time than on an idle one. */
export const cpuClock = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

/** What runs the code of flows in tests. */
export const runCode = createCodeService(loadQuickJs, cpuClock);

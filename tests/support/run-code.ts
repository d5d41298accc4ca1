import variant from '@jitl/quickjs-wasmfile-release-sync';
import { createCodeService } from '@parley/nodes/code';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';

// Its types say that the default export lies one deeper, as it does where CommonJS asks for it
const base = 'default' in variant ? variant.default : variant;

/** Runs the code of flows in this process: for scripts, whose code is our own. Time is this thread's own work. */
export const runCode = createCodeService(
  () => newQuickJSWASMModuleFromVariant(base),
  () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  },
);

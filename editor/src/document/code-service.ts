import { type CodeEnd, replyOf } from '@parley/nodes/code';
import type { CodeReply, CodeRequest } from '@parley/runtime';

// What the flow reads where it fails: in English, as everything that runs a flow says it
const ENDED = 'The code did not stop by itself and was ended.';
const NOT_STARTED = 'What runs code could not be started in this browser.';
const PATIENCE = 5_000; // ms, with which a first run also loads QuickJS; the code itself has 100 ms

export type ToCodeWorker = CodeRequest;
export type FromCodeWorker = { kind: 'end'; end: CodeEnd } | { kind: 'failed'; message: string };

/** As much of a Web Worker as is needed; a test's own has no thread. */
export interface CodeThread {
  postMessage(request: CodeRequest): void;
  onmessage: ((event: MessageEvent<FromCodeWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

const startWorker = (): CodeThread => new Worker(new URL('./code-worker.ts', import.meta.url), { type: 'module' });

/** The simulator's `code` service: runs one after the other in a worker, which is started at the first and ended when it does not answer. */
export function createCodeService(start: () => CodeThread = startWorker, patience = PATIENCE) {
  let thread: CodeThread | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function ask(request: CodeRequest): Promise<CodeReply> {
    return new Promise((resolve, reject) => {
      const worker = thread ?? start();
      thread = worker;
      const giveUp = (why: string) => {
        clearTimeout(timer);
        worker.terminate();
        thread = null;
        reject(new Error(why));
      };
      const timer = setTimeout(() => giveUp(ENDED), patience);
      worker.onerror = () => giveUp(NOT_STARTED);
      worker.onmessage = ({ data }) => {
        if (data.kind === 'failed') return giveUp(NOT_STARTED);
        clearTimeout(timer);
        try {
          resolve(replyOf(data.end));
        } catch (fault) {
          reject(fault);
        }
      };
      worker.postMessage(request);
    });
  }

  return function code(request: CodeRequest): Promise<CodeReply> {
    const answer = last.then(() => ask(request));
    last = answer.catch(() => undefined);
    return answer;
  };
}

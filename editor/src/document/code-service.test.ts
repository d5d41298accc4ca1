import type { CodeRequest } from '@parley/runtime';
import { expect, it } from 'vitest';
import { type CodeThread, createCodeService, type FromCodeWorker } from './code-service.ts';

const request: CodeRequest = { source: 'return 1', input: {}, chance: 0 };
const good: FromCodeWorker = { kind: 'end', end: { ok: true, value: 1, logs: ['a'], broken: false } };

/** Threads that answer what they are told; undefined is no answer at all. */
function threads(answers: (FromCodeWorker | undefined)[]) {
  const counts = { started: 0, ended: 0 };
  const start = (): CodeThread => {
    counts.started += 1;
    const thread: CodeThread = {
      onmessage: null,
      onerror: null,
      postMessage: () => {
        const data = answers.shift();
        if (data) queueMicrotask(() => thread.onmessage?.(new MessageEvent('message', { data })));
      },
      terminate: () => {
        counts.ended += 1;
      },
    };
    return thread;
  };
  return { start, counts };
}

it('keeps one thread for run after run', async () => {
  const { start, counts } = threads([good, good]);
  const code = createCodeService(start);
  await expect(Promise.all([code(request), code(request)])).resolves.toEqual([
    { value: 1, logs: ['a'] },
    { value: 1, logs: ['a'] },
  ]);
  expect(counts).toEqual({ started: 1, ended: 0 });
});

it("rejects with the author's fault and goes on", async () => {
  const fault: FromCodeWorker = { kind: 'end', end: { ok: false, message: 'Error: no.', logs: [], broken: false } };
  const code = createCodeService(threads([fault, good]).start);
  await expect(code(request)).rejects.toThrow('Error: no.');
  await expect(code(request)).resolves.toMatchObject({ value: 1 });
});

it('ends a thread that does not answer, and starts another', async () => {
  const { start, counts } = threads([undefined, good]);
  const code = createCodeService(start, 1);
  await expect(code(request)).rejects.toThrow('did not stop');
  await expect(code(request)).resolves.toMatchObject({ value: 1 });
  expect(counts).toEqual({ started: 2, ended: 1 });
});

it('says so where the engine cannot be loaded', async () => {
  const code = createCodeService(threads([{ kind: 'failed', message: 'no wasm' }]).start);
  await expect(code(request)).rejects.toThrow('could not be started');
});

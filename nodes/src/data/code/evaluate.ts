import type { CodeReply, CodeRequest, Json, Services } from '@parley/runtime';
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime, QuickJSWASMModule } from 'quickjs-emscripten-core';
import { MAX_HEAP, MAX_STACK, RUN_TIME } from './limits.ts';
import { PRELUDE } from './prelude.ts';

/** How a run of code ended. `broken`: the module may not be used again, whatever the answer. */
export type CodeEnd = { logs: string[]; broken: boolean } & (
  | { ok: true; value: Json }
  | { ok: false; message: string }
);

/** What the author's code did wrong, in words for the author. */
export class CodeFault extends Error {
  override name = 'CodeFault';
  /** What it had written before. */
  readonly logs: string[];
  constructor(message: string, logs: string[]) {
    super(message);
    this.logs = logs;
  }
}

const READ_TIME = 50; // ms beyond the code's own, to fetch what it left; it takes microseconds
const MAX_JOBS = 1_000; // promises that are settled between two looks at the clock
const MAX_NESTING = 60; // levels of the value; what a session remembers ends at 64

/** QuickJS' own words for a limit, and ours. */
const LIMIT_WORDS: Record<string, string> = {
  'InternalError: interrupted': `The code ran longer than ${RUN_TIME} ms. Do less in it, or in several nodes.`,
  'InternalError: out of memory': `The code needs more than ${MAX_HEAP / 1024 / 1024} MB. Keep less in memory.`,
  'InternalError: stack overflow': 'The code calls itself, or nests values, too deeply.',
  'RangeError: Maximum call stack size exceeded': 'The code calls itself, or nests values, too deeply.',
};
const TOO_LONG = LIMIT_WORDS['InternalError: interrupted'] ?? '';
const TOO_MUCH = LIMIT_WORDS['InternalError: out of memory'] ?? '';

/**
 * Runs the body of a function in a fresh QuickJS runtime and gives what it returned. Always answers, but for what the
 * engine itself cannot interrupt (an endless built-in): who must not wait runs it where it can be ended from outside.
 *
 * @param clock ms, of CPU time where there is such a clock, else of any clock that never goes back
 */
export function evaluateCode(quickjs: QuickJSWASMModule, request: CodeRequest, clock: () => number): CodeEnd {
  let end: CodeEnd;
  let runtime: QuickJSRuntime | null = null;
  let context: QuickJSContext | null = null;
  try {
    runtime = quickjs.newRuntime({ memoryLimitBytes: MAX_HEAP, maxStackSizeBytes: MAX_STACK });
    context = runtime.newContext();
    end = runIn(context, request, clock);
  } catch (error) {
    // The WebAssembly itself gave up; its memory is in no known state, so that not even freeing is safe
    return { ok: false, message: ourWords(String(error)), logs: [], broken: true };
  }
  try {
    context.dispose();
    runtime.dispose();
  } catch {
    return { ...end, broken: true };
  }
  return end;
}

function runIn(context: QuickJSContext, request: CodeRequest, clock: () => number): CodeEnd {
  const { runtime } = context;
  let until = clock() + RUN_TIME;
  let stopped = false;
  runtime.setInterruptHandler(() => {
    stopped ||= clock() > until;
    return stopped;
  });
  const prelude = context.unwrapResult(context.evalCode(PRELUDE, 'parley.js'));
  const begin = context.getProp(prelude, 'begin');
  const read = context.getProp(prelude, 'read');
  const given = context.newString(JSON.stringify(request));
  const handles = [prelude, begin, read, given];

  const begun = context.callFunction(begin, context.undefined, given);
  const began = begun.error === undefined;
  (begun.error ?? begun.value).dispose();
  while (!stopped && runtime.hasPendingJob()) {
    const jobs = runtime.executePendingJobs(MAX_JOBS);
    jobs.dispose();
    stopped ||= clock() > until;
  }
  const outOfTime = stopped;
  until = clock() + READ_TIME;
  stopped = false;
  const [state, body, logged] = ['state', 'body', 'logs'].map((part) => readPart(context, read, part));
  for (const handle of handles) handle.dispose();
  const logs = JSON.parse(`[${logged}]`) as string[];
  // The prelude catches what the code throws; only a limit can end it
  if (!began && !outOfTime) return { ok: false, message: TOO_MUCH, logs, broken: false };
  return { ...judge(state ?? '', body ?? '', outOfTime), logs, broken: false };
}

function readPart(context: QuickJSContext, read: QuickJSHandle, part: string): string {
  const name = context.newString(part);
  const text = context.unwrapResult(context.callFunction(read, context.undefined, name));
  const found = context.getString(text);
  name.dispose();
  text.dispose();
  return found;
}

function judge(state: string, body: string, outOfTime: boolean) {
  if (outOfTime) return { ok: false as const, message: TOO_LONG };
  if (state === 'threw') return { ok: false as const, message: ourWords(body) };
  if (state !== 'returned') return { ok: false as const, message: 'The code waits for something that never comes.' };
  if (isNestedDeeper(body, MAX_NESTING))
    return { ok: false as const, message: `The code returned a value of more than ${MAX_NESTING} levels.` };
  return { ok: true as const, value: JSON.parse(body) as Json };
}

/** Whether a JSON text has more levels; looked up before it is parsed. */
function isNestedDeeper(json: string, limit: number): boolean {
  let level = 0;
  for (const [token] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}]/g)) {
    if (token === '[' || token === '{') level++;
    else if (token === ']' || token === '}') level--;
    if (level > limit) return true;
  }
  return false;
}

function ourWords(thrown: string): string {
  const plain = thrown.replace(/ \(line \d+\)$/, '');
  // Whatever met the end of the stack, a parser too
  const limit = plain.endsWith(': stack overflow') ? 'InternalError: stack overflow' : plain;
  if (LIMIT_WORDS[limit]) return LIMIT_WORDS[limit];
  const sentence = thrown.endsWith('.') ? thrown : `${thrown}.`;
  if (/^ReferenceError: '?(fetch|XMLHttpRequest)\b/.test(thrown))
    return `${sentence} To ask another system, put the node Call an API before this one.`;
  if (thrown.startsWith('ReferenceError: '))
    return `${sentence} The code sees variables, contact, message and now, and the language itself.`;
  return sentence;
}

/**
 * The `code` service in this very process, for tests and tools: an endless built-in holds it up. QuickJS is loaded at the
 * first run and again after a run that broke it.
 */
export function createCodeService(load: () => Promise<QuickJSWASMModule>, clock: () => number): Services['code'] {
  let module: Promise<QuickJSWASMModule> | null = null;
  return async (request) => {
    module ??= load();
    const end = evaluateCode(await module, request, clock);
    if (end.broken) module = null;
    return replyOf(end);
  };
}

/** @throws {CodeFault} where the code did not end well */
export function replyOf(end: CodeEnd): CodeReply {
  if (!end.ok) throw new CodeFault(end.message, end.logs);
  return { value: end.value, logs: end.logs };
}

import type { Services } from '@parley/runtime';
import { createCodeRunners } from '../../services/code/service.ts';
import type { Terminal } from '../command.ts';

/** Whose code it is, for the runners' fairness: here there is one author only. */
const AUTHOR = 'author';

/** Work that may run the code of flows, fenced in as on the server; its runners are ended with it. */
export async function withCode<Result>(
  terminal: Terminal,
  work: (code: Services['code']) => Promise<Result>,
): Promise<Result> {
  const runners = createCodeRunners({ warn: (words) => terminal.printError(words) });
  try {
    return await work((request) => runners.run(AUTHOR, request));
  } finally {
    await runners.stop();
  }
}

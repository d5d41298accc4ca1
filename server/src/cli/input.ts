import { createInterface } from 'node:readline';

/** The lines that a person types, or that another program pipes in. */
export interface Input {
  /** True where a person sits at it: what they type is on the screen already. */
  interactive: boolean;
  /** The next line, asked for with `prompt`; null at the end of the input or when it is interrupted. */
  read(prompt: string): Promise<string | null>;
}

/** Input that comes from anything that gives lines. */
export function inputFrom(lines: AsyncIterable<string>): Input {
  const iterator = lines[Symbol.asyncIterator]();
  return {
    interactive: false,
    read: async () => {
      const { done, value } = await iterator.next();
      return done ? null : value;
    },
  };
}

/** The process's own input. Nothing is read, and no signal taken, before the first line is asked for. */
export function standardInput(): Input & { close(): void } {
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  let open: ReturnType<typeof openStandardInput> | null = null;
  return {
    interactive,
    read: async (prompt) => {
      open ??= openStandardInput(interactive);
      if (interactive) open.ask(prompt);
      return open.lines.read(prompt);
    },
    close: () => open?.close(),
  };
}

function openStandardInput(interactive: boolean) {
  const readline = createInterface({ input: process.stdin, output: interactive ? process.stdout : undefined });
  // The first interrupt ends the input, so that the command can finish in order; a second one ends the process
  const end = () => readline.close();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  readline.once('close', () => {
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
  });
  let closed = false;
  readline.once('close', () => {
    closed = true;
  });
  const ask = (prompt: string) => {
    if (closed) return;
    readline.setPrompt(prompt);
    readline.prompt();
  };
  return { ask, close: end, lines: inputFrom(readline) };
}

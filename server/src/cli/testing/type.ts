import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { commands } from '../commands.ts';
import { inputFrom } from '../input.ts';
import { runCommandLine } from '../run.ts';

const NOW = '2026-03-02T09:00:00.000Z';

export interface Folder {
  path: string;
  /** Puts a file there: a text as it is, anything else as JSON. */
  put(name: string, content: unknown): void;
  remove(): void;
}

export function makeFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'parley-cli-'));
  return {
    path,
    put: (name, content) => {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), typeof content === 'string' ? content : JSON.stringify(content));
    },
    remove: () => rmSync(path, { recursive: true }),
  };
}

/** What a person types behind `npm run parley --` in a folder, and the lines that they type while it runs. */
export async function typeIn({ path }: Folder, words: string[], lines: string[] = []) {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  async function* typed() {
    yield* lines;
  }
  const terminal = {
    print: say,
    printError: say,
    env: {},
    cwd: path,
    now: () => new Date(NOW),
    input: inputFrom(typed()),
  };
  const code = await runCommandLine(commands, words, terminal);
  return { code, said: said.join('\n') };
}

import { readFileSync } from 'node:fs';
import { CommandFailed } from '../command.ts';
import { jsonFault } from './json-fault.ts';

/** What the system's codes mean for the person who named a file. */
const MEANINGS: Record<string, (shown: string) => string> = {
  ENOENT: (shown) => `There is no file ${shown}. Check its name and where you are.`,
  ENOTDIR: (shown) => `There is no file ${shown}. Check its name and where you are.`,
  EISDIR: (shown) => `${shown} is a directory. Name a file.`,
  EACCES: (shown) => `Not allowed to read ${shown}. Give yourself the right to read it.`,
};

export const systemCode = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** The content of a JSON file. `shown` is its name as the person typed it; what is wrong is a `CommandFailed` with its place. */
export function readJson(path: string, shown: string): unknown {
  const text = readText(path, shown);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const fault = jsonFault(text);
    const where = fault ? `line ${fault.line}, column ${fault.column}: expected ${fault.expected}` : String(error);
    throw new CommandFailed(`${shown} is not JSON. Mend ${where}.`, { cause: error });
  }
}

export function readText(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, ''); // some editors begin a file with a byte order mark
  } catch (error) {
    const words = MEANINGS[systemCode(error) ?? ''];
    throw words ? new CommandFailed(words(shown), { cause: error }) : error;
  }
}

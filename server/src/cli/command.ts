import type { ParseArgsOptionsConfig } from 'node:util';
import type { Input } from './input.ts';

/** What a command may use of the world; tests pass their own. */
export interface Terminal {
  /** One line for the person. */
  print(line: string): void;
  printError(line: string): void;
  env: Record<string, string | undefined>;
  /** Where paths that the person typed begin. */
  cwd: string;
  now(): Date;
  /** What the person types while a command runs; not there where nobody can. */
  input?: Input;
}

/** What was given on the command line, by the option's name: a text, or true for a flag. */
export type Given = Readonly<Record<string, string | boolean | undefined>>;

export interface Option {
  /** What stands for its value in the help; a flag has none. */
  value?: string;
  required?: boolean;
  help: string;
}

/** The words behind a command's name that belong to no option: files, mostly. */
export interface Operands {
  /** What stands for one in the help. */
  value: string;
  /** True where more than one may be given. */
  many?: boolean;
  /** True where none is needed. */
  optional?: boolean;
  help: string;
}

/** One command, listed in `commands.ts`. */
export interface Command {
  /** One or two words, as they are typed: `store backup`. */
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** Further lines for its own help. */
  details?: string[];
  options: Readonly<Record<string, Option>>;
  /** Without it a bare word is refused. */
  operands?: Operands;
  /** Gives the exit code: 0 when all is well, 1 when something was found wrong. A failure in words is a `CommandFailed`. */
  run(given: Given, terminal: Terminal, operands: readonly string[]): Promise<number>;
}

export const OK = 0;
export const FOUND_WRONG = 1;
export const WRONG_USAGE = 2;

/** What the person can mend; the message names the remedy. Exit code 1. */
export class CommandFailed extends Error {
  override name = 'CommandFailed';
}

/** The command line itself is wrong; the message names the option. Exit code 2. */
export class WrongUsage extends Error {
  override name = 'WrongUsage';
}

export const text = (given: Given, name: string): string => {
  const value = given[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new WrongUsage(`--${name} is missing`);
};

export const parserOptions = ({ options }: Command): ParseArgsOptionsConfig =>
  Object.fromEntries([
    ['help', { type: 'boolean' as const, short: 'h' }],
    ...Object.entries(options).map(([name, { value }]) => [name, { type: value ? 'string' : 'boolean' } as const]),
  ]);

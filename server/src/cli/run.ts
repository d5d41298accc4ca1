import { parseArgs } from 'node:util';
import {
  type Command,
  CommandFailed,
  type Given,
  OK,
  parserOptions,
  type Terminal,
  WRONG_USAGE,
  WrongUsage,
} from './command.ts';
import { helpFor, overview } from './help.ts';

const FAILED = 1;

/** Runs what was typed behind `npm run parley --`. Gives the exit code; throws only what is a fault of ours. */
export async function runCommandLine(
  commands: readonly Command[],
  typed: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const words = typed.filter(
    (word, i) => !word.startsWith('-') && typed.slice(0, i).every((one) => !one.startsWith('-')),
  );
  const command = [2, 1]
    .map((count) => words.slice(0, count).join(' '))
    .flatMap((name) => commands.find((one) => one.name === name) ?? [])[0];
  if (!command) return withoutCommand(commands, typed, words, terminal);
  const rest = typed.slice(command.name.split(' ').length);
  if (rest.includes('--help') || rest.includes('-h')) {
    for (const line of helpFor(command)) terminal.print(line);
    return OK;
  }
  try {
    const { given, operands } = parse(command, rest);
    return await command.run(given, terminal, operands);
  } catch (error) {
    if (error instanceof WrongUsage) {
      terminal.printError(`${error.message}. See: npm run parley -- ${command.name} --help`);
      return WRONG_USAGE;
    }
    // What the system refuses (no permission, a name too long, a directory for a file) is no fault of ours
    if (!(error instanceof CommandFailed) && !isOfSystem(error)) throw error;
    terminal.printError(error.message);
    return FAILED;
  }
}

const isOfSystem = (error: unknown): error is Error =>
  error instanceof Error && ('syscall' in error || 'errcode' in error);

function withoutCommand(
  commands: readonly Command[],
  typed: readonly string[],
  words: readonly string[],
  terminal: Terminal,
): number {
  const wantsHelp = typed.includes('--help') || typed.includes('-h') || words[0] === 'help';
  const [group] = words;
  const inGroup = commands.filter(({ name }) => name.startsWith(`${group} `));
  if (wantsHelp) {
    for (const line of overview(inGroup.length > 0 ? inGroup : commands)) terminal.print(line);
    return OK;
  }
  if (words.length > 0) terminal.printError(`There is no command "${words.slice(0, 2).join(' ')}".`);
  for (const line of overview(inGroup.length > 0 ? inGroup : commands)) terminal.printError(line);
  return WRONG_USAGE;
}

function parse(command: Command, rest: readonly string[]): { given: Given; operands: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...rest],
      options: parserOptions(command),
      strict: true,
      allowPositionals: command.operands !== undefined,
    });
    checkOperands(command, positionals);
    for (const [name, { required }] of Object.entries(command.options)) {
      if (required && values[name] === undefined) throw new WrongUsage(`--${name} is missing`);
    }
    return { given: values as Given, operands: positionals };
  } catch (error) {
    if (error instanceof WrongUsage || !(error instanceof Error)) throw error;
    throw new WrongUsage(error.message.split('. ')[0] ?? error.message); // Node's own words name the option
  }
}

function checkOperands({ operands }: Command, given: readonly string[]): void {
  if (!operands) return;
  if (given.length === 0 && !operands.optional) throw new WrongUsage(`${operands.value} is missing`);
  if (given.length > 1 && !operands.many) throw new WrongUsage(`"${given[1]}" is one ${operands.value} too many`);
}

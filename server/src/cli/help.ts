import type { Command } from './command.ts';

const HOW = 'npm run parley --';

/** The list of all commands. */
export function overview(commands: readonly Command[]): string[] {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    `${HOW} <command> [options]`,
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    `${HOW} <command> --help tells more about one.`,
    'Exit codes: 0 all is well, 1 something was found wrong or failed, 2 the command line is wrong.',
  ];
}

export function helpFor({ name, summary, details = [], options }: Command): string[] {
  const shown = Object.entries(options).map(([option, about]) => ({ flag: flagOf(option, about.value), about }));
  const width = Math.max(0, ...shown.map(({ flag }) => flag.length));
  const usage = shown.map(({ flag, about }) => (about.required ? flag : `[${flag}]`)).join(' ');
  return [
    `${HOW} ${name} ${usage}`,
    '',
    summary,
    ...details,
    '',
    ...shown.map(({ flag, about }) => `  ${flag.padEnd(width)}  ${about.help}`),
  ];
}

const flagOf = (name: string, value: string | undefined): string => (value ? `--${name} ${value}` : `--${name}`);

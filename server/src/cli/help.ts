import type { Command, Operands } from './command.ts';

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

export function helpFor({ name, summary, details = [], options, operands }: Command): string[] {
  const operand = operands ? [operandOf(operands)] : [];
  const flags = Object.entries(options).map(([option, { value, required, help }]) => {
    const flag = flagOf(option, value);
    return { flag, help, use: required ? flag : `[${flag}]` };
  });
  const shown = [...operand, ...flags];
  const width = Math.max(0, ...shown.map(({ flag }) => flag.length));
  return [
    [HOW, name, ...operand.map(({ use }) => use), ...flags.map(({ use }) => use)].join(' '),
    '',
    summary,
    ...details,
    '',
    ...shown.map(({ flag, help }) => `  ${flag.padEnd(width)}  ${help}`),
  ];
}

function operandOf({ value, many, optional, help }: Operands): { flag: string; use: string; help: string } {
  const flag = `${value}${many ? '...' : ''}`;
  return { flag, help, use: optional ? `[${flag}]` : flag };
}

const flagOf = (name: string, value: string | undefined): string => (value ? `--${name} ${value}` : `--${name}`);

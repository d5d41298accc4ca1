import { commands } from './commands.ts';
import { runCommandLine } from './run.ts';

// npm runs a script in the project's folder, and tells where the person was.
const cwd = process.env.INIT_CWD ?? process.cwd();
const terminal = {
  print: (line: string) => console.log(line),
  printError: (line: string) => console.error(line),
  env: process.env,
  cwd,
  now: () => new Date(),
};
process.exitCode = await runCommandLine(commands, process.argv.slice(2), terminal);

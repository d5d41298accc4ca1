import { commands } from './commands.ts';
import { standardInput } from './input.ts';
import { runCommandLine } from './run.ts';

// npm runs a script in the project's folder, and tells where the person was.
const cwd = process.env.INIT_CWD ?? process.cwd();
const input = standardInput();
const terminal = {
  print: (line: string) => console.log(line),
  printError: (line: string) => console.error(line),
  env: process.env,
  cwd,
  now: () => new Date(),
  input,
};
// Whoever read our output (`| head`) has gone: there is nobody left to tell
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
process.exitCode = await runCommandLine(commands, process.argv.slice(2), terminal);
input.close(); // an open one keeps the process

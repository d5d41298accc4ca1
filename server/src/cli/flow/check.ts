import { resolve } from 'node:path';
import { flowError, hasErrors, type Problem } from '@parley/runtime';
import { type Command, CommandFailed, FOUND_WRONG, type Given, OK, type Option, type Terminal } from '../command.ts';
import { plural } from '../plural.ts';
import { type Found, filesOfFormat, found, isDirectory } from './find-files.ts';
import { libraryFor, loadFlow, problemLine } from './load-flow.ts';
import { missingFlows } from './references.ts';

export const FLOWS: Option = {
  value: 'DIR',
  help: "where sub-flows are; a file's name without .json is the flow's id (default: the flow's own directory)",
};

export const check: Command = {
  name: 'check',
  summary: 'Tells what is wrong with flow documents before they run.',
  details: ['One line a problem: file, severity, code, node, place in the document (a JSON pointer), what to do.'],
  operands: { value: 'FILE|DIR', many: true, help: 'flow documents, or directories of them' },
  options: {
    strict: { help: 'warnings count as errors' },
    json: { help: 'prints one JSON document instead of lines' },
    flows: FLOWS,
  },
  run: async (given, terminal, operands) => {
    const files = operands.flatMap((operand) => flowFiles(operand, terminal));
    const flowDirectory = flowsOption(given, terminal);
    const checked = files.map((file) => ({ file: file.shown, problems: problemsIn(file, flowDirectory) }));
    const problems = checked.flatMap((one) => one.problems);
    const errors = problems.filter((one) => hasErrors([one])).length;
    const warnings = problems.length - errors;
    if (given.json) terminal.print(JSON.stringify({ files: checked, errors, warnings }, null, 2));
    else {
      for (const { file, problems } of checked)
        for (const problem of problems) terminal.print(problemLine(file, problem));
      const counts = `${plural(errors, 'error')}, ${plural(warnings, 'warning')}`;
      terminal.print(problems.length === 0 ? `${plural(files.length, 'flow')}, no problem` : counts);
    }
    return errors > 0 || (given.strict && warnings > 0) ? FOUND_WRONG : OK;
  },
};

/** The directory named with --flows. */
export function flowsOption(given: Given, { cwd }: Terminal): string | null {
  if (typeof given.flows !== 'string') return null;
  const directory = resolve(cwd, given.flows);
  if (isDirectory(directory, given.flows)) return directory;
  throw new CommandFailed(`${given.flows} is a file. Name a directory with --flows.`);
}

function flowFiles(operand: string, { cwd }: Terminal): Found[] {
  const path = resolve(cwd, operand);
  if (!isDirectory(path, operand)) return [found(cwd, path)];
  const files = filesOfFormat(path, cwd, 'parley.flow/');
  if (files.length === 0)
    throw new CommandFailed(`There is no flow in ${operand}: no JSON file whose "format" is "parley.flow/1".`);
  return files;
}

/** A file that cannot even be read is a problem among others, so that the other files are told as well. */
function problemsIn({ path, shown }: Found, flowDirectory: string | null): Problem[] {
  try {
    const library = libraryFor(path, flowDirectory);
    const { flow, problems } = loadFlow(path, shown, library);
    return flow ? [...problems, ...missingFlows(flow, library, flowDirectory !== null)] : problems;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return [flowError('unreadable', error.message)];
  }
}

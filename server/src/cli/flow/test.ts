import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { nodeTypes } from '@parley/nodes';
import { type Flow, runScript, type ScriptResult, type Services } from '@parley/runtime';
import { type Command, CommandFailed, FOUND_WRONG, OK, type Terminal } from '../command.ts';
import { plural } from '../plural.ts';
import { coverageLine, coverageOf, takenByFlow } from './coverage.ts';
import { type Found, filesOfFormat, formatOf, found, isDirectory } from './find-files.ts';
import { junitOf, type Played } from './junit.ts';
import { type LoadedScript, loadScript } from './load-script.ts';
import { readJson, systemCode } from './read-json.ts';
import { withCode } from './with-code.ts';

/** The ports that the scripts of one flow took. */
type Taken = Map<string, { flow: Flow; ports: Set<string> }>;

export const test: Command = {
  name: 'test',
  summary: 'Plays conversation scripts against their flows, and tells what differed.',
  details: [
    'A script is a JSON file of the format parley.script/1; a flow is tested by those in the directory scripts beside it.',
    'Nothing is sent, no time passes, HTTP is answered by the script.',
  ],
  operands: { value: 'FILE|DIR', many: true, help: 'scripts, flows, or directories of them' },
  options: {
    coverage: { help: 'tells of each flow which ports no script took' },
    junit: { value: 'FILE', help: 'also writes the results as JUnit XML; replaces the file' },
  },
  run: async (given, terminal, operands) => {
    const files = distinct(operands.flatMap((operand) => scriptFiles(operand, terminal)));
    const taken: Taken = new Map();
    const played: Played[] = [];
    await withCode(terminal, async (code) => {
      for (const file of files) {
        const result = await play(file, taken, code, terminal);
        played.push(result);
        tell(result, terminal);
      }
    });
    if (given.coverage)
      for (const [file, { flow, ports }] of taken) terminal.print(coverageLine(file, coverageOf(flow, ports)));
    if (typeof given.junit === 'string') writeReport(given.junit, junitOf(played), terminal);
    const failed = played.filter((one) => one.differences.length > 0).length;
    terminal.print(`${plural(files.length, 'script')}, ${files.length - failed} passed, ${failed} failed`);
    return failed > 0 ? FOUND_WRONG : OK;
  },
};

async function play(file: Found, taken: Taken, code: Services['code'], { cwd, now }: Terminal): Promise<Played> {
  const began = now().getTime();
  const result = (about: Pick<Played, 'title' | 'flow' | 'differences' | 'broken'>): Played => ({
    ...about,
    file: file.shown,
    milliseconds: Math.max(0, now().getTime() - began),
  });
  try {
    const loaded = loadScript(file, cwd);
    const { script, flow, flowFile, others } = loaded;
    const played = await runScript(script, flow, nodeTypes, { code }, others);
    remember(played, loaded, taken);
    const { differences } = played;
    return result({ title: script.title ?? file.shown, flow: flowFile, differences, broken: false });
  } catch (error) {
    // One script that cannot be read or played must not hide what became of the others
    if (!(error instanceof Error)) throw error;
    return result({ title: file.shown, flow: file.shown, differences: error.message.split('\n'), broken: true });
  }
}

function remember(played: ScriptResult, { flow, flowFile, others, otherFiles }: LoadedScript, taken: Taken): void {
  const byFlow = takenByFlow(played, flow, others);
  for (const [id, document] of [['', flow] as const, ...Object.entries(others)]) {
    const file = id === '' ? flowFile : otherFiles[id];
    if (file === undefined) continue;
    const known = taken.get(file) ?? { flow: document, ports: new Set() };
    for (const port of byFlow.get(id) ?? []) known.ports.add(port);
    taken.set(file, known);
  }
}

function tell({ file, title, differences }: Played, terminal: Terminal): void {
  const name = title === file ? file : `${file}: ${title}`;
  terminal.print(`${differences.length === 0 ? 'ok    ' : 'WRONG '}${name}`);
  for (const difference of differences) terminal.print(`      ${difference}`);
}

function scriptFiles(operand: string, { cwd }: Terminal): Found[] {
  const path = resolve(cwd, operand);
  if (isDirectory(path, operand)) return scriptsBelow(path, operand, cwd);
  const file = found(cwd, path);
  const isFlow = formatOf(readJsonOrNothing(file)).startsWith('parley.flow/');
  return isFlow ? scriptsOf(file, cwd) : [file];
}

function scriptsBelow(path: string, shown: string, cwd: string): Found[] {
  const files = filesOfFormat(path, cwd, 'parley.script/');
  if (files.length > 0) return files;
  throw new CommandFailed(`There is no script in ${shown}: no JSON file whose "format" is "parley.script/1".`);
}

/** The scripts beside a flow that are about this flow: a directory may hold several. */
function scriptsOf({ path, shown }: Found, cwd: string): Found[] {
  const folder = join(dirname(path), 'scripts');
  const { shown: name } = found(cwd, folder);
  const files = scriptsBelow(existing(folder, shown), name, cwd).filter((file) => {
    const script = readJsonOrNothing(file) as { flow?: unknown } | null;
    return typeof script?.flow === 'string' && resolve(dirname(file.path), script.flow) === path;
  });
  if (files.length > 0) return files;
  throw new CommandFailed(`No script in ${name} is about ${shown}: none names it as its "flow".`);
}

function existing(folder: string, flow: string): string {
  try {
    isDirectory(folder, folder);
    return folder;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new CommandFailed(
      `There are no scripts beside ${flow}. Make one with: npm run parley -- run ${flow} --record scripts/first.json`,
    );
  }
}

/** Null for what cannot be read: whoever plays it tells why. */
function readJsonOrNothing({ path, shown }: Found): unknown {
  try {
    return readJson(path, shown);
  } catch (error) {
    if (error instanceof CommandFailed) return null;
    throw error;
  }
}

const distinct = (files: Found[]): Found[] => [...new Map(files.map((file) => [file.path, file])).values()];

function writeReport(named: string, report: string, { cwd }: Terminal): void {
  try {
    writeFileSync(resolve(cwd, named), report);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' && systemCode(error) !== 'EISDIR') throw error;
    throw new CommandFailed(`Cannot write ${named}. Name a file in a directory that is there with --junit.`, {
      cause: error,
    });
  }
}

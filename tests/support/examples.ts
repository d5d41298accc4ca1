import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeTypes } from '@parley/nodes';
import { type Flow, type FlowLibrary, parseFlow, runScript, type Script, scriptSchema } from '@parley/runtime';
import { runCode } from './run-code.ts';

/** Where the examples lie; flows and scripts are named by their path from here. */
export const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));

export interface ExampleScript {
  /** `good-way.json` */
  file: string;
  path: string;
  script: Script;
}
export interface Example {
  name: string;
  /** `welcome/flow.json` -> the document, of every flow in the folder. */
  flows: Record<string, Flow>;
  scripts: ExampleScript[];
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const pathOf = (file: string): string => relative(EXAMPLES, file).replaceAll('\\', '/');
const jsonIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort();

/** @throws Error naming the file and its first problem */
export function flowAt(file: string): Flow {
  const { flow, problems } = parseFlow(read(file));
  if (flow && problems.length === 0) return flow;
  throw new Error(`${pathOf(file)} is not a flow: ${problems[0]?.message}`);
}

function exampleIn(name: string): Example {
  const folder = join(EXAMPLES, name);
  const flows = jsonIn(folder).map((file) => [`${name}/${file}`, flowAt(join(folder, file))] as const);
  const scripts = jsonIn(join(folder, 'scripts')).map((file) => {
    const path = join(folder, 'scripts', file);
    return { file, path, script: scriptSchema.parse(read(path)) };
  });
  return { name, flows: Object.fromEntries(flows), scripts };
}

export const examples: Example[] = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
  .map(({ name }) => exampleIn(name));

/** The files of a script's flows: its own under '', the others by their id. */
export function filesOf({ path, script }: ExampleScript): Record<string, string> {
  const named = (file: string | object) => {
    if (typeof file !== 'string') throw new Error(`${pathOf(path)}: an example names its flows by their file.`);
    return pathOf(resolve(dirname(path), file));
  };
  const others = Object.entries(script.flows ?? {}).map(([id, file]) => [id, named(file)] as const);
  return { '': named(script.flow), ...Object.fromEntries(others) };
}

export function play(one: ExampleScript) {
  const { '': own = '', ...others } = filesOf(one);
  const flows = Object.fromEntries(Object.entries(others).map(([id, file]) => [id, flowAt(join(EXAMPLES, file))]));
  return runScript(one.script, flowAt(join(EXAMPLES, own)), nodeTypes, { code: runCode }, flows);
}

/** What sub-flows of an example find: the flows that its scripts bring along. */
export function libraryOf({ scripts }: Example): FlowLibrary {
  const files = new Map(scripts.flatMap((one) => Object.entries(filesOf(one))));
  return (id) => {
    const file = files.get(id);
    return file === undefined ? null : flowAt(join(EXAMPLES, file));
  };
}

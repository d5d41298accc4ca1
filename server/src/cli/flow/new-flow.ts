import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FLOW_FORMAT, isObject } from '@parley/runtime';
import { type Command, CommandFailed, type Given, OK, type Terminal } from '../command.ts';
import { readJson } from './read-json.ts';

const EXAMPLES = fileURLToPath(new URL('../../../../examples', import.meta.url));
const EMPTY = 'empty';
const MAX_NAME = 200; // characters, as the flow's format has it

/** A file to be written, by its path. */
type Files = Map<string, unknown>;

export const newFlow: Command = {
  name: 'new-flow',
  summary: 'Writes a flow document that works, and a first script beside it.',
  details: [`From: ${[EMPTY, ...exampleNames()].join(', ')}.`],
  operands: { value: 'FILE', help: 'the new flow document; ends with .json' },
  options: {
    from: { value: 'NAME', help: 'what it begins as: empty (the default), or one of the examples' },
    name: { value: 'NAME', help: "the flow's name (default: the file's)" },
    force: { help: 'replaces files that are there' },
  },
  run: async (given, terminal, [file = '']) => {
    const path = resolve(terminal.cwd, file);
    if (!path.endsWith('.json')) throw new CommandFailed(`${file} does not end with .json. Name it ${file}.json.`);
    const from = typeof given.from === 'string' ? given.from : EMPTY;
    const name = nameFrom(given, path);
    const files = from === EMPTY ? emptyFiles(path, name) : exampleFiles(from, path, name);
    refuseOverwriting([...files.keys()], given, terminal);
    for (const [target, document] of files) {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, `${JSON.stringify(document, null, 2)}\n`);
      terminal.print(`Wrote ${relative(terminal.cwd, target)}`);
    }
    terminal.print(`Talk to it: npm run parley -- run ${file}`);
    terminal.print(`Test it:    npm run parley -- test ${file}`);
    return OK;
  },
};

function nameFrom({ name }: Given, path: string): string {
  if (typeof name !== 'string') return basename(path, '.json');
  if (name.trim() !== '' && name.length <= MAX_NAME) return name;
  throw new CommandFailed(`--name holds 1 to ${MAX_NAME} characters.`);
}

function refuseOverwriting(paths: string[], { force }: Given, { cwd }: Terminal): void {
  const there = force ? undefined : paths.find((path) => existsSync(path));
  if (there === undefined) return;
  throw new CommandFailed(`${relative(cwd, there)} is there already. Name another file, or add --force to replace it.`);
}

/** Scripts of several flows may lie in one directory: the flow's name stands before theirs. */
function scriptPath(flow: string, script: string): string {
  const own = basename(flow, '.json');
  return join(dirname(flow), 'scripts', own === 'flow' ? script : `${own}-${script}`);
}

function emptyFiles(path: string, name: string): Files {
  const greeting = 'Hello {{contact.firstName}}!';
  const flow = {
    format: FLOW_FORMAT,
    name,
    nodes: [
      { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: ['hi', 'hello'] } },
      { id: 'hello', type: 'chat.send', config: { kind: 'text', text: greeting } },
    ],
    edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'hello' }],
    layout: { nodes: { start: [0, 0], hello: [260, 0] } },
  };
  const script = {
    format: 'parley.script/1',
    title: 'Says hello',
    flow: `../${basename(path)}`,
    contact: { name: 'Ana Silva' },
    steps: [{ in: { text: 'hi' } }, { out: { kind: 'text', text: 'Hello Ana!' } }, { end: { status: 'done' } }],
  };
  return new Map<string, unknown>([
    [path, flow],
    [scriptPath(path, 'first.json'), script],
  ]);
}

function exampleNames(): string[] {
  if (!existsSync(EXAMPLES)) return [];
  return readdirSync(EXAMPLES)
    .filter((name) => existsSync(join(EXAMPLES, name, 'flow.json')))
    .sort();
}

/** An example with its scripts, and with the flows beside it that they name. */
function exampleFiles(example: string, path: string, name: string): Files {
  if (!exampleNames().includes(example)) {
    throw new CommandFailed(
      `There is no example ${example}. Name one with --from: ${[EMPTY, ...exampleNames()].join(', ')}.`,
    );
  }
  const folder = join(EXAMPLES, example);
  const original = join(folder, 'flow.json');
  const moved = (file: string): string => (file === original ? path : join(dirname(path), relative(folder, file)));
  const files: Files = new Map();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
    const document = readJson(join(folder, entry.name), entry.name);
    files.set(
      moved(join(folder, entry.name)),
      entry.name === 'flow.json' && isObject(document) ? { ...document, name } : document,
    );
  }
  const scripts = join(folder, 'scripts');
  for (const file of existsSync(scripts) ? readdirSync(scripts).filter((one) => one.endsWith('.json')) : []) {
    const target = scriptPath(path, file);
    files.set(
      target,
      retold(readJson(join(scripts, file), file), (flow) => moved(resolve(scripts, flow)), target),
    );
  }
  return files;
}

/** A script whose flow has another path now. */
function retold(script: unknown, moved: (flow: string) => string, target: string): unknown {
  if (!isObject(script)) return script;
  const again = (flow: unknown): unknown =>
    typeof flow === 'string' ? relative(dirname(target), moved(flow)).replaceAll('\\', '/') : flow;
  const flows = isObject(script.flows)
    ? { flows: Object.fromEntries(Object.entries(script.flows).map(([id, flow]) => [id, again(flow)])) }
    : {};
  return { ...script, flow: again(script.flow), ...flows };
}

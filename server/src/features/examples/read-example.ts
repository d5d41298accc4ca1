import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ConvertedFlow, type Flow, parseFlow, type Script, scriptSchema } from '@parley/runtime';

/** A bot of the examples' room with all that lies beside it. */
export interface Example {
  /** Of its folder. */
  name: string;
  title: string;
  description: string;
  /** What to change before it goes live, a line each. */
  needs: string[];
  /** The bot first, then the flows that it runs, called as it calls them. */
  flows: [ConvertedFlow, ...ConvertedFlow[]];
  /** The conversation that shows it, and the flows that it plays against by the ids that they have in it. */
  script: Script | null;
  others: Record<string, Flow>;
}

const MAIN = 'flow.json';
const SHOWN = 'good-way.json'; // every example has one: see tests/examples.test.ts

/** Reads one folder. @throws where a file is missing or is not what its name says */
export async function readExample(room: string, name: string): Promise<Example> {
  const folder = join(room, name);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json') && file !== MAIN).sort();
  const flows = await Promise.all(files.map(async (file) => convert(file, await readFlow(join(folder, file)))));
  const main = convert(MAIN, await readFlow(join(folder, MAIN)));
  const script = scriptSchema.parse(await readJson(join(folder, 'scripts', SHOWN)));
  const others = Object.entries(script.flows ?? {}).map(async ([id, file]) => {
    const read = typeof file === 'string' ? await readFlow(join(folder, 'scripts', file)) : parseFlow(file).flow;
    return [id, read] as const;
  });
  const known = (await Promise.all(others)).flatMap(([id, flow]) => (flow ? [[id, flow] as const] : []));
  const words = wordsOf(await readFile(join(folder, 'README.md'), 'utf8'));
  return { name, ...words, flows: [main, ...flows], script, others: Object.fromEntries(known) };
}

/** A sub-flow is called by its file's name: `qualify.json` is `qualify`. */
const convert = (file: string, document: Flow): ConvertedFlow => ({
  key: file.replace(/\.json$/, ''),
  document,
  tags: [],
});

async function readFlow(path: string): Promise<Flow> {
  const { flow, problems } = parseFlow(await readJson(path));
  if (!flow) throw new Error(`${path} is not a flow: ${problems[0]?.message}`);
  return flow;
}

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));

/** A README's title, first paragraph and list of "Change first", without its marks. */
function wordsOf(text: string): Pick<Example, 'title' | 'description' | 'needs'> {
  const plain = text.replaceAll('`', '').replaceAll('**', '');
  const [title = '', description = ''] = plain.split('\n\n');
  const [, list = ''] = plain.split('Change first\n\n');
  const needs = list
    .split('\n\n')[0]
    ?.split('\n')
    .flatMap((line) => (line.startsWith('- ') ? [line.slice(2)] : []));
  return { title: title.replace(/^# /, ''), description, needs: needs ?? [] };
}

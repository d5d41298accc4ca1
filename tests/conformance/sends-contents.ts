import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodes, nodeTypes } from '@parley/nodes';
import { type OutboundContent, parseFlow, runScript, scriptSchema } from '@parley/runtime';
import { examples, play } from '../support/examples.ts';
import { runCode } from '../support/run-code.ts';
import { atTheLimits, type Found } from './sends-limits.ts';

const NODES = fileURLToPath(new URL('../../nodes/src/', import.meta.url));

/** Everything that is said in any script of a node and of an example, and each kind of content at its limits. */
export async function everythingSent(): Promise<Found[]> {
  const found: Found[] = [];
  for (const { type } of nodes) found.push(...(await saidByNode(type)));
  for (const { scripts } of examples)
    for (const one of scripts) found.push(...tell(`examples/${one.path}`, (await play(one)).said));
  return [...found, ...atTheLimits];
}

async function saidByNode(type: string): Promise<Found[]> {
  const folder = join(NODES, type.replace('.', '/'), 'scripts');
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  const found: Found[] = [];
  for (const file of files.sort()) {
    const script = scriptSchema.parse(read(join(folder, file)));
    const flowOf = (named: string | object) => {
      const { flow } = parseFlow(typeof named === 'string' ? read(resolve(folder, named)) : named);
      if (!flow) throw new Error(`${type}, ${file}: its flow cannot be read`);
      return flow;
    };
    const others = Object.fromEntries(Object.entries(script.flows ?? {}).map(([id, one]) => [id, flowOf(one)]));
    const { said } = await runScript(script, flowOf(script.flow), nodeTypes, { code: runCode }, others);
    found.push(...tell(`${type}, ${file}`, said));
  }
  return found;
}

const tell = (source: string, said: OutboundContent[]): Found[] => said.map((content) => ({ source, content }));
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

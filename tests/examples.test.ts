import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeTypes } from '@parley/nodes';
import { checkFlow, parseFlow, runScript, scriptSchema } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { runCode } from './support/run-code.ts';

const root = fileURLToPath(new URL('../examples', import.meta.url));
const examples = readdirSync(root, { withFileTypes: true }).filter(
  (entry) => entry.isDirectory() && entry.name !== 'node_modules',
);
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

describe.each(examples.map(({ name }) => name))('the example %s', (name) => {
  const folder = join(root, name, 'scripts');
  const scripts = readdirSync(folder);

  it.each(readdirSync(join(root, name)).filter((file) => file.endsWith('.json')))('has no problem in %s', (file) => {
    const { flow, problems } = parseFlow(read(join(root, name, file)));
    expect([...problems, ...(flow ? checkFlow(flow, nodeTypes) : [])]).toEqual([]);
  });

  it.each(scripts)('holds in %s', async (file) => {
    const path = join(folder, file);
    const script = scriptSchema.parse(read(path));
    const documentOf = (named: string | object) => {
      const { flow } = parseFlow(typeof named === 'string' ? read(resolve(dirname(path), named)) : named);
      if (!flow) throw new Error(`${named} is not a flow`);
      return flow;
    };
    const others = Object.fromEntries(Object.entries(script.flows ?? {}).map(([id, named]) => [id, documentOf(named)]));
    const { differences } = await runScript(script, documentOf(script.flow), nodeTypes, { code: runCode }, others);
    expect(differences).toEqual([]);
  });
});

it('finds the examples', () => expect(examples.length).toBeGreaterThan(0));

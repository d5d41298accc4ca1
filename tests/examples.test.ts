import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeTypes } from '@parley/nodes';
import { checkFlow, parseFlow, runScript, scriptSchema } from '@parley/runtime';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../examples', import.meta.url));
const examples = readdirSync(root, { withFileTypes: true }).filter(
  (entry) => entry.isDirectory() && entry.name !== 'node_modules',
);
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

describe.each(examples.map(({ name }) => name))('the example %s', (name) => {
  const folder = join(root, name, 'scripts');
  const scripts = readdirSync(folder);

  it('has no problem', () => {
    const { flow, problems } = parseFlow(read(join(root, name, 'flow.json')));
    expect([...problems, ...(flow ? checkFlow(flow, nodeTypes) : [])]).toEqual([]);
  });

  it.each(scripts)('holds in %s', async (file) => {
    const path = join(folder, file);
    const script = scriptSchema.parse(read(path));
    const { flow } = parseFlow(
      typeof script.flow === 'string' ? read(resolve(dirname(path), script.flow)) : script.flow,
    );
    if (!flow) throw new Error(`${script.flow} is not a flow`);
    expect((await runScript(script, flow, nodeTypes)).differences).toEqual([]);
  });
});

it('finds the examples', () => expect(examples.length).toBeGreaterThan(0));

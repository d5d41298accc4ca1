/// <reference types="node" />
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { URL } from 'node:url';
import { checkFlow, hasErrors, type NodeType, parseFlow, portsOf, runScript, scriptSchema } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { nodes, nodeTypes } from './index.ts';

const folderOf = ({ type }: NodeType): URL => new URL(`./${type.replace('.', '/')}/scripts/`, import.meta.url);

/** Every script of a node: a conversation, and the flow that it holds or names. */
function scriptsOf(node: NodeType) {
  const folder = folderOf(node);
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  return files.sort().map((file) => {
    const script = scriptSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
    const document =
      typeof script.flow === 'string' ? JSON.parse(readFileSync(new URL(script.flow, folder), 'utf8')) : script.flow;
    const { flow, problems } = parseFlow(document);
    if (!flow) throw new Error(`${file}: ${problems.map((one) => one.message).join(' ')}`);
    return { name: `${file}: ${script.title ?? ''}`, script, flow };
  });
}

describe.each(nodes.map((node) => ({ node, type: node.type })))('$type', ({ node }) => {
  const scripts = scriptsOf(node);

  it('has conversations that must hold', () => expect(scripts.length).toBeGreaterThan(0));

  it.each(scripts)('$name', async ({ script, flow }) => {
    expect(checkFlow(flow, nodeTypes).filter((one) => hasErrors([one]))).toEqual([]);
    expect((await runScript(script, flow, nodeTypes)).differences).toEqual([]);
  });

  it('takes each of its ports in some conversation', async () => {
    const declared = new Set<string>();
    const taken = new Set<string>();
    for (const { script, flow } of scripts) {
      const own = flow.nodes.filter((one) => one.type === node.type);
      for (const one of own) for (const port of portsOf(node, node.schema.parse(one.config))) declared.add(port);
      const { ports } = await runScript(script, flow, nodeTypes);
      for (const one of own)
        for (const port of ports) if (port.startsWith(`${one.id}:`)) taken.add(port.slice(one.id.length + 1));
    }
    expect([...declared].filter((port) => !taken.has(port))).toEqual([]);
  });
});

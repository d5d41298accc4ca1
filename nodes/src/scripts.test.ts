/// <reference types="node" />
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { URL } from 'node:url';
import { checkFlow, hasErrors, type NodeType, parseFlow, portsOf, runScript, scriptSchema } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { nodes, nodeTypes } from './index.ts';
import { runCode } from './testing/run-code.ts';

const folderOf = ({ type }: NodeType): URL => new URL(`./${type.replace('.', '/')}/scripts/`, import.meta.url);

const read = (file: URL): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** Every script of a node: a conversation, and the flow that it holds or names. */
function scriptsOf(node: NodeType) {
  const folder = folderOf(node);
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  return files.sort().map((file) => {
    const script = scriptSchema.parse(read(new URL(file, folder)));
    const documentOf = (named: string | object) => {
      const { flow, problems } = parseFlow(typeof named === 'string' ? read(new URL(named, folder)) : named);
      if (!flow) throw new Error(`${file}: ${problems.map((one) => one.message).join(' ')}`);
      return flow;
    };
    const others = Object.fromEntries(Object.entries(script.flows ?? {}).map(([id, named]) => [id, documentOf(named)]));
    const flow = documentOf(script.flow);
    return { name: `${file}: ${script.title ?? ''}`, script, flow, others };
  });
}

describe.each(nodes.map((node) => ({ node, type: node.type })))('$type', ({ node }) => {
  const scripts = scriptsOf(node);

  it('has conversations that must hold', () => expect(scripts.length).toBeGreaterThan(0));

  it.each(scripts)('$name', async ({ script, flow, others }) => {
    expect(checkFlow(flow, nodeTypes, (id) => others[id] ?? null).filter((one) => hasErrors([one]))).toEqual([]);
    expect((await runScript(script, flow, nodeTypes, { code: runCode }, others)).differences).toEqual([]);
  });

  it('takes each of its ports in some conversation', async () => {
    const declared = new Set<string>();
    const taken = new Set<string>();
    for (const { script, flow, others } of scripts) {
      const own = flow.nodes.filter((one) => one.type === node.type);
      for (const one of own) for (const port of portsOf(node, node.schema.parse(one.config))) declared.add(port);
      const { ports } = await runScript(script, flow, nodeTypes, { code: runCode }, others);
      for (const one of own)
        for (const port of ports) if (port.startsWith(`${one.id}:`)) taken.add(port.slice(one.id.length + 1));
    }
    expect([...declared].filter((port) => !taken.has(port))).toEqual([]);
  });
});

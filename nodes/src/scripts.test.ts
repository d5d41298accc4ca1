import { checkFlow, hasErrors, portsOf } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { nodes, nodeTypes } from './index.ts';
import { play, scriptsOf } from './testing/read-scripts.ts';

describe.each(nodes.map((node) => ({ node, type: node.type })))('$type', ({ node }) => {
  const scripts = scriptsOf(node);

  it('has conversations that must hold', () => expect(scripts.length).toBeGreaterThan(0));

  it.each(scripts)('$name', async (one) => {
    expect(
      checkFlow(one.flow, nodeTypes, (id) => one.others[id] ?? null).filter((problem) => hasErrors([problem])),
    ).toEqual([]);
    expect((await play(one)).differences).toEqual([]);
  });

  it('takes each of its ports in some conversation', async () => {
    const declared = new Set<string>();
    const taken = new Set<string>();
    for (const one of scripts) {
      const own = one.flow.nodes.filter(({ type }) => type === node.type);
      for (const { config } of own) for (const port of portsOf(node, node.schema.parse(config))) declared.add(port);
      const { ports } = await play(one);
      for (const { id } of own)
        for (const port of ports) if (port.startsWith(`${id}:`)) taken.add(port.slice(id.length + 1));
    }
    expect([...declared].filter((port) => !taken.has(port))).toEqual([]);
  });
});

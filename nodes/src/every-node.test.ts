import { defineNode, limitedText, nodeTypesOf } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nodes, nodeTypes } from './index.ts';
import { isAt, limitCases, refusals } from './testing/limit-cases.ts';
import { OWN_LIMITS } from './testing/own-limits.ts';
import { owed, proven } from './testing/proven.ts';
import { CONFIGS } from './testing/random-configs.ts';
import { scriptsOf } from './testing/read-scripts.ts';
import { WHOLE_CONFIGS } from './testing/whole-configs.ts';

/** Walks the list of nodes: a new one is noticed here until its limits and its ways to fail are shown. */
describe.each(nodes.map((node) => ({ node, type: node.type })))('$type', ({ node }) => {
  const samples = [...(CONFIGS[node.type] ?? []), ...(WHOLE_CONFIGS[node.type] ?? [])];
  const { cases, missing } = limitCases(node, nodeTypes, samples, OWN_LIMITS);

  it('has a config at every limit, and one beyond it', () => {
    expect(missing).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
    for (const { rule, good, bad, path } of cases) {
      expect(refusals(node, nodeTypes, good), `${rule}: at the limit`).toEqual([]);
      expect(
        refusals(node, nodeTypes, bad).filter((at) => isAt(at, path)),
        `${rule}: beyond the limit, at ${path}`,
      ).not.toEqual([]);
    }
  });

  it('has conversations for its errors, its limits while running and the interrupts of its wait', async () => {
    const missing = new Set(owed(node));
    for (const script of scriptsOf(node)) {
      if (missing.size === 0) break;
      for (const proof of await proven(node, script)) missing.delete(proof);
    }
    expect([...missing]).toEqual([]);
  });
});

it('has no limit of its own for what is not there', () => {
  const known = (type: string) => nodes.find((one) => one.type === type);
  const lost = OWN_LIMITS.filter(({ type, rule }) => {
    const node = known(type);
    return !node || !limitCases(node, nodeTypes, [], OWN_LIMITS).cases.some((one) => one.rule === rule);
  });
  expect(lost).toEqual([]);
});

describe('a new node', () => {
  const config = z.strictObject({
    text: limitedText(5),
    list: z.array(z.int().min(2)).max(2).optional(),
    // Says that it holds three characters, and takes four
    lax: z.string().meta({ maxLength: 3 }).optional(),
  });
  const fresh = defineNode({
    type: 'chat.fresh',
    title: 'Fresh',
    group: 'chat',
    icon: 'leaf',
    description: 'A node that nobody has shown anything of.',
    config,
    sends: true,
    ports: () => ['next'],
    wait: { prompt: () => ({}), on: ['message'], receive: () => ({ port: 'next' }) },
  });
  const types = nodeTypesOf([fresh]);

  it('is noticed while no config fills in its fields', () =>
    expect(limitCases(fresh, types, [{ text: 'a' }], []).missing).toEqual([
      'list most items 2 (no sample has it)',
      'list[] lowest 2 (no sample has it)',
      'list[] whole (no sample has it)',
      'lax longest 3 (no sample has it)',
    ]));
  it('and while a limit that it tells does not hold', () =>
    expect(limitCases(fresh, types, [{ text: 'a', list: [2], lax: 'b' }], []).missing).toEqual(['lax longest 3']));
  it('owes the ways of failing, a limit while running and an interrupt', () => expect(owed(fresh)).toHaveLength(5));
});

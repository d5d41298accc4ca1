import { readdirSync, readFileSync } from 'node:fs';
import { applyEdits, canonicalJson, type Flow, parseFlow } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { editsBetween } from './flow-edits.ts';

const EXAMPLES = new URL('../../../examples/', import.meta.url);
const flows = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }): Flow[] => {
    const { flow } = parseFlow(JSON.parse(readFileSync(new URL(`${name}/flow.json`, EXAMPLES), 'utf8')));
    return flow ? [flow] : [];
  });

function made(before: Flow, after: Flow): { flow: Flow; back: Flow; count: number } {
  const edits = editsBetween(before, after);
  const result = applyEdits(before, edits);
  if (!result.ok) throw new Error(result.problem.message);
  const undone = applyEdits(result.flow, result.inverse);
  if (!undone.ok) throw new Error(undone.problem.message);
  return { flow: result.flow, back: undone.flow, count: edits.length };
}

/** Numbers that are the same in every run. */
function dice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

/** Another flow made from this one: things taken away, changed, moved in their lists. */
function altered(flow: Flow, seed: number): Flow {
  const roll = dice(seed);
  const nodes = flow.nodes
    .filter(() => roll(8) !== 0)
    .map((node) =>
      roll(4) === 0 ? { ...node, label: `Step ${roll(9)}`, config: { ...node.config, note: roll(99) } } : node,
    );
  if (roll(2) === 0) nodes.push({ id: `new${seed}`, type: 'logic.end', config: {} });
  if (roll(2) === 0) nodes.reverse();
  const known = new Set(nodes.map(({ id }) => id));
  const edges = flow.edges.filter(({ source, target }) => known.has(source) && known.has(target) && roll(6) !== 0);
  if (roll(3) === 0) edges.reverse();
  const positions = Object.fromEntries(
    nodes.map(({ id }, index): [string, [number, number]] => [id, [index * 10, roll(500)]]),
  );
  const some = nodes.slice(0, 2).map(({ id }) => id);
  return {
    ...flow,
    name: `${flow.name} ${roll(3)}`,
    nodes,
    edges,
    variables: [...flow.variables].reverse().concat({ name: `seen${seed}`, type: 'number' }),
    settings: { ...flow.settings, priority: roll(5), expireAfter: undefined },
    translations: roll(2) === 0 ? {} : { ...flow.translations, es: { 'a.text': `Hola ${roll(5)}` } },
    layout: {
      nodes: positions,
      groups: [{ id: 'g1', title: `Group ${roll(4)}`, nodes: some }],
      notes: [{ id: `n${roll(3)}`, at: [roll(9), 2], text: 'Remember' }],
    },
  };
}

describe('edits between two flows', () => {
  it('are none where nothing differs', () => {
    for (const flow of flows) expect(editsBetween(flow, structuredClone(flow))).toEqual([]);
  });

  it('make the other flow, and can be undone, for every pair of examples', () => {
    expect(flows.length).toBeGreaterThan(10);
    for (const before of flows)
      for (const after of flows) {
        const { flow, back } = made(before, after);
        expect(canonicalJson(flow)).toBe(canonicalJson(after));
        expect(canonicalJson(back)).toBe(canonicalJson(before));
      }
  });

  it('make 300 random changes and take them back', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const first = flows[seed % flows.length] as Flow;
      const [before, after] = [altered(first, seed), altered(first, seed * 7 + 1)];
      const { flow, back } = made(before, after);
      expect(canonicalJson(flow)).toBe(canonicalJson(after));
      expect(canonicalJson(back)).toBe(canonicalJson(before));
    }
  });

  it('are as few as one for one change', () => {
    const [flow] = flows as [Flow];
    const after = { ...flow, nodes: flow.nodes.map((node, at) => (at === 1 ? { ...node, label: 'Other' } : node)) };
    expect(made(flow, after).count).toBe(1);
  });
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nodeTypes } from '@parley/nodes';
import type { Flow, FlowNode } from '@parley/runtime';
import { beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLES, type ExampleScript, examples, filesOf, play } from './support/examples.ts';

/** Of all ports of all nodes that can be taken. */
const LEAST_SHARE = 0.95;

/** Ports that no conversation of the example can take, and why they are wired all the same. */
const NOT_WORTH: Record<string, string> = {
  'lead-qualification/qualify.json score:error': 'the code never throws; the check wants code to have a way out',
  'csat/flow.json may:no': 'no flow begins for who said STOP; the branch is for who reads the bot',
  'payment-reminder/flow.json untilOpen:past': 'the next opening is never over; the check wants both ways',
};

/** Each example shows at least these. */
const SCRIPTS = ['good-way.json', 'wrong-answers.json', 'silence.json', 'interrupt.json'];
const LANGUAGES = ['es', 'pt', 'ar'];

/** Without an edge they are no way of their own: the flow's handler, a question asked again, a visible fault. */
const ONLY_WIRED = new Set(['error', 'other', 'invalid', 'timeout']);

const flows: Record<string, Flow> = Object.assign({}, ...examples.map((one) => one.flows));
const typesIn = (documents: Record<string, Flow>): string[] =>
  [...new Set(Object.values(documents).flatMap((flow) => flow.nodes.map((node) => node.type)))].sort();

function portsOf(flow: Flow, node: FlowNode): string[] {
  const type = nodeTypes.get(node.type);
  const wired = flow.edges.filter((edge) => edge.source === node.id).map((edge) => edge.sourceHandle);
  const own = type?.ports(type.schema.parse(node.config)).filter((port) => !ONLY_WIRED.has(port)) ?? [];
  return [...new Set([...wired, ...own])];
}

/** `welcome/flow.json menu:quote`, for every port that can be taken. */
const everyPort = Object.entries(flows).flatMap(([file, flow]) =>
  flow.nodes.flatMap((node) => portsOf(flow, node).map((port) => `${file} ${node.id}:${port}`)),
);

/** The same for a port that was taken in the flow of `file`; inside a sub-flow (`order/ask:next`) it is that flow's. */
function portIn(file: string, taken: string, files: Readonly<Record<string, string>>): string {
  const inside = taken.indexOf('/');
  if (inside < 0) return `${file} ${taken}`;
  const caller = flows[file]?.nodes.find((node) => node.id === taken.slice(0, inside));
  return portIn(files[String(caller?.config.flow)] ?? '', taken.slice(inside + 1), files);
}

async function portsTaken(one: ExampleScript): Promise<string[]> {
  const files = filesOf(one);
  const { ports, elsewhere } = await play(one);
  return Object.entries({ '': ports, ...elsewhere }).flatMap(([id, taken]) =>
    taken.map((port) => portIn(files[id] ?? '', port, files)),
  );
}

describe('all examples together', () => {
  const taken = new Set<string>();
  beforeAll(async () => {
    for (const one of examples.flatMap(({ scripts }) => scripts))
      for (const port of await portsTaken(one)) taken.add(port);
  }, 120_000);

  it('show every type of node', () => {
    const shown = new Set(typesIn(flows));
    expect([...nodeTypes.keys()].filter((type) => !shown.has(type))).toEqual([]);
  });

  it('take every port, but for those with a reason', () => {
    const left = everyPort.filter((port) => !taken.has(port));
    const share = 1 - left.length / everyPort.length;
    const scripts = examples.flatMap((one) => one.scripts).length;
    console.log(
      `examples: ${everyPort.length - left.length} of ${everyPort.length} ports taken (${(100 * share).toFixed(1)} %) by ${scripts} scripts of ${examples.length} bots`,
    );
    expect(left.filter((port) => !(port in NOT_WORTH))).toEqual([]);
    expect(share).toBeGreaterThanOrEqual(LEAST_SHARE);
    expect(Object.keys(NOT_WORTH).filter((port) => taken.has(port) || !everyPort.includes(port))).toEqual([]);
  });

  it('show different sets of node types', () => {
    const sets = examples.map((one) => typesIn(one.flows).join(' '));
    expect(examples.filter((_, index) => sets.indexOf(sets[index] ?? '') < index).map((one) => one.name)).toEqual([]);
  });

  it('speak four languages in at least four of them, and run flows inside flows in at least two', () => {
    const speaks = Object.values(flows).filter(({ translations }) => LANGUAGES.every((one) => one in translations));
    expect(speaks.length).toBeGreaterThanOrEqual(4);
    const nesting = examples.filter((one) => typesIn(one.flows).includes('logic.subflow'));
    expect(nesting.length).toBeGreaterThanOrEqual(2);
  });
});

describe.each(examples)('the example $name', ({ name, flows: own, scripts }) => {
  it('has the good way, wrong answers, silence and an interrupt, and says what to change', () => {
    expect(SCRIPTS.filter((file) => !scripts.some((one) => one.file === file))).toEqual([]);
    expect(existsSync(join(EXAMPLES, name, 'README.md'))).toBe(true);
  });

  it.each(Object.entries(own))('has a place on the canvas for each node of %s, none upon another', (_, flow) => {
    const { nodes } = flow.layout;
    expect(flow.nodes.filter((node) => !nodes[node.id]).map((node) => node.id)).toEqual([]);
    expect(new Set(Object.values(nodes).map(String)).size).toBe(flow.nodes.length);
  });
});

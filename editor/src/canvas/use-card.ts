import { canonicalJson, type Flow, type FlowNode } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import type { FlowProblem } from '../document/flow-problem.ts';
import { useFlow, useWorkbench } from '../document/use-document.ts';
import { type EdgeMark, type NodeMark, portKey, type WorkbenchState } from '../document/workbench.ts';
import { usePortName } from '../steps/port-names.ts';
import { type CardPort, portsOfCard, wiredPorts } from './card-ports.ts';

const indexes = new WeakMap<Flow['nodes'], ReadonlyMap<string, FlowNode>>();

/** A node by its id; each list of nodes is walked once, whoever asks. */
export function nodeIn({ nodes }: Flow, id: string): FlowNode | undefined {
  const index = indexes.get(nodes) ?? new Map(nodes.map((node) => [node.id, node]));
  indexes.set(nodes, index);
  return index.get(id);
}

/** The node of a card; the same object as long as it says the same. */
export const useCardNode = (id: string): FlowNode | undefined =>
  useFlow(
    (flow) => nodeIn(flow, id),
    (one, other) => one === other || canonicalJson(one ?? null) === canonicalJson(other ?? null),
  );

/** Which of a node's ports lead somewhere, as one text, so that others' wires draw nothing here. */
export const useWiredPorts = (id: string): string => useFlow((flow) => (wiredPorts(flow).get(id) ?? []).join('\n'));

export function useCardPorts(node: FlowNode): CardPort[] {
  const { t, i18n } = useTranslation('canvas');
  const portName = usePortName();
  const wired = useWiredPorts(node.id);
  return portsOfCard(node, wired === '' ? [] : wired.split('\n'), { t, portName, language: i18n.language });
}

/** What all panels want shown on a node, the strongest first. */
export const useNodeMarks = (id: string): readonly (NodeMark & { layer: string })[] =>
  useWorkbench(
    ({ layers }) =>
      Object.entries(layers).flatMap(([layer, { nodes }]) => (nodes?.[id] ? [{ layer, ...nodes[id] }] : [])),
    isSameList,
  );

/** The same for a wire, or for a port that no wire leaves. */
export const useEdgeMark = (key: string): EdgeMark | undefined =>
  useWorkbench(({ layers }) => Object.values(layers).find(({ edges }) => edges?.[key])?.edges?.[key]);

export const usePortMark = (node: string, port: string): EdgeMark | undefined => useEdgeMark(portKey(node, port));

export const useNodeProblems = (id: string): readonly FlowProblem[] =>
  useWorkbench(({ problems }) => problemsBy(problems).get(id) ?? NONE, isSameList);

export const useHasBreakpoint = (id: string): boolean => useWorkbench(hasBreakpoint(id));
const hasBreakpoint =
  (id: string) =>
  ({ breakpoints }: WorkbenchState) =>
    breakpoints.includes(id);

const NONE: readonly FlowProblem[] = [];
const byNode = new WeakMap<readonly FlowProblem[], Map<string, FlowProblem[]>>();
function problemsBy(problems: readonly FlowProblem[]): Map<string, FlowProblem[]> {
  const known = byNode.get(problems);
  if (known) return known;
  const found = new Map<string, FlowProblem[]>();
  for (const problem of problems)
    if (problem.node) found.set(problem.node, [...(found.get(problem.node) ?? []), problem]);
  byNode.set(problems, found);
  return found;
}

/** Every check makes its problems anew, and panels their marks: a card draws again only where they say something else. */
const isSameList = (one: readonly object[] | undefined, other: readonly object[]): boolean =>
  one === other ||
  (one?.length === other.length && one.every((item, index) => JSON.stringify(item) === JSON.stringify(other[index])));

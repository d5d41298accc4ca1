import type { Flow, FlowNode } from '@parley/runtime';
import { type FlowProblem, type ProblemTone, problemTone } from '../document/flow-problem.ts';

export type Grouping = 'step' | 'kind';
export type Severity = 'all' | ProblemTone;

export interface ListedProblem {
  /** Of the problem in the list: stable as long as the problem is there. */
  key: string;
  problem: FlowProblem;
  node: FlowNode | undefined;
}

export interface ProblemGroup {
  key: string;
  /** The step, where problems are grouped by step. */
  node: FlowNode | undefined;
  /** The code, where they are grouped by kind. */
  code: string | null;
  problems: ListedProblem[];
}

/** Every problem with its step: errors first, then what is to be finished, each in the order of the flow. */
export function listProblems(problems: readonly FlowProblem[], flow: Flow): ListedProblem[] {
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  const order = new Map(flow.nodes.map(({ id }, index) => [id, index]));
  const sources = new Map(flow.edges.map(({ id, source }) => [id, source]));
  const seen = new Map<string, number>();
  return problems
    .map((problem) => {
      const base = `${problem.code} ${problem.path} ${problem.message}`;
      const count = seen.get(base) ?? 0;
      seen.set(base, count + 1);
      const node = nodes.get(problem.node ?? sources.get(problem.edge ?? '') ?? '');
      return { key: `${base} ${count}`, problem, node };
    })
    .sort(
      (one, other) =>
        rank(one.problem) - rank(other.problem) ||
        (order.get(one.node?.id ?? '') ?? -1) - (order.get(other.node?.id ?? '') ?? -1),
    );
}

const RANKS: Readonly<Record<ProblemTone, number>> = { error: 0, unfinished: 1, warning: 2 };
const rank = (problem: FlowProblem): number => RANKS[problemTone(problem)];

/** In the order of the list: a group with an error comes before one with warnings alone. */
export function groupProblems(listed: readonly ListedProblem[], by: Grouping): ProblemGroup[] {
  const keyOf = ({ problem, node }: ListedProblem) => (by === 'kind' ? problem.code : (node?.id ?? ''));
  return [...Map.groupBy(listed, keyOf)].map(([key, problems]) => ({
    key,
    problems,
    node: by === 'step' ? problems[0]?.node : undefined,
    code: by === 'kind' ? key : null,
  }));
}

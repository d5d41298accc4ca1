import type { Problem } from '@parley/runtime';
import { type FlowProblem, fieldOf } from './flow-problem.ts';

/** Ways of a step: whoever has just added it is not done drawing them. */
const WAYS = new Set(['unreachable', 'port_unwired', 'dead_end']);

/** Of this tab: what somebody left open, and which steps somebody added. What is not in it is shown as unfinished. */
export interface Untouched {
  /** Problems that were left open, as `keyOf` names them. */
  left: ReadonlySet<string>;
  /** Steps that were added, by id. */
  added: ReadonlySet<string>;
  /** Of those, the ones that were selected only because they were added. */
  sketched: ReadonlySet<string>;
}
export const NOTHING_TOUCHED: Untouched = { left: new Set(), added: new Set(), sketched: new Set() };

/** By the step, not by its place in the document, which changes with every step that goes. */
const keyOf = ({ node, path, code, values }: Problem): string =>
  `${node} ${fieldOf(path) || `${code} ${values?.port}`}`;

const isOpen = (problem: FlowProblem, { added }: Untouched): boolean =>
  problem.isOpen || (WAYS.has(problem.code) && added.has(problem.node ?? ''));

/** The problems again, each told whether it is yet to be finished. */
export const withUntouched = (problems: readonly FlowProblem[], untouched: Untouched): FlowProblem[] =>
  problems.map((problem) => {
    const isUnfinished = isOpen(problem, untouched) && !untouched.left.has(keyOf(problem));
    return isUnfinished === problem.isUnfinished ? problem : { ...problem, isUnfinished };
  });

/** What the checks found open in these steps; null: anywhere. */
const openKeys = (problems: readonly FlowProblem[], untouched: Untouched, nodes: readonly string[] | null): string[] =>
  problems
    .filter((problem) => isOpen(problem, untouched) && (nodes === null || nodes.includes(problem.node ?? '')))
    .map(keyOf);

const withLeft = (untouched: Untouched, keys: readonly string[]): Untouched =>
  keys.every((key) => untouched.left.has(key))
    ? untouched
    : { ...untouched, left: new Set([...untouched.left, ...keys]) };

const withoutSketch = (untouched: Untouched, node: string): Untouched =>
  untouched.sketched.has(node)
    ? { ...untouched, sketched: new Set([...untouched.sketched].filter((id) => id !== node)) }
    : untouched;

export const addNodes = (untouched: Untouched, nodes: readonly string[]): Untouched => ({
  ...untouched,
  added: new Set([...untouched.added, ...nodes]),
  sketched: new Set([...untouched.sketched, ...nodes]),
});

/** Somebody wrote in a field, or could have, and went on. */
export const leaveField = (untouched: Untouched, node: string, field: string): Untouched =>
  withLeft(withoutSketch(untouched, node), [`${node} ${field}`]);

/** Another step is looked at. Who sketches a bot step by step has not looked at any of them yet. */
export const leaveNode = (untouched: Untouched, problems: readonly FlowProblem[], node: string): Untouched =>
  untouched.sketched.has(node)
    ? withoutSketch(untouched, node)
    : withLeft(untouched, openKeys(problems, untouched, [node]));

/** Somebody wants it published: nothing is left to be finished later. */
export const leaveAll = (untouched: Untouched, problems: readonly FlowProblem[]): Untouched =>
  withLeft(untouched, openKeys(problems, untouched, null));

/** What was filled in since is forgotten: emptied again, it is once more to be finished. */
export function forgetMended(untouched: Untouched, problems: readonly FlowProblem[]): Untouched {
  const there = new Set(problems.map(keyOf));
  const left = [...untouched.left].filter((key) => there.has(key));
  return left.length === untouched.left.size ? untouched : { ...untouched, left: new Set(left) };
}

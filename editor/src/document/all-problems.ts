import { nodeTypes } from '@parley/nodes';
import { checkFlow, type Flow, type Problem } from '@parley/runtime';
import { type FlowProblem, flowProblems } from './flow-problem.ts';
import { type HeldTexts, heldProblems } from './held-texts.ts';

/** What only the server can know: other flows that listen for the same, and flows that run inside this one. */
const OF_THE_SERVER = new Set([
  'keyword_taken',
  'trigger_taken',
  'no_such_flow',
  'calls_itself',
  'too_deep',
  'subflow_broken',
  'template_unknown',
  'template_not_approved',
  'template_parameters',
]);

/**
 * What is wrong with the flow as it stands, what the server said when it was last saved of steps that are still there, and
 * what is written on the page and no part of the flow yet.
 */
export function allProblems(flow: Flow, judged: readonly Problem[], texts: HeldTexts): FlowProblem[] {
  const places = new Map(flow.nodes.map(({ id }, index) => [id, index]));
  const told = judged.flatMap((problem): Problem[] => {
    if (!OF_THE_SERVER.has(problem.code)) return [];
    if (problem.node === null) return [problem];
    const index = places.get(problem.node);
    return index === undefined ? [] : [{ ...problem, path: problem.path.replace(/^\/nodes\/\d+/, `/nodes/${index}`) }];
  });
  const held = heldProblems(flow, texts);
  const isHeld = ({ node, path }: Problem) => held.some((one) => one.node === node && one.path === path);
  // Of a field whose text is not read, the checks only know what stood there before
  const found = [...checkFlow(flow, nodeTypes), ...told].filter((problem) => !isHeld(problem));
  return [...flowProblems(flow, found), ...held.map((one) => ({ ...one, isOpen: false, isUnfinished: false }))];
}

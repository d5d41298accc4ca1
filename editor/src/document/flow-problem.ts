import { nodeTypes } from '@parley/nodes';
import { type Flow, isObject, type Problem } from '@parley/runtime';
import { pointerParts, valueAt } from './value-at.ts';

/** A problem as the pages show it: what nobody has looked at yet is to be finished, not wrong. */
export interface FlowProblem extends Problem {
  /** What it asks for was not begun: an empty field, or a way on that is not drawn yet. */
  isOpen: boolean;
  /** It is open, and nobody has left it so. Publishing is refused all the same. */
  isUnfinished: boolean;
}
export type ProblemTone = Problem['severity'] | 'unfinished';

export const problemTone = ({ severity, isUnfinished }: Pick<FlowProblem, 'severity' | 'isUnfinished'>): ProblemTone =>
  isUnfinished ? 'unfinished' : severity;

/** How many there are of each tone. */
export function countTones(problems: readonly FlowProblem[]): Record<ProblemTone, number> {
  const counts = { error: 0, warning: 0, unfinished: 0 };
  for (const problem of problems) counts[problemTone(problem)]++;
  return counts;
}

/** The strongest tone among them; null where there is no problem. */
export function worstTone(problems: readonly FlowProblem[]): ProblemTone | null {
  const { error, warning, unfinished } = countTones(problems);
  if (error > 0) return 'error';
  if (warning > 0) return 'warning';
  return unfinished > 0 ? 'unfinished' : null;
}

/** The pointer inside the node's config: `/nodes/3/config/text` is `/text`. */
export const fieldOf = (path: string): string => /^\/nodes\/\d+\/config(\/.*)$/.exec(path)?.[1] ?? '';

/** What the checks call a value that is of no shape they know: of an empty one they tell nothing that helps. */
const SHAPES = new Set(['invalid_type', 'invalid_union', 'invalid_value']);

/**
 * What the checks found, as the pages show it. An empty field is told once, as to be filled in: that it is no web address
 * either helps nobody.
 */
export function flowProblems(flow: Flow, problems: readonly Problem[]): FlowProblem[] {
  const configs = new Map(flow.nodes.map(({ id, config }) => [id, config]));
  const isBegun = flow.nodes.some(({ type }) => !nodeTypes.get(type)?.begins);
  const told = new Set<string>();
  return problems.flatMap((problem): FlowProblem[] => {
    const { code, node, path, severity } = problem;
    const field = fieldOf(path);
    const value = field === '' ? undefined : valueAt(configs.get(node ?? ''), pointerParts(field));
    const isEmpty = field !== '' && severity === 'error' && isBlank(value);
    if (!isEmpty) {
      const isOpen = code === 'dead_end' && !isBegun;
      return [{ ...problem, isOpen, isUnfinished: isOpen }];
    }
    const isOfSchema = code === 'missing' || code === 'invalid_config';
    if (isOfSchema && told.has(path)) return [];
    if (isOfSchema) told.add(path);
    return [{ ...(isShapeOnly(problem, value) ? missing(problem) : problem), isOpen: true, isUnfinished: true }];
  });
}

function isShapeOnly({ code, values }: Problem, value: unknown): boolean {
  if (code !== 'invalid_config') return false;
  return value === undefined ? SHAPES.has(String(values?.of)) : value === '';
}

const missing = (problem: Problem): Problem => ({ ...problem, code: 'missing', values: { of: 'text', limit: 1 } });

/** Nothing that anybody wrote: also a list of empty items. */
function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.every(isBlank);
  return isObject(value) && Object.values(value).every(isBlank);
}

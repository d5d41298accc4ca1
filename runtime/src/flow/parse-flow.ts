import type { z } from 'zod';
import { isObject, jsonSize, MAX_DEPTH } from '../json.ts';
import { FLOW_FORMAT, Flow } from './flow.ts';
import { issueWords } from './issue-words.ts';
import { flowError, type Problem, pointer } from './problem.ts';
import { unknownKeys } from './unknown-keys.ts';

/** Characters of JSON: twice what 2,000 nodes full of text need. */
const MAX_SIZE = 20_000_000;

/**
 * Reads a flow document. A bad one is answered with problems (code, node, path, words), never with an exception. Keys that
 * nobody reads are warnings beside the flow.
 */
export function parseFlow(input: unknown): { flow: Flow | null; problems: Problem[] } {
  if (!isObject(input)) return refused('not_a_flow', 'A flow is a JSON object with "format", "nodes" and "edges".');
  if (typeof input.format === 'string' && /^parley\.flow\/\d+$/.test(input.format) && input.format !== FLOW_FORMAT) {
    return refused(
      'newer_format',
      `This flow has the format ${input.format}; this release reads ${FLOW_FORMAT}. Update Parley.`,
      '/format',
    );
  }
  if (jsonSize(input, MAX_SIZE) === Infinity)
    return refused('too_large', `A flow holds at most ${MAX_SIZE} characters, nested at most ${MAX_DEPTH} levels.`);
  const parsed = Flow.safeParse(input);
  if (!parsed.success) return { flow: null, problems: parsed.error.issues.map((issue) => fromIssue(issue, input)) };
  const problems = duplicateIds(parsed.data);
  if (problems.length > 0) return { flow: null, problems };
  return { flow: parsed.data, problems: unknownKeys(input) };
}

const refused = (code: string, message: string, path = '') => ({
  flow: null,
  problems: [flowError(code, message, { path })],
});

function fromIssue(issue: z.core.$ZodIssue, input: Record<string, unknown>): Problem {
  const [list, index] = issue.path;
  const item =
    typeof index === 'number' && Array.isArray(input[String(list)]) ? (input[String(list)] as unknown[])[index] : null;
  const id = isObject(item) && typeof item.id === 'string' ? item.id : null;
  return flowError('invalid_document', issueText(issue), {
    path: pointer(issue.path),
    node: list === 'nodes' ? id : null,
    edge: list === 'edges' ? id : null,
  });
}

/**
 * Where a value may be of several sorts, what is wrong with it as the sort that it is: "header" that is a text too long
 * is not also told that it is no file.
 */
export function plainIssues(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.find((issues) =>
    issues.every(({ code, path }) => code !== 'invalid_type' || path.length > 0),
  );
  if (!meant || meant.length === 0) return [issue];
  return meant.flatMap((one) => plainIssues({ ...one, path: [...issue.path, ...one.path] }));
}

/** Zod's own words name the fault; ours add the field, since a person reads them without the path. */
export function issueText(issue: z.core.$ZodIssue): string {
  const field = issue.path.filter((part) => typeof part === 'string').at(-1);
  if (issue.code === 'too_big' && issue.origin === 'string')
    return `Shorten ${String(field)} to ${issue.maximum} characters.`;
  if (issue.code === 'too_small' && issue.origin === 'string') return `Fill in ${String(field)}.`;
  if (issue.code === 'too_small' && issue.origin === 'array')
    return `Add at least ${issue.minimum} to ${String(field)}.`;
  if (issue.code === 'too_big' && issue.origin === 'array') return `Keep at most ${issue.maximum} in ${String(field)}.`;
  const words = issueWords(issue, String(field ?? 'The value'));
  if (words !== null) return words;
  return field === undefined ? issue.message : `${String(field)}: ${issue.message}`;
}

function duplicateIds(flow: Flow): Problem[] {
  const problems: Problem[] = [];
  for (const list of ['nodes', 'edges'] as const) {
    const seen = new Set<string>();
    flow[list].forEach(({ id }, index) => {
      if (seen.has(id)) {
        const place = { path: `/${list}/${index}/id`, [list === 'nodes' ? 'node' : 'edge']: id };
        problems.push(flowError('duplicate_id', `Two ${list} are called ${id}. Give one of them another id.`, place));
      }
      seen.add(id);
    });
  }
  return problems;
}

import { dirname, resolve } from 'node:path';
import { nodeTypes } from '@parley/nodes';
import { checkFlow, type Flow, isObject, type Problem, parseFlow, type Script, scriptSchema } from '@parley/runtime';
import type { z } from 'zod';
import { CommandFailed } from '../command.ts';
import { type Found, formatOf, found } from './find-files.ts';
import { type Library, loadSoundFlow, problemLine } from './load-flow.ts';
import { readJson } from './read-json.ts';

/** A script that is ready to be played. `flowFile` is its flow's name, or the script's own where it holds the flow. */
export interface LoadedScript {
  script: Script;
  flow: Flow;
  flowFile: string;
  /** What sub-flows and starts find, by id. */
  others: Library;
  /** Their files, by id; one that the script holds is not there. */
  otherFiles: Readonly<Record<string, string>>;
}

/** Reads a script and its flow; what is wrong with either is a `CommandFailed` in words. */
export function loadScript({ path, shown }: Found, cwd: string): LoadedScript {
  const document = readJson(path, shown);
  if (!formatOf(document).startsWith('parley.script/'))
    throw new CommandFailed(`${shown} is not a script: its "format" is not "parley.script/1".`);
  const parsed = scriptSchema.safeParse(document);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${shown}: ${issueLine(issue, document)}`);
    throw new CommandFailed(lines.join('\n'));
  }
  const script = parsed.data;
  const fileOf = (named: string): Found => found(cwd, resolve(dirname(path), named));
  const others = Object.fromEntries(
    Object.entries(script.flows ?? {}).map(([id, other]) => [
      id,
      // Only what is asked of it: the others may run each other, so that each is checked with the first one
      typeof other === 'string'
        ? flowOf(readJson(fileOf(other).path, fileOf(other).shown), fileOf(other).shown)
        : flowOf(other, shown),
    ]),
  );
  const otherFiles = Object.fromEntries(
    Object.entries(script.flows ?? {}).flatMap(([id, other]) =>
      typeof other === 'string' ? [[id, fileOf(other).shown]] : [],
    ),
  );
  if (typeof script.flow !== 'string') {
    const inside = `${shown}, its flow`;
    return { script, flow: mustBeSound(script.flow, inside, others), flowFile: shown, others, otherFiles };
  }
  const file = fileOf(script.flow);
  return { script, flow: loadSoundFlow(file.path, file.shown, others).flow, flowFile: file.shown, others, otherFiles };
}

function mustBeSound(document: unknown, shown: string, library: Library): Flow {
  const flow = flowOf(document, shown);
  refuseErrors(
    checkFlow(flow, nodeTypes, (id) => (Object.hasOwn(library, id) ? (library[id] ?? null) : null)),
    shown,
  );
  return flow;
}

function flowOf(document: unknown, shown: string): Flow {
  const { flow, problems } = parseFlow(document);
  refuseErrors(problems, shown);
  if (!flow) throw new CommandFailed(`${shown} is not a flow.`);
  return flow;
}

function refuseErrors(problems: readonly Problem[], shown: string): void {
  const errors = problems.filter((one) => one.severity === 'error');
  if (errors.length > 0) throw new CommandFailed(errors.map((one) => problemLine(shown, one)).join('\n'));
}

/** Names the step and the field; of the kinds of step, the one that its first key names is meant. */
function issueLine(issue: z.core.$ZodIssue, document: unknown): string {
  const [list, index] = issue.path;
  if (list !== 'steps' || typeof index !== 'number') return `${issue.path.join('.') || 'the script'}: ${issue.message}`;
  const at = `step ${index + 1}`;
  if (issue.code !== 'invalid_union') return `${at}, ${issue.path.slice(2).join('.')}: ${issue.message}`;
  const step = isObject(document) && Array.isArray(document.steps) ? (document.steps[index] as unknown) : null;
  const keys = isObject(step) ? Object.keys(step) : [];
  const meant = issue.errors.find((issues) => !issues.some((one) => isStranger(one, keys[0])));
  if (!meant) return `${at}: there is no step ${keys[0] ?? 'without a key'}. Steps are: ${STEPS.join(', ')}.`;
  return meant.map((one) => `${at}, ${one.path.join('.') || keys[0]}: ${one.message}`).join('\n');
}

/** The keys of the kinds of step, as the schema lists them. */
const STEPS = scriptSchema.shape.steps.element.options.flatMap((option) => Object.keys(option.shape));

const isStranger = (issue: z.core.$ZodIssue, key: string | undefined): boolean =>
  key === undefined || (issue.code === 'unrecognized_keys' && issue.keys.includes(key));

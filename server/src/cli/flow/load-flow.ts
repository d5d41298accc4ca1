import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { nodeTypes } from '@parley/nodes';
import { checkFlow, type Flow, hasErrors, type Problem, parseFlow } from '@parley/runtime';
import { CommandFailed } from '../command.ts';
import { formatOf } from './find-files.ts';
import { readJson } from './read-json.ts';

/** Flows that others run inside them or start, by id. */
export type Library = Readonly<Record<string, Flow>>;

const flowOf = (library: Library, id: string): Flow | null =>
  Object.hasOwn(library, id) ? (library[id] ?? null) : null;

const MAX_LIBRARY = 1_000; // files: a directory that holds more is not one of flows

/** A flow document and all that is wrong with it, its sub-flows included; what is no JSON at all is a `CommandFailed`. */
export function loadFlow(path: string, shown: string, library: Library): { flow: Flow | null; problems: Problem[] } {
  const document = readJson(path, shown);
  if (formatOf(document).startsWith('parley.script/'))
    throw new CommandFailed(`${shown} is a script, not a flow. Play it with: npm run parley -- test ${shown}`);
  const { flow, problems } = parseFlow(document);
  return {
    flow,
    problems: flow
      ? [...problems, ...checkFlow(flow, nodeTypes, (id) => flowOf(library, id)).map((one) => inFiles(one, flow))]
      : problems,
  };
}

/** The runtime's words speak of publishing; among files a sub-flow is a file. */
function inFiles(problem: Problem, flow: Flow): Problem {
  const id = flow.nodes.find((node) => node.id === problem.node)?.config.flow;
  if (problem.code !== 'no_such_flow' || typeof id !== 'string') return problem;
  return { ...problem, message: noSuchFile(id) };
}

/** What to do about a flow that another one names and that is not there. */
export const noSuchFile = (id: string): string =>
  `There is no flow ${id} here. Put ${id}.json beside, or name its directory with --flows.`;

/** The flow of a file that must be able to run. */
export function loadSoundFlow(path: string, shown: string, library: Library): { flow: Flow; warnings: Problem[] } {
  const { flow, problems } = loadFlow(path, shown, library);
  if (!flow || hasErrors(problems)) {
    const errors = problems.filter(({ severity }) => severity === 'error').map((one) => problemLine(shown, one));
    throw new CommandFailed([...errors, `${shown} cannot run. Mend what is named above.`].join('\n'));
  }
  return { flow, warnings: problems };
}

/** `flow.json: error unwired menu /nodes/1: Connect ...` */
export const problemLine = (shown: string, { severity, code, node, edge, path, message }: Problem): string =>
  `${shown}: ${[severity, code, node ?? edge ?? '-', path || '/'].join(' ')}: ${message}`;

/**
 * The flows of a directory: a file's name without `.json` is the id by which other flows know it. What is no flow there is
 * passed over; a broken one is found when it is checked itself.
 */
function libraryIn(directory: string): Library {
  if (!existsSync(directory)) return {}; // the flow itself is not there either, which is told in words
  const files = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .slice(0, MAX_LIBRARY);
  return Object.fromEntries(
    files.flatMap(({ name }) => {
      const flow = flowIn(join(directory, name));
      return flow ? [[basename(name, '.json'), flow]] : [];
    }),
  );
}

/** Where a flow's sub-flows are: the named directory, else the flow's own. */
export const libraryFor = (path: string, directory: string | null): Library => libraryIn(directory ?? dirname(path));

/** The files of the library's flows, by id. */
export const filesOfLibrary = (
  path: string,
  directory: string | null,
  ids: readonly string[],
): Record<string, string> => Object.fromEntries(ids.map((id) => [id, join(directory ?? dirname(path), `${id}.json`)]));

function flowIn(path: string): Flow | null {
  try {
    return parseFlow(readJson(path, path)).flow;
  } catch (error) {
    if (error instanceof CommandFailed) return null;
    throw error;
  }
}

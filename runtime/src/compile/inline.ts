import { structureProblems } from '../check/structure.ts';
import type { Flow, FlowNode } from '../flow/flow.ts';
import { flowError, type Problem } from '../flow/problem.ts';
import { isObject, type JsonObject } from '../json.ts';
import { MAX_STATES, MAX_SUBFLOW_DEPTH } from '../limits.ts';
import { type NodeTypes, nextNodes, type SubflowReference } from '../node/define-node.ts';
import { bodyOf, cyclesOf } from './cycles.ts';
import { type Place, pathOf, placeOf, scopeIn } from './place.ts';
import { typedValue } from './typed-value.ts';

/** The flows that sub-flows may run: a version by its number, `latest` as the caller's version froze it. Null where there is none. */
export type FlowLibrary = (flow: string, version: SubflowReference['version']) => Flow | null;

/** `$idle`, `$main`, `$return`, `$done` and `$failed`. */
const OWN_STATES = 5;

interface Inlined {
  places: Map<string, Place>;
  problems: Problem[];
  /** Every use of a sub-flow, in the order of the walk: part of the hash. */
  subflows: Flow[];
}

interface Level {
  flow: Flow;
  caller: string | null;
  /** The flows that led here, for the words about a flow that calls itself. */
  chain: string[];
  /** The node of the outermost document that a problem is shown at. */
  shown: { node: string; path: string } | null;
}

/** All places of a flow: its own nodes, and those of its sub-flows under the path of the node that runs them. */
export function placesOf(flow: Flow, nodeTypes: NodeTypes, library: FlowLibrary): Inlined {
  const inlined: Inlined = { places: new Map(), problems: [], subflows: [] };
  addLevel({ flow, caller: null, chain: [], shown: null });
  if (inlined.places.size + OWN_STATES > MAX_STATES)
    inlined.problems.push(
      flowError('too_large', `A flow holds at most ${MAX_STATES} nodes, those of its sub-flows included. Split it.`),
    );
  return inlined;

  function addLevel(level: Level): void {
    const { flow, caller } = level;
    const next = pathsOf(nextNodes(flow, nodeTypes), caller);
    const cycles = cyclesOf([...next.keys()], next);
    const triggers = flow.nodes
      .filter((node) => nodeTypes.get(node.type)?.begins)
      .map((node) => pathOf(caller, node.id));
    const body = (path: string) => bodyOf(path, cycles.get(path) ?? NO_CYCLE, next, triggers);
    flow.nodes.forEach((node, index) => {
      const type = nodeTypes.get(node.type);
      if (!type || inlined.places.size > MAX_STATES) return;
      const place = placeOf(node, type, { flow, caller, bodyOf: body });
      inlined.places.set(place.path, place);
      if (type.verb.kind === 'subflow') enter(place, node, index, level, type.verb.subflow.flow(place.config));
    });
  }

  function enter(place: Place, node: FlowNode, index: number, level: Level, reference: SubflowReference): void {
    const shown = level.shown ?? { node: node.id, path: `/nodes/${index}/config/flow` };
    const chain = [...level.chain, reference.flow];
    const found = calleeOf(reference, chain, nodeTypes, library);
    if ('code' in found) return void inlined.problems.push(flowError(found.code, found.message, shown));
    const { callee, first } = found;
    inlined.subflows.push(callee);
    place.inside = {
      flow: callee,
      scope: scopeIn(place.path),
      entry: pathOf(place.path, first),
      initial: initialVariables(callee),
    };
    addLevel({ flow: callee, caller: place.path, chain, shown });
  }
}

const NO_CYCLE: ReadonlySet<string> = new Set();

const pathsOf = (next: ReadonlyMap<string, readonly string[]>, caller: string | null): Map<string, string[]> =>
  new Map([...next].map(([id, targets]) => [pathOf(caller, id), targets.map((target) => pathOf(caller, target))]));

/** The flow that a node runs inside, and the trigger where it begins; or why it cannot. */
function calleeOf(
  { flow: id, version }: SubflowReference,
  chain: readonly string[],
  nodeTypes: NodeTypes,
  library: FlowLibrary,
): { callee: Flow; first: string } | { code: string; message: string } {
  const way = chain.join(' -> ');
  if (chain.indexOf(id) < chain.length - 1)
    return { code: 'calls_itself', message: `${way}: a flow cannot run inside itself. Lead an edge back instead.` };
  if (chain.length > MAX_SUBFLOW_DEPTH)
    return { code: 'too_deep', message: `${way}: sub-flows run at most ${MAX_SUBFLOW_DEPTH} deep.` };
  const callee = library(id, version);
  if (!callee) {
    const which = version === 'latest' ? '' : ` with a version ${version}`;
    return {
      code: 'no_such_flow',
      message: `There is no published flow ${id}${which}. Publish it, or choose another.`,
    };
  }
  const name = callee.name || id;
  const broken = structureProblems(callee, nodeTypes).find((one) => one.severity === 'error');
  if (broken) return { code: 'subflow_broken', message: `The flow ${name} cannot run: ${broken.message}` };
  // Made to be called comes before whatever else begins it
  const triggers = callee.nodes.filter((one) => nodeTypes.get(one.type)?.begins);
  const first = triggers.find((one) => nodeTypes.get(one.type)?.begins === 'flow') ?? triggers[0];
  if (!first)
    return { code: 'no_trigger', message: `The flow ${name} has no trigger to begin at. Add trigger.called.` };
  return { callee, first: first.id };
}

/** What the declared variables begin with; dots nest. */
export function initialVariables(flow: Flow): JsonObject {
  const nested: JsonObject = {};
  for (const { name, type, initial } of flow.variables) {
    if (initial === undefined) continue;
    const value = typedValue(type, initial) ?? null; // the check names one that does not read as its type
    const parts = name.split('.');
    let at = nested;
    for (const part of parts.slice(0, -1)) {
      const child = at[part];
      const own: JsonObject = isObject(child) ? (child as JsonObject) : {};
      at[part] = own;
      at = own;
    }
    at[parts.at(-1) ?? name] = JSON.parse(JSON.stringify(value));
  }
  return nested;
}

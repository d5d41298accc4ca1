import type { Flow } from '../flow/flow.ts';
import type { Problem } from '../flow/problem.ts';
import type { NodeTypes } from '../node/define-node.ts';
import { loopProblems } from './loops.ts';
import { structureProblems } from './structure.ts';
import { variableProblems } from './variables.ts';
import { wiringProblems } from './wiring.ts';

const checks = [structureProblems, wiringProblems, loopProblems, variableProblems];

/** Everything that is wrong with a flow before it runs: errors stop publishing, warnings do not. */
export const checkFlow = (flow: Flow, nodeTypes: NodeTypes): Problem[] =>
  checks.flatMap((check) => check(flow, nodeTypes));

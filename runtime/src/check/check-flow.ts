import type { FlowLibrary } from '../compile/inline.ts';
import type { Flow } from '../flow/flow.ts';
import type { Problem } from '../flow/problem.ts';
import type { NodeTypes } from '../node/define-node.ts';
import { deadEndProblems } from './dead-ends.ts';
import { loopProblems } from './loops.ts';
import { shadowedTriggerProblems } from './shadowed-triggers.ts';
import { structureProblems } from './structure.ts';
import { subflowProblems } from './subflows.ts';
import { translationProblems } from './translations.ts';
import { unsetOnAWayProblems } from './unset-on-a-way.ts';
import { variableProblems } from './variables.ts';
import { wiringProblems } from './wiring.ts';

const checks = [
  structureProblems,
  subflowProblems,
  wiringProblems,
  deadEndProblems,
  shadowedTriggerProblems,
  loopProblems,
  variableProblems,
  unsetOnAWayProblems,
  translationProblems,
];

/**
 * Everything that is wrong with a flow before it runs: errors stop publishing, warnings do not. `library` holds the flows
 * that sub-flows may run; without it, nothing is said about them.
 */
export const checkFlow = (flow: Flow, nodeTypes: NodeTypes, library: FlowLibrary | null = null): Problem[] =>
  checks.flatMap((check) => check(flow, nodeTypes, library));

import { type FlowLibrary, placesOf } from '../compile/inline.ts';
import type { Flow } from '../flow/flow.ts';
import { hasErrors, type Problem } from '../flow/problem.ts';
import type { NodeTypes } from '../node/define-node.ts';
import { structureProblems } from './structure.ts';

/** Sub-flows that are not there, broken, or run themselves. Only where the other flows can be looked up. */
export function subflowProblems(flow: Flow, nodeTypes: NodeTypes, library: FlowLibrary | null): Problem[] {
  if (library === null || hasErrors(structureProblems(flow, nodeTypes))) return [];
  return placesOf(flow, nodeTypes, library).problems;
}

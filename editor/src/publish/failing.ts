import type { FlowTestResult } from '../document/run-flow-tests.ts';

/** The tests that ended otherwise than they should. */
export const failing = (results: readonly FlowTestResult[]): FlowTestResult[] =>
  results.filter(({ differences }) => differences.length > 0);

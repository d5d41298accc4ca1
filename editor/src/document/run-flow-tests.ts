import { nodeTypes } from '@parley/nodes';
import { type Flow, runScript, type Script, type Services } from '@parley/runtime';

export interface FlowTestResult {
  id: string;
  title: string;
  /** What differed, a line each; empty where the conversation held. */
  differences: string[];
  /** The index of the script's step at which the first one showed. */
  firstAt: number | null;
}

/**
 * Runs conversations that a flow must hold, one after the other, on the runtime of production. Give `code` (see
 * `createCodeService`) for flows that run their authors' code. `library` holds the flows that it runs inside or starts.
 */
export async function runFlowTests(
  flow: Flow,
  tests: readonly { id: string; title: string; script: Script }[],
  library: Readonly<Record<string, Flow>> = {},
  code?: Services['code'],
): Promise<FlowTestResult[]> {
  const results: FlowTestResult[] = [];
  for (const { id, title, script } of tests) {
    const ran = await runScript(script, flow, nodeTypes, code ? { code } : {}, library).catch((error: unknown) => ({
      differences: [error instanceof Error ? error.message : String(error)],
      firstAt: 0,
    }));
    results.push({ id, title, differences: ran.differences, firstAt: ran.firstAt });
  }
  return results;
}

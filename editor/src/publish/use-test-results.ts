import type { Flow } from '@parley/runtime';
import { useQuery } from '@tanstack/react-query';
import { flowTestsKey, listFlowTests } from '../api/flow-tests.ts';
import { readFlow, readVersion } from '../api/flows.ts';
import { otherFlows } from '../api/other-flows.ts';
import { createCodeService } from '../document/code-service.ts';
import { parseFlows } from '../document/parse-flows.ts';
import { runFlowTests } from '../document/run-flow-tests.ts';
import { useBotId } from '../document/use-live.ts';

const code = createCodeService();

/** How the bot's saved conversations end on what is about to be published, beside what is live of other bots. */
export function useTestResults(draft: Flow, isWanted: boolean) {
  const id = useBotId();
  return useQuery({
    queryKey: [...flowTestsKey(id), 'publish'],
    queryFn: async () => {
      const tests = await listFlowTests(id);
      if (tests.length === 0) return [];
      const library = parseFlows(await otherFlows(draft, { readFlow, readVersion }));
      return runFlowTests(draft, tests, library, code);
    },
    enabled: isWanted,
    gcTime: 0, // another draft may end otherwise
    staleTime: Number.POSITIVE_INFINITY,
  });
}

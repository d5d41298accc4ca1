import type { FlowSummary } from '../../api/flows.ts';

/** What became of a deed on several bots: it is done for each that it can be done for. */
export interface Outcome {
  done: number;
  failed: { bot: FlowSummary; error: Error }[];
}

const AT_ONCE = 4; // requests; more would stand in line in the browser

/** Does something with each bot, a few at a time. Never rejects: who failed is in the outcome. */
export async function forEachBot(
  bots: readonly FlowSummary[],
  act: (bot: FlowSummary) => Promise<unknown>,
): Promise<Outcome> {
  const open = [...bots];
  const outcome: Outcome = { done: 0, failed: [] };
  const work = async () => {
    for (let bot = open.shift(); bot; bot = open.shift()) {
      try {
        await act(bot);
        outcome.done += 1;
      } catch (error) {
        outcome.failed.push({ bot, error: error instanceof Error ? error : new Error(String(error)) });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcome;
}

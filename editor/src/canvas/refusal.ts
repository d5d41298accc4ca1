import { nodeTypes } from '@parley/nodes';
import type { Flow } from '@parley/runtime';
import { nodeIn } from './use-card.ts';

/** Why no wire may lead from one step to another: a key of the words; null where one may. */
export function refusalOf(flow: Flow, source: string, target: string): 'toTrigger' | 'toItself' | null {
  const type = nodeTypes.get(nodeIn(flow, target)?.type ?? '');
  if (type?.begins) return 'toTrigger';
  // Who asks again waits for an answer in between; a step that goes on at once would run for ever
  const waits = type?.waits || type?.bounded;
  return source === target && type && !waits ? 'toItself' : null;
}

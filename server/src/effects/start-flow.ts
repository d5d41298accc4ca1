import { chainOf } from '@parley/runtime';
import type { Perform } from '../engine/performers.ts';
import type { EngineStore } from '../engine/store.ts';

/** Another flow begins in this conversation: as an event of its own, so that it is begun once and in its turn. */
export const startFlow =
  (store: Pick<EngineStore, 'accept'>, now: () => Date): Perform<'flow.start'> =>
  async ({ flow, trigger, variables }, { id, conversation: { _id, organization }, chain }) => {
    const by = 'flow' as const;
    const payload = {
      kind: 'start' as const,
      flow,
      node: trigger,
      variables,
      by,
      chain: chainOf(chain, now().toISOString()),
    };
    await store.accept([{ id: `start.${id}`, organization, conversation: _id, payload }]);
    return null;
  };

import { chainOf } from '@parley/runtime';
import type { Perform } from '../engine/performers.ts';
import type { EngineStore } from '../engine/store.ts';

export const emitEvent =
  (store: Pick<EngineStore, 'accept'>, now: () => Date): Perform<'event.emit'> =>
  async ({ name, data }, { id, conversation: { _id, organization }, chain }) => {
    const payload = { kind: 'event' as const, name, data, chain: chainOf(chain, now().toISOString()) };
    await store.accept([{ id: `event.${id}`, organization, conversation: _id, payload }]);
    return null;
  };

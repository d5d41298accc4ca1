import type { Perform } from '../engine/performers.ts';
import type { EngineStore } from '../engine/store.ts';
import { chainOf } from './chain.ts';

export const emitEvent =
  (store: Pick<EngineStore, 'accept'>, now: () => Date): Perform<'event.emit'> =>
  async ({ name, data }, { id, conversation: { _id, organization }, chain }) => {
    const payload = { kind: 'event' as const, name, data, chain: chainOf(chain, now()) };
    await store.accept([{ id: `event.${id}`, organization, conversation: _id, payload }]);
    return null;
  };

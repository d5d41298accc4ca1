import { Refusal } from '../errors.ts';
import { WriteFailed } from '../store/trouble.ts';
import type { Engine } from './engine.ts';
import { expire } from './expire.ts';
import { INTERRUPTED, inSlices, Pace } from './turns.ts';

/**
 * What has to be done now and then without being asked for: closing forgotten cursors, removing what has expired and the
 * tables that nothing belongs to any more. A pass that is asked for while one is at work is left out. A full disk, or the
 * store's end, ends a pass, the next one goes on; any other failure is thrown.
 */
export function housekeeping(engine: Engine): () => Promise<void> {
  let working = false;
  return async () => {
    if (working) return;
    working = true;
    try {
      engine.cursors.closeIdle(Date.now());
      const pace = new Pace(engine.turns);
      await inSlices(
        pace,
        engine.catalog.sweep(() => pace.isDue()),
      );
      await expire(engine);
      engine.commit();
    } catch (error) {
      const closing = error instanceof Refusal && error.code === INTERRUPTED;
      if (!closing && !(error instanceof WriteFailed)) throw error;
    } finally {
      working = false;
    }
  };
}

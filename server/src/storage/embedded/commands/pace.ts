import type { Command } from './command.ts';
import type { Engine } from './engine.ts';
import { Pace } from './turns.ts';

/** The pace of a command, which ends when its `maxTimeMS` is over. */
export function paceOf(engine: Engine, command: Command, beforeRest?: () => void): Pace {
  const limit = command.maxTime;
  return new Pace(engine.turns, limit > 0 ? performance.now() + limit : undefined, beforeRest);
}

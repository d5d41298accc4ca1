import type { Engine } from '../commands/engine.ts';
import { ownTurns, type Turns } from '../commands/turns.ts';

/**
 * Slices by hand: each ends when it was asked `steps` times whether it is over, and before the next one `between` does
 * what others do meanwhile. What these others send runs in one turn.
 */
export function byHand(engine: Engine, steps: number, between: (rest: number) => Promise<void> | void): void {
  const alone: Turns = { ...ownTurns(engine.commit), slice: () => () => false };
  let rests = 0;
  const slow: Turns = {
    slice: () => {
      let left = steps;
      return () => --left <= 0;
    },
    next: async () => {
      engine.commit();
      engine.turns = alone;
      try {
        await between(rests++);
      } finally {
        engine.turns = slow;
      }
    },
  };
  engine.turns = slow;
}

/** Nobody gives way any more. */
export function inOneTurn(engine: Engine): void {
  engine.turns = { ...ownTurns(engine.commit), slice: () => () => false };
}

import { expect, it } from 'vitest';
import { createRestarts } from './restarts.ts';

it('waits twice as long each time, gives up after five in ten minutes, and forgets', () => {
  const restarts = createRestarts();
  expect([0, 1, 2, 3, 4, 5].map((minute) => restarts.next(minute * 60_000))).toEqual([100, 200, 400, 800, 1600, null]);
  expect(restarts.next(10 * 60_000)).toBe(1600); // the first is forgotten
  expect(restarts.next(60 * 60_000)).toBe(100);
});

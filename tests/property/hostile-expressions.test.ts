import { describe, expect, it } from 'vitest';
import { HOSTILE_CASES } from './hostile-cases.ts';

/** `node tests/bench/hostile-expressions.ts` prints the same with the time and the memory that each takes. */
describe('hostile expressions are contained', () => {
  it.each(HOSTILE_CASES.map((one) => [one.item, one.what, one] as const))('%s: %s', (_, __, { run, ends }) =>
    expect(run()).toEqual(ends),
  );
  it('has several of every item', () => {
    for (let item = 1; item <= 10; item++)
      expect(HOSTILE_CASES.filter((one) => one.item === `A${item}`).length).toBeGreaterThanOrEqual(5);
  });
});

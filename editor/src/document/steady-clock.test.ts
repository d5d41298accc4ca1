import { expect, it } from 'vitest';
import { steadyClock } from './steady-clock.ts';

it('counts what goes by between looks, and little of a pause', () => {
  let time = 1_000;
  const clock = steadyClock(() => time);
  const from = clock();
  for (let look = 0; look < 30; look++) {
    time += 3;
    clock();
  }
  expect(clock() - from).toBe(90);
  time += 5_000;
  expect(clock() - from).toBe(130);
});

import { expect, it } from 'vitest';
import { createAttempts } from './attempts.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 2) + seconds * 1000);

it('stops after the limit and says how long to wait', () => {
  const attempts = createAttempts(2, 60_000);
  expect([attempts.begin('ana', at(0)), attempts.begin('ana', at(1)), attempts.begin('ana', at(20))]).toEqual([
    0, 0, 40,
  ]);
  expect(attempts.begin('bob', at(20))).toBe(0);
  expect(attempts.begin('ana', at(60))).toBe(0);
});

it('forgets failures before a success', () => {
  const attempts = createAttempts(2, 60_000);
  attempts.begin('ana', at(0));
  attempts.succeeded('ana');
  expect([attempts.begin('ana', at(1)), attempts.begin('ana', at(1)), attempts.begin('ana', at(1))]).toEqual([
    0, 0, 60,
  ]);
});

it('watches a bounded number of names', () => {
  const attempts = createAttempts(1, 60_000);
  attempts.begin('first', at(0));
  for (let index = 0; index < 10_000; index += 1) attempts.begin(`made up ${index}`, at(0));
  expect(attempts.begin('first', at(1))).toBe(0);
});

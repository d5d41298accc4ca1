import { expect, it } from 'vitest';
import { Weights } from './weights.ts';

const holder = (moved: number) => ({ moved });

it('lets go of the one that has been still for the longest, of all that hold their share', () => {
  const weights = new Weights<{ moved: number }>(100);
  const [light, still, busy] = [holder(1), holder(2), holder(3)];
  for (const one of [light, still, busy]) weights.add(one);
  expect(weights.weigh(light, 5)).toEqual([]);
  expect(weights.weigh(still, 40)).toEqual([]);
  expect(weights.weigh(busy, 60)).toEqual([still]);
  expect(weights.total).toBe(65);
  expect(weights.weigh(still, 1000)).toEqual([]); // it has gone
  weights.remove(busy);
  expect(weights.total).toBe(5);
});

it('lets go of as many as it takes, the heaviest even if it is the one that moves', () => {
  const weights = new Weights<{ moved: number }>(100);
  const [a, b, c] = [holder(1), holder(2), holder(3)];
  for (const one of [a, b, c]) weights.add(one);
  weights.weigh(a, 50);
  weights.weigh(b, 50);
  expect(weights.weigh(c, 120)).toEqual([a, b, c]);
  expect(weights.total).toBe(0);
});

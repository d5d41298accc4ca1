import { expect, it } from 'vitest';
import { createFairQueue } from './fair-queue.ts';

const LIMITS = { each: 3, total: 5, share: 1 };
const taken = (queue: ReturnType<typeof createFairQueue<number>>) => {
  const order: string[] = [];
  for (let next = queue.next(); next; next = queue.next()) {
    order.push(`${next.organization}${next.work}`);
    queue.done(next.organization);
  }
  return order;
};

it('takes organizations in turn, each in its own order', () => {
  const queue = createFairQueue<number>(LIMITS);
  for (const work of [1, 2, 3]) queue.add('a', work);
  queue.add('b', 1);
  queue.add('c', 1);
  expect(taken(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'a3']);
  expect(queue.next()).toBe(null);
});

it('has room for so much of each, and of all together', () => {
  const queue = createFairQueue<number>(LIMITS);
  expect([1, 2, 3, 4].map((work) => queue.add('a', work))).toEqual([true, true, true, false]);
  expect([1, 2, 3].map((work) => queue.add('b', work))).toEqual([true, true, false]);
  queue.next();
  expect(queue.add('c', 1)).toBe(true);
});

it('gives an organization no more than its share at a time', () => {
  const queue = createFairQueue<number>(LIMITS);
  queue.add('a', 1);
  queue.add('a', 2);
  expect(queue.next()).toEqual({ organization: 'a', work: 1 });
  expect(queue.next()).toBe(null);
  queue.add('b', 1);
  expect(queue.next()).toEqual({ organization: 'b', work: 1 });
  queue.done('a');
  expect(queue.next()).toEqual({ organization: 'a', work: 2 });
});

it('gives up all that waits', () => {
  const queue = createFairQueue<number>(LIMITS);
  queue.add('a', 1);
  queue.add('b', 2);
  expect(queue.drain()).toEqual([1, 2]);
  expect(queue.next()).toBe(null);
  expect([1, 2, 3].map((work) => queue.add('a', work))).toEqual([true, true, true]);
});

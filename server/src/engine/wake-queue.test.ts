import { expect, it } from 'vitest';
import { createLog } from '../plugins/log.ts';
import { realTimers } from '../timers.ts';
import { createWakeQueue } from './wake-queue.ts';

/** A queue that works on one conversation at a time; what it worked on, in order. */
function queueOf() {
  const worked: string[] = [];
  const work = async (conversation: string) => {
    worked.push(conversation);
    return null;
  };
  return { worked, queue: createWakeQueue({ concurrency: 1, work, timers: realTimers, log: createLog('silent') }) };
}

it('lets people go before the thousands of a schedule, who come all the same', async () => {
  const { worked, queue } = queueOf();
  for (const one of ['s1', 's2', 's3']) queue.wake(one, false);
  for (const one of ['a', 'b', 'c', 'd']) queue.wake(one);
  await queue.idle();
  expect(worked).toEqual(['s1', 'a', 'b', 's2', 'c', 'd', 's3']);
});

it('works once on whoever is woken twice, and sooner when it became urgent', async () => {
  const { worked, queue } = queueOf();
  for (const one of ['s1', 's2', 's3']) queue.wake(one, false);
  queue.wake('s3');
  await queue.idle();
  expect(worked).toEqual(['s1', 's3', 's2']);
});

it('comes back once to whoever is woken while being worked on, and rests until then', async () => {
  const later: number[] = [];
  let turns = 0;
  const queue = createWakeQueue({
    concurrency: 1,
    work: async (conversation) => {
      turns += 1;
      if (turns === 1) queue.wake(conversation);
      return 5;
    },
    timers: {
      ...realTimers,
      later: (milliseconds) => {
        later.push(milliseconds);
        return () => {};
      },
    },
    log: createLog('silent'),
  });
  queue.wake('a');
  await queue.idle();
  expect([turns, later]).toEqual([2, [5]]);
});

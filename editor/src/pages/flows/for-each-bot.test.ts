import { expect, it } from 'vitest';
import type { FlowSummary } from '../../api/flows.ts';
import { forEachBot } from './for-each-bot.ts';

const bot = (name: string): FlowSummary => ({
  id: name,
  name,
  tags: [],
  revision: 1,
  status: 'draft',
  published: null,
  problems: [],
  createdAt: '',
  updatedAt: '',
});

it('goes on where one cannot be done, and says which', async () => {
  const bots = ['a', 'b', 'c', 'd', 'e', 'f'].map(bot);
  const seen: string[] = [];
  const { done, failed } = await forEachBot(bots, async ({ name }) => {
    seen.push(name);
    if (name === 'b' || name === 'f') throw new Error(`not ${name}`);
  });
  expect(seen.sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  expect(done).toBe(4);
  expect(failed.map((one) => [one.bot.name, one.error.message])).toEqual([
    ['b', 'not b'],
    ['f', 'not f'],
  ]);
});

import { type Context, defineNode, quickHash } from '@parley/runtime';
import { z } from 'zod';
import { refuseSameWays, WayId } from '../ways.ts';

const MAX_BRANCHES = 20;
const MAX_WEIGHT = 1_000_000;

const Branch = z.strictObject({
  id: WayId,
  title: z.string().max(100).optional().meta({ label: 'Called' }),
  weight: z.number().min(0).max(MAX_WEIGHT).default(1).meta({ label: 'Weight' }),
});

const config = z
  .strictObject({
    branches: z.array(Branch).min(2).max(MAX_BRANCHES).meta({ label: 'Ways' }),
    sticky: z
      .boolean()
      .default(true)
      .meta({ label: 'Each person always the same way', hint: 'Without it, chance decides anew each time.' }),
    experiment: z.string().min(1).max(100).optional().meta({
      label: 'Experiment',
      hint: 'Steps with the same name and ways send a person the same way, in any bot.',
    }),
  })
  .superRefine(({ branches }, ctx) => {
    const ids = branches.map(({ id }) => id);
    refuseSameWays(ids, ['error', 'timeout'], (index) => ['branches', index, 'id'], ctx);
    if (branches.every(({ weight }) => weight === 0))
      ctx.addIssue({ code: 'custom', path: ['branches'], message: 'Give at least one way a weight above 0.' });
  });
type Config = z.output<typeof config>;

/** Sends people several ways by weight: an experiment. Sticky, a person's way is decided by who they are. */
export const random = defineNode({
  type: 'logic.random',
  title: 'Split at random',
  group: 'logic',
  icon: 'dice',
  description: 'Sends people several ways by weight, each person always the same one unless told otherwise.',
  config,
  literal: ['branches', 'sticky', 'experiment'],
  ports: ({ branches }) => branches.map(({ id }) => id),
  run: (ctx) => ({ port: wayAt(drawn(ctx), ctx.config) }),
});

/** In [0, 1). Without a name the experiment is the flow's own, told from others in it by the ways that it has. */
function drawn({ config: { sticky, experiment, branches }, contact, flow, chance }: Context<Config>): number {
  if (!sticky) return chance('way');
  const ways = branches.map(({ id }) => id).join(' ');
  return quickHash(`${contact.id}\n${experiment ?? `in ${flow.id}`}\n${ways}`) / 2 ** 53;
}

function wayAt(draw: number, { branches }: Config): string {
  const total = branches.reduce((sum, { weight }) => sum + weight, 0);
  let left = draw * total;
  const found = branches.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  // Sums of fractions may fall short by a hair; the last way that has a weight takes what is left.
  return (found ?? branches.findLast(({ weight }) => weight > 0))?.id ?? '';
}

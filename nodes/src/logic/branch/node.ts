import { Condition, defineNode } from '@parley/runtime';
import { z } from 'zod';
import { allOrAny, refuseBroken } from '../../conditions.ts';

const config = z
  .strictObject({
    match: z
      .enum(['all', 'any'])
      .default('all')
      .meta({ label: 'Holds when', options: { all: 'all are true', any: 'any is true' } }),
    conditions: z.array(Condition).min(1).max(20).meta({ label: 'Conditions' }),
  })
  .superRefine(({ conditions }, ctx) => {
    conditions.forEach((condition, index) => void refuseBroken(condition, ['conditions', index], ctx));
  });

/** Decides between two ways by conditions over variables, the contact and the last message. */
export const branch = defineNode({
  type: 'logic.branch',
  title: 'Branch',
  group: 'logic',
  icon: 'arrows-split',
  description: 'Follows "yes" where the conditions hold, "no" otherwise.',
  config,
  typed: ['conditions'],
  literal: ['match'],
  ports: () => ['yes', 'no'],
  run: ({ config: { match, conditions } }) => ({ port: allOrAny(match, conditions) ? 'yes' : 'no' }),
});

import { Condition, compilePattern, defineNode, holds } from '@parley/runtime';
import { z } from 'zod';

const config = z
  .strictObject({
    match: z.enum(['all', 'any']).default('all').meta({ label: 'Holds when' }),
    conditions: z.array(Condition).min(1).max(20),
  })
  .superRefine((value, ctx) => {
    value.conditions.forEach(({ operator, right }, index) => {
      const broken =
        operator === 'matches' && typeof right === 'string' && !right.includes('{{') && compilePattern(right) === null;
      if (broken)
        ctx.addIssue({
          code: 'custom',
          path: ['conditions', index, 'right'],
          message: `The pattern ${right} cannot be read.`,
        });
      const pair = operator === 'between' && !(Array.isArray(right) && right.length === 2) && typeof right !== 'string';
      if (pair)
        ctx.addIssue({
          code: 'custom',
          path: ['conditions', index, 'right'],
          message: 'Give two values, the lower one first.',
        });
    });
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
  run: ({ config: { match, conditions } }) => {
    const results = conditions.map(({ left, operator, right, caseSensitive }) =>
      holds(operator, { left, right, caseSensitive }),
    );
    const yes = match === 'all' ? results.every(Boolean) : results.some(Boolean);
    return { port: yes ? 'yes' : 'no' };
  },
});

import { Condition, defineNode, holds } from '@parley/runtime';
import { z } from 'zod';
import { refuseBroken } from '../../conditions.ts';
import { refuseSameWays, WayId } from '../ways.ts';

/** More ways than this are a table, which an HTTP call or a list looks up better. */
const MAX_CASES = 50;

const Case = Condition.omit({ left: true })
  .extend({
    id: WayId,
    title: z.string().max(100).optional().meta({ label: 'Called' }),
    operator: Condition.shape.operator.default('equals'),
  })
  .meta({ input: 'condition' });

const config = z
  .strictObject({
    value: Condition.shape.left.meta({ label: 'Look at' }),
    cases: z.array(Case).min(1).max(MAX_CASES).meta({ label: 'Ways, the first that holds is taken' }),
  })
  .superRefine(({ value, cases }, ctx) => {
    const ids = cases.map(({ id }) => id);
    refuseSameWays(ids, ['other', 'error', 'timeout'], (index) => ['cases', index, 'id'], ctx);
    cases.forEach((one, index) => void refuseBroken({ ...one, left: value }, ['cases', index], ctx));
  });

/** Looks at one value and follows the first way that holds, `other` where none does. */
export const switchNode = defineNode({
  type: 'logic.switch',
  title: 'Switch',
  group: 'logic',
  icon: 'sitemap',
  description: 'Looks at one value and follows the first of several ways that fits, "other" where none does.',
  config,
  typed: ['value', 'cases'],
  ports: ({ cases }) => [...cases.map(({ id }) => id), 'other'],
  run: ({ config: { value, cases } }) => {
    const found = cases.find(({ operator, right, caseSensitive }) =>
      holds(operator, { left: value, right, caseSensitive }),
    );
    return { port: found?.id ?? 'other' };
  },
});

import { Condition } from '@parley/runtime';
import { z } from 'zod';

/** Items of a list between two steps: more is a table, which belongs behind an HTTP call or into data.code. */
export const MAX_ITEMS = 1_000;
const MAX_KEYS = 50;
const MAX_SEPARATOR = 20; // characters

const Path = z
  .string()
  .max(200)
  .regex(/^[^.\s{}]+(\.[^.\s{}]+)*$/, 'Write the field, dots between: price, or customer.name.');
const By = { by: Path.optional().meta({ label: 'By the field', hint: 'Without it, by the item itself.' }) };
const Separator = z.string().max(MAX_SEPARATOR);
const Count = z.union([z.int().min(0), z.string().regex(/\{\{/, 'Give a number, or a template for one.')]);

const plain = <Name extends string>(name: Name) => z.strictObject({ do: z.literal(name) });
const by = <Name extends string>(name: Name) => z.strictObject({ do: z.literal(name), ...By });

/** What one step does with what the step before it gave. Templates of `filter` and `map` see `item` and `index` too. */
export const TransformStep = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('filter'),
    match: z
      .enum(['all', 'any'])
      .default('all')
      .meta({ label: 'Holds when', options: { all: 'all are true', any: 'any is true' } }),
    conditions: z.array(Condition).min(1).max(20).meta({ label: 'Conditions' }),
  }),
  z.strictObject({
    do: z.literal('map'),
    to: z.json().meta({ label: 'Into', input: 'json', placeholder: '{{item.name}}' }),
  }),
  z.strictObject({ do: z.literal('pick'), keys: z.array(Path).min(1).max(MAX_KEYS).meta({ label: 'Fields to keep' }) }),
  z.strictObject({ do: z.literal('get'), path: Path.meta({ label: 'Field', placeholder: 'customer.name' }) }),
  by('sort').extend({
    order: z
      .enum(['up', 'down'])
      .default('up')
      .meta({ label: 'Order', options: { up: 'Smallest first', down: 'Largest first' } }),
  }),
  by('unique'),
  by('group'),
  by('sum'),
  by('average'),
  by('min'),
  by('max'),
  z.strictObject({ do: z.literal('take'), count: Count.meta({ label: 'How many' }) }),
  z.strictObject({ do: z.literal('skip'), count: Count.meta({ label: 'How many' }) }),
  z.strictObject({ do: z.literal('join'), separator: Separator.default(', ').meta({ label: 'Between them' }) }),
  z.strictObject({ do: z.literal('split'), separator: Separator.min(1).default(',').meta({ label: 'Where to cut' }) }),
  plain('flatten'),
  plain('reverse'),
  plain('count'),
  plain('first'),
  plain('last'),
  plain('entries'),
  plain('parseJson'),
  plain('toJson'),
]);
export type TransformStep = z.output<typeof TransformStep>;

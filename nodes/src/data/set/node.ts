import { defineNode, type Json, VariableName } from '@parley/runtime';
import { z } from 'zod';

const config = z.strictObject({
  assign: z
    .record(VariableName, z.json())
    .refine((assign) => Object.keys(assign).length > 0, 'Set at least one variable.')
    .meta({ label: 'Set', input: 'assignments' }),
});

/** Remembers values. A lone {{expression}} keeps its type: a number stays a number. */
export const set = defineNode({
  type: 'data.set',
  title: 'Set variables',
  group: 'data',
  icon: 'variable',
  description: 'Keeps values under names, for later texts and branches.',
  config,
  typed: ['assign'],
  ports: () => ['next'],
  run: ({ config }) => ({ port: 'next', set: config.assign as Record<string, Json> }),
});

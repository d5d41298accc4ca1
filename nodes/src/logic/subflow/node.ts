import { defineNode, type Json, NodeId, VariableName } from '@parley/runtime';
import { z } from 'zod';
import { refuseSameWays, WayId } from '../ways.ts';

const config = z
  .strictObject({
    flow: NodeId.meta({ label: 'Bot', input: 'flow' }),
    version: z
      .union([z.literal('latest'), z.int().min(1)])
      .default('latest')
      .meta({ label: 'Version', hint: 'The latest is the one that is live when this bot is published.' }),
    inputs: z.record(VariableName, z.json()).default({}).meta({ label: 'Give it', input: 'assignments' }),
    outputs: z
      .record(VariableName, VariableName)
      .default({})
      .meta({ label: 'Take from it', input: 'pairs', hint: 'Variable here: output or variable there.' }),
    outcomes: z.array(WayId).max(20).default([]).meta({ label: 'Ways that it may end by, beside the usual one' }),
  })
  .superRefine(({ outcomes }, ctx) => {
    refuseSameWays(outcomes, ['next', 'error', 'timeout'], (index) => ['outcomes', index], ctx);
  });

/** Runs another flow inside this one, with variables of its own; its `logic.end` says by which port it comes back. */
export const subflow = defineNode({
  type: 'logic.subflow',
  title: 'Run a sub-bot',
  group: 'logic',
  icon: 'subtask',
  description: 'Runs another bot as a part of this one, its sub-bot, and goes on with what it found out.',
  config,
  typed: ['inputs'],
  literal: ['flow', 'version', 'outputs', 'outcomes'],
  sets: ({ outputs }) => Object.keys(outputs),
  ports: ({ outcomes }) => ['next', ...outcomes, 'error'],
  subflow: {
    flow: ({ flow, version }) => ({ flow, version }),
    inputs: ({ config: { inputs } }) => inputs as Record<string, Json>,
    outputs: ({ outputs }) => outputs,
  },
});

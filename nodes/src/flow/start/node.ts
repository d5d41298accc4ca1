import { defineNode, type JsonObject, NodeId, VariableName } from '@parley/runtime';
import { z } from 'zod';
import { mustFit } from '../../rendered.ts';

const MAX_VARIABLES = 16_000; // characters of JSON; they travel in the conversation's document

const config = z.strictObject({
  flow: NodeId.meta({ label: 'Bot', input: 'flow' }),
  node: NodeId.optional().meta({ label: 'Begin at', hint: 'One of its triggers; without it, the first.' }),
  variables: z.record(VariableName, z.json()).default({}).meta({ label: 'Give it', input: 'assignments' }),
});

/** Ends this flow and begins another in its place. To come back afterwards, use logic.subflow. */
export const startFlow = defineNode({
  type: 'flow.start',
  title: 'Start another bot',
  group: 'logic',
  icon: 'player-play',
  description: 'Ends this bot and begins another one in its place.',
  config,
  typed: ['variables'],
  literal: ['flow', 'node'],
  ports: () => [],
  run: ({ config: { flow, node = null, variables } }) => {
    const given = mustFit(variables as JsonObject, MAX_VARIABLES, 'variables for the other flow');
    return { end: 'done', effects: [{ type: 'flow.start', flow, trigger: node, variables: given }] };
  },
});

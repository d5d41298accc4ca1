import { defineNode, type Json, VariableName } from '@parley/runtime';
import { z } from 'zod';
import { WayId } from '../ways.ts';

const MAX_REASON = 500; // characters; it is a line in the inbox and the journal
const NO_REASON = 'The bot says that it failed.';

const config = z.strictObject({
  status: z
    .enum(['done', 'failed'])
    .default('done')
    .meta({ label: 'The bot', options: { done: 'Is done', failed: 'Has failed' } }),
  outcome: WayId.optional().meta({ label: 'Come back by', hint: 'The way out of the step that runs this bot.' }),
  outputs: z.record(VariableName, z.json()).default({}).meta({ label: 'Give back', input: 'assignments' }),
  reason: z.string().max(MAX_REASON).optional().meta({ label: 'Why it failed' }),
});

/** Ends the flow here; inside another flow, it goes on there by `outcome` and with `outputs`. */
export const end = defineNode({
  type: 'logic.end',
  title: 'End',
  group: 'logic',
  icon: 'flag-check',
  description: 'Ends the bot as done or as failed; a sub-bot gives its results back.',
  config,
  typed: ['outputs'],
  literal: ['status', 'outcome'],
  ports: () => [],
  run: ({ config: { status, outcome, outputs, reason = '' } }) =>
    status === 'failed'
      ? { end: 'failed', reason: reason.trim().slice(0, MAX_REASON) || NO_REASON }
      : { end: 'done', outcome, outputs: outputs as Record<string, Json> },
});

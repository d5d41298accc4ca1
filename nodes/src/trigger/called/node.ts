import { defineNode } from '@parley/runtime';
import { z } from 'zod';

/**
 * Where a flow begins that others run inside them or start; nothing that a person writes begins it. A flow may have
 * further triggers beside it: run inside another, it begins here.
 */
export const calledTrigger = defineNode({
  type: 'trigger.called',
  title: 'Another bot runs this one',
  group: 'trigger',
  icon: 'subtask',
  description: 'Begins the bot where another one runs it as its sub-bot or starts it; no message does.',
  config: z.strictObject({}),
  begins: 'flow',
  ports: () => ['next'],
  run: () => ({ port: 'next' }),
});

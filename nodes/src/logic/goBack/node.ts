import { defineNode } from '@parley/runtime';
import { z } from 'zod';

/** Back to where an interrupt or a "Go to" left off: a question is asked again there. */
export const goBack = defineNode({
  type: 'logic.goBack',
  title: 'Go back',
  group: 'logic',
  icon: 'arrow-back-up',
  description: 'Goes back to where an interrupt or a "Go to" came from; follows "nowhere" where nothing did.',
  config: z.strictObject({}),
  ports: () => ['nowhere'],
  run: () => ({ back: true, otherwise: 'nowhere' }),
});

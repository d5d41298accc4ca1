import { defineNode, NodeId } from '@parley/runtime';
import { z } from 'zod';

const config = z.strictObject({
  target: NodeId.meta({ label: 'Go to', input: 'node' }),
  comeBack: z
    .boolean()
    .default(false)
    .meta({ label: 'And come back', hint: 'A step "Go back" on the way leads on from here.' }),
});

/** Goes on at another node of the flow without a wire across the canvas; with `comeBack`, `logic.goBack` returns here. */
export const goTo = defineNode({
  type: 'logic.goTo',
  title: 'Go to',
  group: 'logic',
  icon: 'arrow-forward-up',
  description: 'Goes on at another step of the bot, and comes back from there if wanted.',
  config,
  literal: ['target', 'comeBack'],
  ports: ({ comeBack }) => (comeBack ? ['next'] : []),
  links: ({ target }) => ({ to: target }),
  run: ({ config: { comeBack } }) => ({ port: 'to', ...(comeBack ? { comeBackBy: 'next' } : {}) }),
});

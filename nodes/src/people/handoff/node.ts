import { DurationField, defineNode } from '@parley/runtime';
import { z } from 'zod';

const config = z.strictObject({
  team: z.string().max(100).optional().meta({ label: 'Team' }),
  note: z.string().max(2_000).optional().meta({ label: 'Note for the agent', input: 'textarea' }),
  timeout: DurationField.optional().meta({ label: 'Take it back after' }),
});

/** Gives the conversation to people and sleeps until they hand it back, close it, or the time is over. */
export const handoff = defineNode({
  type: 'people.handoff',
  title: 'Hand over to a person',
  group: 'people',
  icon: 'headset',
  description: 'Puts the conversation into the queue of a team; the bot is silent until it is given back.',
  config,
  ports: () => ['resumed', 'closed', 'timeout'],
  wait: {
    prompt: ({ config: { team, note } }) => ({
      effects: [{ type: 'conversation.assign', to: 'queue', team: team ?? null, note: note ?? null }],
    }),
    on: ['resumed', 'closed', 'timer'],
    timers: ({ config }) => (config.timeout ? [{ name: 'over', after: config.timeout }] : []),
    whileAway: true,
    receive: ({ event }) => {
      if (event.type === 'resumed') return { port: 'resumed' };
      if (event.type === 'closed') return { port: 'closed' };
      if (event.type === 'timer' && event.name === 'over') {
        return { port: 'timeout', effects: [{ type: 'conversation.assign', to: 'bot', team: null, note: null }] };
      }
      return { stay: true };
    },
  },
});

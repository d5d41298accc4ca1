import { defineNode } from '@parley/runtime';
import { z } from 'zod';

const config = z.strictObject({
  // Meta: until the next message goes out, 25 seconds at most
  typing: z.boolean().default(false).meta({ label: 'Show that an answer is being written' }),
});

/** Shows the person that their last message was read, and on wish that an answer is being written. */
export const markRead = defineNode({
  type: 'chat.markRead',
  title: 'Mark as read',
  group: 'chat',
  icon: 'checks',
  description: 'Turns the ticks blue, and can show that an answer is being written.',
  config,
  ports: () => ['next'],
  run: ({ config: { typing }, message }) => ({
    port: 'next',
    effects: message ? [{ type: 'message.read', typing }] : [],
  }),
});

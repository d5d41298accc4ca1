import { after, DurationField, defineNode } from '@parley/runtime';
import { z } from 'zod';

const config = z.strictObject({
  closing: DurationField.default('PT2H').meta({ label: 'It is closing when less is left than' }),
});

/**
 * Whether the person can be written to freely. Meta: for 24 hours after their last message; outside of it only templates
 * get through.
 */
export const window = defineNode({
  type: 'time.window',
  title: '24-hour window',
  group: 'time',
  icon: 'hourglass',
  description: 'Follows "open" while WhatsApp lets you write freely, "closing" near the end, "closed" after it.',
  config,
  ports: () => ['open', 'closing', 'closed'],
  run: ({ config: { closing }, conversation: { windowClosesAt }, now, wired }) => {
    const soon = after(now, closing);
    if (soon === null) throw new Error(`"${closing.slice(0, 60)}" is no duration. Write one such as PT2H.`);
    const closes = windowClosesAt === null ? Number.NaN : Date.parse(windowClosesAt);
    if (!(closes > Date.parse(now))) return { port: 'closed' };
    // Who did not wire the warning wants to know only whether it is open.
    return { port: closes <= Date.parse(soon) && wired('closing') ? 'closing' : 'open' };
  },
});

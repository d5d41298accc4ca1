import {
  DurationField,
  type InboundMessage,
  isDuration,
  LIMITS,
  limitedText,
  type Received,
  type TimerRequest,
  type WaitContext,
} from '@parley/runtime';
import { Duration } from 'luxon';
import { z } from 'zod';

const MAX_REMINDERS = 3; // more is nagging, and a conversation's timers are few
const REMINDER = 'reminder.'; // the timers are called reminder.0, reminder.1, ...

const Reminders = z
  .array(
    z.strictObject({
      after: DurationField.meta({ label: 'After' }),
      text: limitedText(LIMITS.text).meta({ label: 'Message', input: 'textarea' }),
    }),
  )
  .max(MAX_REMINDERS)
  .optional();

/** The fields of a node that waits for a person: what it says while they are silent, and when it gives up. */
export const listeningFields = {
  reminders: Reminders.meta({ label: 'Reminders while nothing comes' }),
  timeout: DurationField.optional().meta({ label: 'Give up after' }),
};

export interface Listening {
  reminders?: { after: string; text: string }[];
  timeout?: string;
}

/** A reminder that is due when the node has given up would never be sent. */
export function remindBeforeTimeout({ reminders, timeout }: Listening, ctx: z.core.$RefinementCtx<unknown>): void {
  const end = millisOf(timeout);
  reminders?.forEach(({ after }, index) => {
    const at = millisOf(after);
    if (end !== null && at !== null && at >= end)
      ctx.addIssue({
        code: 'custom',
        path: ['reminders', index, 'after'],
        message: 'The step has given up by then. Remind sooner, or give up later.',
      });
  });
}

const millisOf = (duration: string | undefined): number | null =>
  duration !== undefined && isDuration(duration) ? Duration.fromISO(duration).toMillis() : null;

/** Each reminder counts from the question; who is asked again is reminded anew. */
export const listeningTimers = ({ reminders = [], timeout }: Listening): TimerRequest[] => [
  ...reminders.map(({ after }, index) => ({ name: `${REMINDER}${index}`, after })),
  ...(timeout ? [{ name: 'timeout', after: timeout }] : []),
];

/** What a waiting node listens to, for its `on`. */
export const LISTENS: ('message' | 'timer')[] = ['message', 'timer'];

/** What a waiting node does: says a reminder that is due, and lets `take` decide about a message. */
export function heard(ctx: WaitContext<Listening>, take: (message: InboundMessage) => Received): Received {
  const { event, config } = ctx;
  if (event.type === 'message') return take(event.message);
  const index = event.type === 'timer' && event.name.startsWith(REMINDER) ? event.name.slice(REMINDER.length) : null;
  const reminder = index === null ? undefined : config.reminders?.[Number(index)];
  if (!reminder) return { stay: true };
  return { stay: true, effects: [{ type: 'message.send', content: { kind: 'text', text: reminder.text } }] };
}

/** A message that is not what was asked for: the port `other`; without that, ask once more, then fail visibly. */
export function notExpected(ctx: WaitContext<unknown>, what: string): Received {
  if (ctx.wired('other')) return { port: 'other' };
  if (ctx.asked === 0) return { again: true };
  return { fault: { code: 'not_understood', message: `The reply was ${what}, twice. Wire the port "other".` } };
}

import { z } from 'zod';

const nullable = z.string().nullable();
const Sum = z.number().int();

export const CountsShape = z.object({
  from: z.string(),
  to: z.string(),
  /** Sessions begun. */
  sessions: Sum,
  /** How sessions ended: done, failed, expired, replaced, stopped; handedOver is not the end of one. */
  ended: z.record(z.string(), Sum),
  nodes: z.record(z.string(), z.object({ entered: Sum, left: z.record(z.string(), Sum), waiting: Sum })),
  /** By node and port, with a space between. */
  ports: z.record(z.string(), Sum),
  series: z.object({
    unit: z.enum(['hour', 'day']),
    points: z.array(z.object({ at: z.string(), sessions: Sum, entered: Sum })),
  }),
});

export const PassingShape = z.object({
  at: z.string(),
  conversationId: z.string(),
  contact: z.object({ id: z.string(), name: nullable, phone: nullable }),
  /** What they wrote then; null where a timer or an answer led on. */
  text: nullable,
});

export const JourneyShape = z.object({
  conversation: z.object({ id: z.string(), contact: z.object({ id: z.string(), name: nullable, phone: nullable }) }),
  /** The sessions of these steps, oldest first. */
  sessions: z.array(
    z.object({ id: z.string(), flow: z.string(), flowName: nullable, version: z.number().int(), ended: nullable }),
  ),
  steps: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      session: z.string(),
      event: z.object({
        kind: z.enum(['message', 'answer', 'result', 'timer', 'handback', 'start', 'event', 'closed', 'other']),
        /** What was written or pressed, the event's name, or what went wrong with a call. */
        text: nullable,
        /** Of a message what it is, such as `text` or `image`. */
        type: nullable,
        /** The button's or row's id, or the port of a call's answer. */
        choice: nullable,
      }),
      visits: z.array(z.object({ node: z.string(), port: nullable })),
      /** Where the session stands after it. */
      node: z.string(),
      effects: z.array(z.object({ kind: z.string(), text: nullable, problem: nullable })),
      handedOver: z.boolean(),
      ended: nullable,
      fault: z.object({ code: z.string(), message: z.string(), node: nullable }).nullable(),
    }),
  ),
  /** What the session in progress remembers. */
  variables: z.record(z.string(), z.unknown()).nullable(),
  /** Ask with `before` for what came earlier; null at the beginning of what is kept. */
  next: z.number().int().nullable(),
});

export type Journey = z.infer<typeof JourneyShape>;
export type JourneyStep = Journey['steps'][number];

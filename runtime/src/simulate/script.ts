import { z } from 'zod';
import { INBOUND_TYPES } from '../message/inbound.ts';

const Inbound = z.object({
  type: z.enum(INBOUND_TYPES).optional(),
  text: z.string().optional(),
  payload: z.string().optional(),
  media: z.looseObject({}).optional(),
  location: z.looseObject({}).optional(),
  referral: z.looseObject({}).optional(),
  /** Form answers, orders, contacts: what has no field of its own. */
  data: z.record(z.string(), z.json()).optional(),
});

/** A conversation that must hold: what the person does, what the bot must say, how it must end. */
export const scriptSchema = z.strictObject({
  format: z.literal('parley.script/1'),
  title: z.string().optional(),
  /** A path beside the script, or the flow itself. */
  flow: z.union([z.string(), z.looseObject({})]),
  /** The flow's id where it was played first: a lasting share of people is drawn with it, and others may start it by it. */
  flowId: z.string().optional(),
  /** What sub-flows, events and flow.start find, by the flow's id; each a path beside the script, or the flow itself. */
  flows: z.record(z.string(), z.union([z.string(), z.looseObject({})])).optional(),
  contact: z.looseObject({}).optional(),
  /** Whose limits hold: where this provider lacks something, the bot sends what stands in for it. */
  provider: z.enum(['meta', 'twilio']).optional(),
  /** True: the person wrote just before, so that free words reach them for 24 hours. False: only templates do, until they write. */
  heard: z.boolean().default(false),
  now: z.iso.datetime().default('2026-03-02T09:00:00.000Z'),
  steps: z
    .array(
      z.union([
        z.strictObject({ in: Inbound }),
        z.strictObject({ out: z.looseObject({}) }),
        z.strictObject({ effect: z.looseObject({ type: z.string() }) }),
        z.strictObject({
          event: z.strictObject({ name: z.string(), data: z.record(z.string(), z.json()).default({}) }),
        }),
        z.strictObject({
          start: z.strictObject({
            node: z.string().optional(),
            /** Any node, as if a session had come there: to try a part of the flow. */
            from: z.string().optional(),
            flow: z.string().optional(),
            data: z.json().optional(),
            variables: z.record(z.string(), z.json()).optional(),
          }),
        }),
        z.strictObject({ silence: z.literal(true) }),
        z.strictObject({ wait: z.string() }),
        z.strictObject({
          http: z.strictObject({
            match: z.string(),
            reply: z.strictObject({
              status: z.int().optional(),
              json: z.json().optional(),
              text: z.string().optional(),
              headers: z.record(z.string(), z.string()).optional(),
              error: z.string().optional(),
            }),
          }),
        }),
        z.strictObject({ sendFails: z.string() }),
        z.strictObject({ owner: z.enum(['bot', 'queue']) }),
        z.strictObject({ resume: z.literal(true) }),
        z.strictObject({ close: z.literal(true) }),
        z.strictObject({
          end: z.strictObject({
            status: z.enum(['idle', 'waiting', 'calling', 'done', 'failed']).optional(),
            at: z.string().optional(),
            fault: z.string().optional(),
            variables: z.record(z.string(), z.json()).optional(),
            contact: z.looseObject({}).optional(),
          }),
        }),
      ]),
    )
    .min(1),
});
export type Script = z.infer<typeof scriptSchema>;

import { z } from 'zod';

export const BUNDLE_FORMAT = 'parley.flows/1';

const MAX_FLOWS = 200; // as many as one selects at once
const MAX_TAGS = 50; // more than a flow holds: the rest is dropped later, not refused here

/** Several flows in one file: a bot with the flows that it runs, or what was selected in the list. The first is the main one. */
export const Bundle = z.object({
  format: z.literal(BUNDLE_FORMAT),
  flows: z
    .array(
      z.object({
        /** What the other documents of the file call it. */
        id: z.string().min(1).max(64),
        document: z.unknown(),
        tags: z.array(z.string()).max(MAX_TAGS).default([]),
      }),
    )
    .min(1)
    .max(MAX_FLOWS),
});
export type Bundle = z.infer<typeof Bundle>;

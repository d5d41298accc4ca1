import { z } from 'zod';

const MAX_DELAY = 120_000; // ms
const delay = z.number().int().min(0).max(MAX_DELAY);

const Rule = z.strictObject({
  /** Every field that is given has to fit; text and path fit where they contain it. */
  match: z
    .strictObject({
      provider: z.enum(['meta', 'twilio']).optional(),
      to: z.string().optional(),
      text: z.string().optional(),
      kind: z.string().optional(),
      method: z.string().toUpperCase().optional(),
      path: z.string().optional(),
    })
    .default({}),
  /** How often it acts before it is spent; without it, always. */
  times: z.number().int().min(1).optional(),
  // biome-ignore lint/suspicious/noThenProperty: the word of the control's contract, and text: nothing can await it
  then: z.enum(['reject', 'later-status', 'timeout-after-accept', 'drop', 'rate-limit', 'slow']),
  /** The provider's error code. */
  code: z.number().int().min(0).optional(),
  /** The HTTP status. */
  status: z.number().int().min(200).max(599).optional(),
  delayMs: delay.optional(),
  /** Answered as it is, in place of the provider's own words. */
  body: z.json().optional(),
});
export type Rule = z.output<typeof Rule>;

export const Script = z.strictObject({
  rules: z.array(Rule).max(200).default([]),
  statuses: z
    .strictObject({
      order: z.enum(['right', 'shuffled']).default('right'),
      delayMs: delay.default(30),
      duplicate: z.boolean().default(false),
      delivered: z.boolean().default(true),
      read: z.enum(['on-open', 'at-once']).default('on-open'),
    })
    .prefault({}),
  webhooks: z
    .strictObject({
      /** How many happenings go into one POST; Meta only. */
      batch: z.number().int().min(1).max(1_000).default(1),
      delayMs: delay.default(0),
      duplicate: z.boolean().default(false),
    })
    .prefault({}),
});
export type Script = z.output<typeof Script>;

/** What a trial channel plays: it has no webhooks that could come late. */
export const TrialScript = Script.omit({ webhooks: true });
export type TrialScript = z.output<typeof TrialScript>;

/** What a rule looks at. */
export interface Call {
  provider: 'meta' | 'twilio';
  method: string;
  path: string;
  to: string | null;
  text: string | null;
  kind: string | null;
}

export type Play = ReturnType<typeof createPlay>;

/** What somebody wants to go wrong. The first rule that fits a call is used once. */
export function createPlay() {
  let script = Script.parse({});
  let left: number[] = [];
  return {
    get script() {
      return script;
    },
    set: (next: Script) => {
      script = next;
      left = next.rules.map(({ times }) => times ?? Number.POSITIVE_INFINITY);
    },
    take: (call: Call): Rule | null => {
      const at = script.rules.findIndex((rule, index) => (left[index] ?? 0) > 0 && fits(rule.match, call));
      if (at === -1) return null;
      left[at] = (left[at] ?? 1) - 1;
      return script.rules[at] ?? null;
    },
  };
}

function fits(match: Rule['match'], call: Call): boolean {
  if (match.provider !== undefined && match.provider !== call.provider) return false;
  if (match.method !== undefined && match.method !== call.method) return false;
  if (match.path !== undefined && !call.path.includes(match.path)) return false;
  if (match.kind !== undefined && match.kind !== call.kind) return false;
  if (match.text !== undefined && !call.text?.includes(match.text)) return false;
  return match.to === undefined || sameDigits(match.to, call.to);
}

const sameDigits = (wanted: string, given: string | null) =>
  given !== null && wanted.replace(/\D/g, '') === given.replace(/\D/g, '');

import type { Clock } from './clock.ts';
import type { CallLog } from './log.ts';
import type { BusinessNumber, Telling } from './model.ts';
import type { Play } from './script.ts';

/** One HTTP call that tells the number's owner something. */
export interface Post {
  url: string;
  body: string;
  headers: Record<string, string>;
  /** Tried once when the first address fails, with the same body and a signature of its own. */
  fallback: { url: string; headers: Record<string, string> } | null;
  /** Whether it is told again until it is answered with 200: Meta does, Twilio does not. */
  again: boolean;
}

export interface WebhookDeps {
  clock: Clock;
  play: Play;
  log: CallLog;
  fetch: typeof fetch;
  /** Puts several tellings into as few calls as the provider does. */
  posts(number: BusinessNumber, tellings: Telling[]): Post[];
  /** False where the address may not be told anything, such as one that did not answer Meta's handshake. */
  ready(number: BusinessNumber): Promise<boolean>;
}

/** Meta tells it again for days, at growing distances; here the distances are seconds. */
const AGAIN_AFTER = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 120_000]; // ms
const PATIENCE = 15_000; // ms for an answer: Twilio's limit

export type Webhooks = ReturnType<typeof createWebhooks>;

/** Tells the owners of numbers, one call after the other for each number, and again where the provider would. */
export function createWebhooks({ clock, play, log, fetch, posts, ready }: WebhookDeps) {
  const waiting = new Map<string, Telling[]>();
  const lines = new Map<string, Promise<void>>();
  let epoch = 0;

  async function call(number: BusinessNumber, url: string, body: string, headers: Record<string, string>) {
    const entry = { way: 'out', provider: number.provider, method: 'POST', path: url, request: body } as const;
    try {
      const answer = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(PATIENCE) });
      const response = await answer.text();
      log.add({ ...entry, status: answer.status, response, note: null });
      return answer.status;
    } catch (error) {
      const note = error instanceof Error ? error.message : 'no answer';
      log.add({ ...entry, status: null, response: null, note });
      return null;
    }
  }

  async function tellOnce(number: BusinessNumber, post: Post): Promise<boolean> {
    if (!(await ready(number))) return false;
    const status = await call(number, post.url, post.body, post.headers);
    if (number.provider === 'meta') return status === 200;
    const taken = status !== null && status < 400;
    if (!taken && post.fallback) await call(number, post.fallback.url, post.body, post.fallback.headers);
    return taken;
  }

  async function tellUntilTaken(number: BusinessNumber, post: Post, tries: number, began: number): Promise<void> {
    if (began !== epoch) return;
    if ((await tellOnce(number, post)) || !post.again || began !== epoch) return;
    const wait = AGAIN_AFTER[tries];
    if (wait !== undefined) clock.later(wait, () => void tellUntilTaken(number, post, tries + 1, began));
  }

  function flush(number: BusinessNumber) {
    const tellings = waiting.get(number.id) ?? [];
    waiting.delete(number.id);
    const began = epoch;
    const { duplicate } = play.script.webhooks;
    const before = lines.get(number.id) ?? Promise.resolve();
    const line = before.then(async () => {
      for (const post of posts(number, tellings)) {
        await tellUntilTaken(number, post, 0, began);
        if (duplicate) await tellUntilTaken(number, post, 0, began);
      }
    });
    lines.set(number.id, line);
  }

  return {
    tell: (number: BusinessNumber, telling: Telling) => {
      const { batch, delayMs } = play.script.webhooks;
      const tellings = [...(waiting.get(number.id) ?? []), telling];
      waiting.set(number.id, tellings);
      if (tellings.length >= batch) flush(number);
      else if (tellings.length === 1) clock.later(Math.max(delayMs, BATCH_WAIT), () => flush(number));
    },
    /** Resolves when all that was told so far has been answered once. */
    settled: async () => {
      await Promise.all(lines.values());
    },
    clear: () => {
      epoch += 1;
      waiting.clear();
      lines.clear();
    },
  };
}

const BATCH_WAIT = 50; // ms that an unfilled batch waits for more

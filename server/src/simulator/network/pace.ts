import type { BusinessNumber, Chat } from './model.ts';

const PAIR_EVERY = 6_000; // ms: Meta lets one message to a customer grow back in that time
const SECOND = 1_000; // ms

/**
 * Whether a number may send now, and to this customer: Meta's throughput (131056 and 130429) and Twilio's queue follow
 * it. A pair borrows up to its burst and pays back one in six seconds. Source: Meta, "About the platform", rate limits.
 */
export function createPace(now: () => Date) {
  const seconds = new Map<string, { since: number; sent: number }>();

  return {
    take: (number: BusinessNumber, chat: Chat): 'throughput' | 'pair' | null => {
      const time = now().getTime();
      const last = seconds.get(number.id);
      const second = last && time - last.since < SECOND ? last : { since: time, sent: 0 };
      if (second.sent >= number.limits.perSecond) return 'throughput';
      const burst = number.limits.pairBurst;
      const since = chat.paceFull ? time - chat.paceFull.at.getTime() : 0;
      const tokens = Math.min(burst, (chat.paceFull?.tokens ?? burst) + since / PAIR_EVERY);
      if (tokens < 1) return 'pair';
      second.sent += 1;
      seconds.set(number.id, second);
      chat.paceFull = { tokens: tokens - 1, at: now() };
      return null;
    },
    clear: () => seconds.clear(),
  };
}

import type { Keyring } from '../storage/credentials.ts';

const KEPT_DAYS = 7; // a provider fetches within minutes; one that queues a campaign within days
const DAY = 24 * 3_600_000; // ms

interface Deps {
  publicUrl: string;
  keyring: Pick<Keyring, 'sign' | 'isSigned'>;
  now: () => Date;
}

export type MediaAddress = ReturnType<typeof createMediaAddress>;

/**
 * Addresses at which whoever holds one gets that one file, for some days: for providers that fetch what they send.
 * `https://bots.example.com/media/med_01J.../2026-03-09/<signature>`; the day is the last one, in UTC.
 */
export function createMediaAddress({ publicUrl, keyring, now }: Deps) {
  const named = (id: string, day: string): string => `media/${id}/${day}`;
  return {
    of(id: string): string {
      const day = new Date(now().getTime() + KEPT_DAYS * DAY).toISOString().slice(0, 10);
      return `${publicUrl}/media/${id}/${day}/${keyring.sign(named(id, day))}`;
    },
    isValid(id: string, day: string, signature: string): boolean {
      const today = now().toISOString().slice(0, 10);
      return /^\d{4}-\d{2}-\d{2}$/.test(day) && day >= today && keyring.isSigned(named(id, day), signature);
    },
  };
}

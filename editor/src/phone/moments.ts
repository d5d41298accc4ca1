const WINDOW = 24 * 3_600_000; // ms: Meta, "Customer service windows"

const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const near = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** "Monday, 2 March 2026", where the reader lives. */
export const dayOf = (at: string): string => day.format(new Date(at));

/** "09:00" of the day of `now`, "2 Mar" of others. */
export const shortMomentOf = (at: string, now: string): string =>
  (dayOf(at) === dayOf(now) ? clock : short).format(new Date(at));

/** "Mon 09:00": within the next days. */
export const nearMomentOf = (at: string): string => near.format(new Date(at));

/** Until when the business may write freely, after what the customer last wrote; null: it may not. */
export function windowUntil(messages: readonly { from: string; at: string }[], now: string): string | null {
  const last = messages.findLast(({ from }) => from === 'customer');
  if (!last) return null;
  const until = Date.parse(last.at) + WINDOW;
  return until > Date.parse(now) ? new Date(until).toISOString() : null;
}

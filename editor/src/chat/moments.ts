const moment = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const LONG_SILENCE = 15 * 60_000; // ms: after it the window says when the talk went on

/** "Mon, 2 Mar, 09:00", where the reader lives. */
export const momentOf = (at: string): string => moment.format(new Date(at));
/** "09:00". */
export const timeOf = (at: string): string => clock.format(new Date(at));

export const isLongAfter = (at: string, before: string): boolean =>
  new Date(at).getTime() - new Date(before).getTime() >= LONG_SILENCE;

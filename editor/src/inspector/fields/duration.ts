/** Units that a duration is said in, the longest first, with what ISO 8601 writes around the number. */
export const UNITS = ['weeks', 'days', 'hours', 'minutes', 'seconds'] as const;
export type Unit = (typeof UNITS)[number];

const WRITTEN: Record<Unit, (count: number) => string> = {
  weeks: (count) => `P${count}W`,
  days: (count) => `P${count}D`,
  hours: (count) => `PT${count}H`,
  minutes: (count) => `PT${count}M`,
  seconds: (count) => `PT${count}S`,
};
const SINGLE = /^P(?:(\d+)([WD])|T(\d+)([HMS]))$/;
const LETTERS: Record<string, Unit> = { W: 'weeks', D: 'days', H: 'hours', M: 'minutes', S: 'seconds' };

export const writeDuration = (count: number, unit: Unit): string => WRITTEN[unit](count);

/** A duration of one unit, such as `PT30M`; null where it is said otherwise (`P1DT2H`, a variable). */
export function readDuration(text: string): { count: number; unit: Unit } | null {
  const [, date, dateUnit, time, timeUnit] = SINGLE.exec(text) ?? [];
  const unit = LETTERS[dateUnit ?? timeUnit ?? ''];
  return unit ? { count: Number(date ?? time), unit } : null;
}

import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { nextOccurrence, type Occasions } from './next-occurrence.ts';

const at = (fields: Partial<Occasions>): Occasions => ({ every: 'day', at: '09:00', days: [], ...fields });
const next = (fields: Partial<Occasions>, after: string, zone = 'UTC') => nextOccurrence(at(fields), after, zone);
/** The next few, one after the other. */
function row(fields: Partial<Occasions>, after: string, zone: string, count: number): (string | null)[] {
  const found: (string | null)[] = [];
  for (let from: string | null = after; from !== null && found.length < count; ) {
    from = next(fields, from, zone);
    found.push(from?.replace(':00.000Z', 'Z') ?? null);
  }
  return found;
}

describe('when a schedule happens next', () => {
  it.each<[string, Partial<Occasions>, string, string, string | null]>([
    ['later today', {}, '2026-03-02T08:59:59.999Z', 'UTC', '2026-03-02T09:00:00.000Z'],
    ['not at the moment itself', {}, '2026-03-02T09:00:00.000Z', 'UTC', '2026-03-03T09:00:00.000Z'],
    ['in the zone of the flow', {}, '2026-03-02T10:00:00Z', 'America/Lima', '2026-03-02T14:00:00.000Z'],
    ['in its own zone', { timezone: 'Asia/Tokyo' }, '2026-03-02T10:00:00Z', 'America/Lima', '2026-03-03T00:00:00.000Z'],
    ['after a moment in another zone', {}, '2026-03-02T10:00:00+02:00', 'UTC', '2026-03-02T09:00:00.000Z'],
    [
      'every hour, at the minute',
      { every: 'hour', at: '17:20' },
      '2026-03-02T09:20:00Z',
      'UTC',
      '2026-03-02T10:20:00.000Z',
    ],
    ['this hour', { every: 'hour', at: '00:20' }, '2026-03-02T09:19:59Z', 'UTC', '2026-03-02T09:20:00.000Z'],
    [
      'every hour, in a zone of half hours',
      { every: 'hour', at: '00:00' },
      '2026-03-02T09:00:00Z',
      'Asia/Kolkata',
      '2026-03-02T09:30:00.000Z',
    ],
    ['once', { every: 'once', date: '2026-03-05' }, '2026-03-02T09:00:00Z', 'UTC', '2026-03-05T09:00:00.000Z'],
    ['once, over', { every: 'once', date: '2026-03-01' }, '2026-03-02T09:00:00Z', 'UTC', null],
    ['once, now', { every: 'once', date: '2026-03-02' }, '2026-03-02T09:00:00Z', 'UTC', null],
    [
      'the next day of the week',
      { every: 'week', days: ['we', 'mo'] },
      '2026-03-02T09:00:00Z',
      'UTC',
      '2026-03-04T09:00:00.000Z',
    ],
    [
      'the same day in a week',
      { every: 'week', days: ['mo'] },
      '2026-03-02T09:00:00Z',
      'UTC',
      '2026-03-09T09:00:00.000Z',
    ],
    [
      'the day of the zone, not of UTC',
      { every: 'week', days: ['mo'], at: '22:00' },
      '2026-03-03T02:00:00Z',
      'America/Lima',
      '2026-03-03T03:00:00.000Z',
    ],
    ['this month', { every: 'month', dayOfMonth: 15 }, '2026-03-02T09:00:00Z', 'UTC', '2026-03-15T09:00:00.000Z'],
    ['the next month', { every: 'month', dayOfMonth: 1 }, '2026-12-02T09:00:00Z', 'UTC', '2027-01-01T09:00:00.000Z'],
    ['a zone that is not there', {}, '2026-03-02T09:00:00Z', 'Mars/Olympus', null],
    ['a moment that is none', {}, 'tomorrow', 'UTC', null],
    ['a date that is none', { every: 'once', date: '2026-02-30' }, '2026-01-01T00:00:00Z', 'UTC', null],
    ['no day chosen', { every: 'week' }, '2026-03-02T09:00:00Z', 'UTC', null],
  ])('%s', (_, fields, after, zone, expected) => expect(next(fields, after, zone)).toBe(expected));

  it('takes the last day of a month that is too short', () =>
    expect(row({ every: 'month', dayOfMonth: 31, at: '00:00' }, '2027-12-31T00:00:00Z', 'UTC', 4)).toEqual([
      '2028-01-31T00:00Z',
      '2028-02-29T00:00Z',
      '2028-03-31T00:00Z',
      '2028-04-30T00:00Z',
    ]));

  it('moves a time that is skipped behind the gap, for that day alone', () =>
    expect(row({ at: '02:30' }, '2026-03-07T12:00:00Z', 'America/New_York', 3)).toEqual([
      '2026-03-08T07:30Z', // 03:30, as 02:30 is not there
      '2026-03-09T06:30Z',
      '2026-03-10T06:30Z',
    ]));

  it('takes a time that comes twice once, the first', () =>
    expect(row({ at: '01:30' }, '2026-10-31T12:00:00Z', 'America/New_York', 3)).toEqual([
      '2026-11-01T05:30Z',
      '2026-11-02T06:30Z',
      '2026-11-03T06:30Z',
    ]));

  it('asked between the two, waits for the next day', () =>
    expect(next({ at: '01:30' }, '2026-11-01T06:00:00Z', 'America/New_York')).toBe('2026-11-02T06:30:00.000Z'));

  it('every hour means every hour that passes, over both changes', () => {
    expect(row({ every: 'hour', at: '00:30' }, '2026-03-08T06:00:00Z', 'America/New_York', 3)).toEqual([
      '2026-03-08T06:30Z',
      '2026-03-08T07:30Z',
      '2026-03-08T08:30Z',
    ]);
    expect(row({ every: 'hour', at: '00:30' }, '2026-11-01T05:00:00Z', 'America/New_York', 3)).toEqual([
      '2026-11-01T05:30Z',
      '2026-11-01T06:30Z',
      '2026-11-01T07:30Z',
    ]);
  });

  it('keeps the minute where clocks move by half an hour', () =>
    // Lord Howe: 02:00 becomes 02:30 on 4 October; 02:15 is not there, so 03:15 is next.
    expect(row({ every: 'hour', at: '00:15' }, '2026-10-03T14:00:00Z', 'Australia/Lord_Howe', 3)).toEqual([
      '2026-10-03T14:45Z',
      '2026-10-03T16:15Z',
      '2026-10-03T17:15Z',
    ]));

  it('knows days that begin at one in the morning', () =>
    // Cairo: midnight of 24 April 2026 is skipped.
    expect(row({ at: '00:00' }, '2026-04-22T12:00:00Z', 'Africa/Cairo', 3)).toEqual([
      '2026-04-22T22:00Z',
      '2026-04-23T22:00Z',
      '2026-04-24T21:00Z',
    ]));
});

const ZONES = ['UTC', 'Europe/Lisbon', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Cairo'];
const DAY = 24 * 60;

it('agrees with a clock that is watched minute by minute', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: 0, max: 2 * 365 * DAY }),
      fc.integer({ min: 0, max: DAY - 1 }),
      (zone, minutes, time) => {
        const begin = DateTime.fromISO('2026-01-01T00:00:00Z').plus({ minutes });
        const clock = `${String(Math.floor(time / 60)).padStart(2, '0')}:${String(time % 60).padStart(2, '0')}`;
        const found = next({ at: clock }, begin.toISO() ?? '', zone);
        const seen = watched(begin, zone, clock);
        // A skipped time is seen on no clock that day: the answer lies behind the gap then, before what is seen.
        if (found !== seen) expect(found !== null && seen !== null && isBehindGap(found, zone, clock)).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});

/** The first minute after `begin` at which the clocks show the time for the first time that day. */
function watched(begin: DateTime, zone: string, clock: string): string | null {
  for (let minute = 1; minute <= 2 * DAY; minute++) {
    const moment = begin.plus({ minutes: minute }).setZone(zone);
    const first = moment.getPossibleOffsets()[0]?.toMillis() === moment.toMillis();
    if (first && moment.toFormat('HH:mm') === clock) return new Date(moment.toMillis()).toISOString();
  }
  return null;
}

function isBehindGap(found: string, zone: string, clock: string): boolean {
  const moment = DateTime.fromISO(found, { zone });
  return moment.toFormat('HH:mm') > clock && moment.minus({ hours: 2 }).offset !== moment.offset;
}

it('goes on for ever, always forward', () => {
  const every = fc.constantFrom('hour' as const, 'day' as const, 'week' as const, 'month' as const);
  fc.assert(
    fc.property(every, fc.constantFrom(...ZONES), fc.integer({ min: 1, max: 31 }), (how, zone, dayOfMonth) => {
      const fields = { every: how, at: '02:15', dayOfMonth, days: ['su' as const, 'th' as const] };
      const found = row(fields, '2026-01-01T00:00:00Z', zone, 60);
      expect(found).toEqual([...new Set(found)].toSorted());
      expect(found).toHaveLength(60);
      expect(found).not.toContain(null);
    }),
    { numRuns: 40 },
  );
});

import { zoneOf } from '@parley/runtime';
import { DateTime, FixedOffsetZone } from 'luxon';
import { describe, expect, it } from 'vitest';
import { Holidays, lookUp, WeekHours } from './calendar.ts';

function at(moment: string, hours: unknown, zone = 'UTC', holidays: unknown = []): string {
  const calendar = {
    hours: WeekHours.parse(hours),
    holidays: Holidays.parse(holidays),
    zone: zoneOf(zone) ?? FixedOffsetZone.utcInstance,
  };
  const { open, opensAt } = lookUp(calendar, DateTime.fromISO(moment));
  return open ? 'open' : (opensAt?.toUTC().toISO({ suppressMilliseconds: true, suppressSeconds: true }) ?? 'never');
}
const EVERY = (from: string, to: string) =>
  Object.fromEntries(['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'].map((day) => [day, [[from, to]]]));

describe('where the clocks are changed', () => {
  const night = EVERY('22:00', '04:00');
  it('a night is an hour shorter in March', () => {
    expect(at('2026-03-28T22:00Z', night, 'Europe/Lisbon')).toBe('open');
    expect(at('2026-03-29T02:59Z', night, 'Europe/Lisbon')).toBe('open'); // 03:59 on the clock
    expect(at('2026-03-29T03:00Z', night, 'Europe/Lisbon')).toBe('2026-03-29T21:00Z');
  });
  it('and an hour longer in October', () => {
    expect(at('2026-10-25T03:59Z', night, 'Europe/Lisbon')).toBe('open');
    expect(at('2026-10-25T04:00Z', night, 'Europe/Lisbon')).toBe('2026-10-25T22:00Z');
  });
  it('hours that begin in the gap begin behind it, those that begin twice begin once', () => {
    const early = EVERY('02:30', '06:00');
    expect(at('2026-03-08T06:59Z', early, 'America/New_York')).toBe('2026-03-08T07:30Z');
    const twice = EVERY('01:30', '06:00');
    expect(at('2026-11-01T05:29Z', twice, 'America/New_York')).toBe('2026-11-01T05:30Z');
    expect(at('2026-11-01T06:15Z', twice, 'America/New_York')).toBe('open');
  });
});

describe('ends and beginnings', () => {
  it('is open from the first minute and closed from the last', () => {
    const day = EVERY('09:00', '17:00');
    expect(at('2026-03-02T08:59:59.999Z', day)).toBe('2026-03-02T09:00Z');
    expect(at('2026-03-02T09:00Z', day)).toBe('open');
    expect(at('2026-03-02T16:59:59.999Z', day)).toBe('open');
    expect(at('2026-03-02T17:00Z', day)).toBe('2026-03-03T09:00Z');
  });
  it('days that touch each other have no gap', () => {
    const always = EVERY('00:00', '24:00');
    for (const moment of ['2026-03-02T00:00Z', '2026-03-02T23:59:59.999Z', '2026-03-29T01:30Z'])
      expect(at(moment, always, 'Europe/Lisbon')).toBe('open');
  });
  it('takes the earliest of several, in whatever order they are written', () =>
    expect(
      at('2026-03-02T10:00Z', {
        mo: [
          ['18:00', '20:00'],
          ['12:00', '14:00'],
        ],
      }),
    ).toBe('2026-03-02T12:00Z'));
  it('one day a week is a week ahead', () =>
    expect(at('2026-03-02T10:00Z', { mo: [['09:00', '10:00']] })).toBe('2026-03-09T09:00Z'));
  it('a holiday every year is one in each; the 29th of February only where it is', () => {
    expect(
      at('2026-12-24T18:00Z', EVERY('09:00', '17:00'), 'UTC', ['12-25', { date: '12-26', name: 'Boxing Day' }]),
    ).toBe('2026-12-27T09:00Z');
    expect(at('2028-02-29T10:00Z', EVERY('09:00', '17:00'), 'UTC', ['02-29'])).toBe('2028-03-01T09:00Z');
    expect(at('2027-02-28T18:00Z', EVERY('09:00', '17:00'), 'UTC', ['02-29'])).toBe('2027-03-01T09:00Z');
  });
  it('a holiday is a day of the zone', () =>
    expect(at('2026-03-03T02:00Z', EVERY('09:00', '23:00'), 'America/Lima', ['2026-03-02'])).toBe('2026-03-03T14:00Z'));
});

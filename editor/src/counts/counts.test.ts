import { describe, expect, it } from 'vitest';
import type { FlowCounts, JourneyStep } from '../api/counts.ts';
import { barsOf } from './bars.ts';
import { countLayer } from './count-layer.ts';
import { journeyLayer } from './journey-layer.ts';
import { completionOf, lossesOf } from './losses.ts';
import { rangeOf, unitFor } from './range.ts';

const NOW = new Date(2026, 2, 10, 12);
const own = (from: string, to: string) => ({ from, to });

describe('a range', () => {
  it('ends now, or with the last day that somebody chose', () => {
    expect(rangeOf('week', own('', ''), NOW)).toEqual({ from: new Date(2026, 2, 3, 12), to: NOW });
    const days = { from: new Date(2026, 2, 1), to: new Date(2026, 2, 3) };
    expect(rangeOf('own', own('2026-03-01', '2026-03-02'), NOW)).toEqual(days);
  });
  it.each([
    ['2026-03-02', '2026-03-01'],
    ['', '2026-03-01'],
    ['2024-01-01', '2026-03-01'],
    ['soon', 'later'],
  ])('is none from %j to %j', (from, to) => expect(rangeOf('own', own(from, to), NOW)).toBeNull());
});

const counts: FlowCounts = {
  from: '2026-03-02T00:00:00.000Z',
  to: '2026-03-02T03:30:00.000Z',
  sessions: 1_500,
  ended: { done: 300, failed: 2 },
  nodes: {
    start: { entered: 1_500, left: {}, waiting: 0 },
    ask: { entered: 1_500, left: { expired: 600, failed: 2 }, waiting: 3 },
    gone: { entered: 5, left: { stopped: 5 }, waiting: 0 },
    bye: { entered: 300, left: { done: 300 }, waiting: 0 },
  },
  ports: { 'start next': 1_500, 'ask next': 300, 'ask timeout': 595 },
  series: { unit: 'hour', points: [{ at: '2026-03-02T01:00:00.000Z', sessions: 9, entered: 7 }] },
};
const flow = {
  nodes: [{ id: 'start' }, { id: 'ask' }, { id: 'bye' }],
  edges: [
    { id: 'e1', source: 'start', sourceHandle: 'next', target: 'ask' },
    { id: 'e2', source: 'ask', sourceHandle: 'next', target: 'bye' },
  ],
};

describe('what the sums tell', () => {
  it('puts the greatest loss first, and passes over what is not on the canvas', () => {
    expect(lossesOf(counts, (node) => node !== 'gone')).toEqual([
      { node: 'ask', entered: 1_500, lost: 602, waiting: 3, share: 605 / 1_500 },
    ]);
  });
  it('knows no completion where nothing began', () => {
    expect(completionOf(counts)).toBe(0.2);
    expect(completionOf({ sessions: 0, ended: {} })).toBeNull();
  });
  it('has a bar also for an hour in which nothing happened', () => {
    const { unit, bars } = barsOf(counts);
    expect([unit, bars.map(({ count }) => count)]).toEqual(['hour', [0, 7, 0, 0]]);
  });
  it('puts the hours of a longer range together to days where the person is, whatever their length', () => {
    const point = (day: number, hour: number, entered: number) => ({
      at: new Date(2026, 2, day, hour).toISOString(),
      sessions: 0,
      entered,
    });
    // The last Sunday of March has 23 hours in Europe
    const points = [
      point(27, 9, 1),
      point(27, 23, 2),
      point(28, 0, 4),
      point(29, 1, 8),
      point(29, 23, 16),
      point(31, 0, 32),
    ];
    const from = new Date(2026, 2, 27, 9, 30).toISOString();
    const to = new Date(2026, 2, 31, 0, 30).toISOString();
    const { unit, bars } = barsOf({ from, to, series: { unit: 'hour', points } });
    expect(unit).toBe('day');
    expect(bars.map(({ at, count }) => [at.getDate(), at.getHours(), count])).toEqual([
      [27, 0, 3],
      [28, 0, 4],
      [29, 0, 24],
      [30, 0, 0],
      [31, 0, 32],
    ]);
  });
  it('keeps days of UTC where only those are kept', () => {
    const series = { unit: 'day' as const, points: [{ at: '2025-03-03T00:00:00.000Z', sessions: 1, entered: 5 }] };
    const { unit, bars } = barsOf({ from: '2025-03-02T08:00:00.000Z', to: '2025-03-06T08:00:00.000Z', series });
    expect([unit, bars.map(({ count }) => count)]).toEqual(['utcDay', [0, 5, 0, 0, 0]]);
    expect(unitFor(new Date(NOW.getTime() - 90 * 86_400_000), NOW)).toBe('hour');
    expect(unitFor(new Date(NOW.getTime() - 91 * 86_400_000), NOW)).toBe('day');
  });
  it('marks nodes, wires by their strength, and ports without a wire', () => {
    const words = {
      short: String,
      percent: (share: number) => `${Math.round(share * 100)}%`,
      entered: (count: number) => `${count} in`,
      lost: (count: number, share: string) => `${count} lost ${share}`,
      waiting: (count: number) => `${count} wait`,
      taken: (count: number, share: string) => `${count} went ${share}`,
    };
    const { nodes, edges } = countLayer(flow, counts, words);
    expect(nodes?.ask).toEqual({ tone: 'count', text: '1500 · −40%', title: '1500 in\n602 lost 40%\n3 wait' });
    expect(nodes?.gone).toBeUndefined();
    expect(edges?.e1).toEqual({ tone: 'count', text: '1500', title: '1500 went 100%', weight: 1 });
    expect(edges?.['ask timeout']).toMatchObject({ text: '595' });
  });
});

it('draws the way up to the step that is looked at', () => {
  const step = (session: string, node: string, visits: JourneyStep['visits']): JourneyStep => ({
    id: node,
    at: counts.from,
    session,
    event: { kind: 'message', text: 'hi', type: 'text', choice: null },
    visits,
    node,
    effects: [],
    handedOver: false,
    ended: null,
    fault: null,
  });
  const steps = [
    step('s0', 'bye', [{ node: 'bye', port: null }]),
    step('s1', 'ask', [
      { node: 'start', port: 'next' },
      { node: 'ask', port: null },
    ]),
    step('s1', 'bye/inner', [
      { node: 'ask', port: 'next' },
      { node: 'bye/inner', port: null },
    ]),
  ];
  expect(journeyLayer(flow, steps, 2, 'Here')).toEqual({
    nodes: { start: { tone: 'visited' }, ask: { tone: 'visited' }, bye: { tone: 'current', text: 'Here' } },
    edges: { e1: { tone: 'visited', weight: 0.25 }, e2: { tone: 'visited', weight: 1 } },
  });
  expect(journeyLayer(flow, steps, 1, 'Here').edges).toEqual({ e1: { tone: 'visited', weight: 1 } });
});

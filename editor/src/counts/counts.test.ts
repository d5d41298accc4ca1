import { describe, expect, it } from 'vitest';
import type { FlowCounts, JourneyStep } from '../api/counts.ts';
import { barsOf } from './bars.ts';
import { countLayer } from './count-layer.ts';
import { journeyLayer } from './journey-layer.ts';
import { completionOf, lossesOf } from './losses.ts';
import { rangeOf } from './range.ts';

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
    expect(barsOf(counts).map(({ count }) => count)).toEqual([0, 7, 0, 0]);
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

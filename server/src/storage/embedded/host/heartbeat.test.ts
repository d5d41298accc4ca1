import { expect, it } from 'vitest';
import { createWatch, SILENCE, TICK } from './heartbeat.ts';

/** The ticks at which the worker counted as stuck, given each tick's time and the beats seen then. */
const stuckAt = (ticks: [at: number, beats: number][]): number[] => {
  const watch = createWatch(0);
  return ticks.filter(([at, beats]) => watch.tick(at, beats)).map(([at]) => at);
};
const seconds = (from: number, to: number, beats: (second: number) => number): [number, number][] =>
  Array.from({ length: to - from + 1 }, (_, i) => [(from + i) * TICK, beats(from + i)]);

it('calls a worker stuck after the limit without a beat, not before', () => {
  expect(stuckAt(seconds(1, 30, (second) => Math.min(second, 5) * 2))[0]).toBe(5 * TICK + SILENCE);
  expect(stuckAt(seconds(1, 600, (second) => second))).toEqual([]);
});

it('counts a worker that never beat from its first look on', () => {
  expect(stuckAt(seconds(1, 30, () => 0))[0]).toBe(TICK + SILENCE);
});

it('does not mistake a blocked main thread for a stuck worker: the beats went on meanwhile', () => {
  expect(stuckAt([...seconds(1, 3, (s) => s), ...seconds(60, 65, (s) => s)])).toEqual([]);
});

it('gives a machine that slept time to wake the worker as well', () => {
  const slept = [...seconds(1, 3, (s) => s), [3_600_000, 3] as [number, number]];
  // The first ticks after the sleep see no beat yet; then the worker beats again.
  expect(stuckAt([...slept, [3_601_000, 3], [3_601_500, 4], [3_602_500, 6]])).toEqual([]);
  // A worker that stays silent is stuck at the second tick on time.
  expect(stuckAt([...slept, [3_601_000, 3], [3_602_000, 3]])).toEqual([3_602_000]);
});

it('survives the counter going around', () => {
  expect(stuckAt(seconds(1, 60, (second) => (2 ** 31 - 30 + second) | 0))).toEqual([]);
});

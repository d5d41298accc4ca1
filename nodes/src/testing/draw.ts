/** Random choices that a seed repeats. */
export interface Draw {
  /** A whole number from 0 up to, without, `limit`. */
  below(limit: number): number;
  from<Value>(list: readonly Value[]): Value;
  /** True one time in `times`. */
  one(times: number): boolean;
}

/** mulberry32: small, quick, and good enough to wander through flows. */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    from: (list) => {
      if (list.length === 0) throw new Error('there is nothing to draw from');
      return list[below(list.length)] as (typeof list)[number];
    },
    one: (times) => below(times) === 0,
  };
}

export const BEAT = 500; // ms between two beats of the worker: twenty within the limit, and no load to speak of
export const TICK = 1_000; // ms between two looks of the watcher
export const SILENCE = 10_000; // ms without a beat that make a worker stuck: no honest turn of its loop comes near
const LATE = 2 * TICK; // ms after which a tick tells more about the watcher than about the worker
const TICKS_ON_TIME = 2; // in a row, before silence counts

/** Beats in the worker, for as long as its event loop turns. Returns a function that stops it. */
export function beat(beats: SharedArrayBuffer): () => void {
  const counter = new Int32Array(beats);
  const timer = setInterval(() => Atomics.add(counter, 0, 1), BEAT).unref();
  return () => clearInterval(timer);
}

export const newBeats = (): SharedArrayBuffer => new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
export const readBeats = (beats: SharedArrayBuffer): number => Atomics.load(new Int32Array(beats), 0);

export interface Watch {
  /** To be called each `TICK` with the time in ms and the beats so far; true when the worker is stuck. */
  tick(now: number, beats: number): boolean;
}

/**
 * Tells a stuck worker from a watcher that was blocked itself, and from a machine that slept: silence counts only while
 * the watcher's own ticks come on time, for then the worker had its time too.
 */
export function createWatch(start: number): Watch {
  let lastTick = start;
  let lastBeat = start;
  let seen = -1;
  let onTime = 0;
  return {
    tick: (now, beats) => {
      onTime = now - lastTick < LATE ? onTime + 1 : 0;
      lastTick = now;
      if (beats !== seen) lastBeat = now;
      seen = beats;
      return onTime >= TICKS_ON_TIME && now - lastBeat >= SILENCE;
    },
  };
}

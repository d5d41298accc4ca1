const MOST = 40; // ms that count at once; between two looks of a script that only computes lie a few

/**
 * ms that go by between looks at it, without pauses: a browser has no clock of a thread's own work, and what a busy
 * machine made a script wait is not the script's doing.
 */
export function steadyClock(now: () => number): () => number {
  let last = now();
  let passed = 0;
  return () => {
    const at = now();
    passed += Math.min(at - last, MOST);
    last = at;
    return passed;
  };
}

import { useCallback, useLayoutEffect, useRef } from 'react';

/** The same function at every drawing, doing what the latest one gave: for what is not to draw again with each letter. */
export function useStable<Args extends unknown[]>(run: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(run);
  useLayoutEffect(() => {
    latest.current = run;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}

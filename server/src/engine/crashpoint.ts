/** Named places between two writes; a fault test kills the process there. Does nothing in normal service. */
export type Crashpoint = (name: string) => void;

export const noCrash: Crashpoint = () => undefined;

/**
 * `PARLEY_CRASH_AT="after S6"` dies there the first time, `"after S6:3"` the third. SIGKILL: nothing is flushed, no
 * handler runs, as when the machine loses its power. `"after S9:1:SIGSTOP"` pauses instead, until somebody wakes it.
 */
export function crashpointOf(setting: string | undefined): Crashpoint {
  if (!setting) return noCrash;
  const [place = '', count = '1', signal = 'SIGKILL'] = setting.split(':');
  let left = Number(count);
  return (name) => {
    if (name !== place) return;
    left--;
    if (left === 0) process.kill(process.pid, signal);
  };
}

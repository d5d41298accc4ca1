import { restoreStore } from './restore.ts';

/** Restores and is killed at the step that it is told; it is there for the tests. */
const [directory = '', from = '', last = ''] = process.argv.slice(2);
restoreStore({
  directory,
  from,
  replace: true,
  now: new Date(),
  at: (step) => {
    if (step === last) process.kill(process.pid, 'SIGKILL');
  },
});

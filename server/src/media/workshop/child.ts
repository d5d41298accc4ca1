/**
 * The process that looks into strangers' files: started by `workshop.ts`, one file at a time, ended when one takes too
 * long. What reads pictures and films is large and partly in C; if a file brings it down, this process is all that goes.
 */

import { work } from './fit.ts';
import type { Job } from './job.ts';

process.on('message', (message) => {
  const { id, job } = message as { id: number; job: Job };
  work(job).then(
    (end) => process.send?.({ id, end }),
    (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.message : 'unknown' }),
  );
});
process.on('disconnect', () => process.exit(0));

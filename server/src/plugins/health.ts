import fp from 'fastify-plugin';
import type { Connection } from 'mongoose';
import { notReady, storeUnavailable } from './errors.ts';

const ANSWER_WITHIN = 2_000; // ms; an orchestrator's probe gives up soon after

/** Set by the start and the stop; read by `/health/ready`. */
export interface Readiness {
  ready: boolean;
}

/** `live`: the process turns. `ready`: it may be sent traffic: accounts and store are there and it is not stopping. */
export const health = fp<{ connection: Connection; readiness: Readiness }>(async (app, { connection, readiness }) => {
  app.get('/health/live', { schema: { hide: true } }, async () => ({ status: 'ok' }));

  app.get('/health/ready', { schema: { hide: true } }, async () => {
    if (!readiness.ready) throw notReady();
    if (!(await answers(connection))) throw storeUnavailable();
    return { status: 'ok' };
  });
});

async function answers(connection: Connection): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWER_WITHIN);
  });
  const pinged = Promise.resolve(connection.db?.command({ ping: 1 })).then(
    (answer) => answer !== undefined,
    () => false, // why does not matter here: the 503 says that the store is away
  );
  try {
    return await Promise.race([pinged, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

import fp from 'fastify-plugin';

const SWEEP_EVERY = 100; // ms

/**
 * While the server stops, a connection closes as soon as it is idle. Node closes at once those that are idle already; one
 * whose answer was on its way would be kept for its next request, 72 s by Fastify's default, and hold up the stop.
 */
export const stopping = fp(async (app) => {
  app.addHook('preClose', async () => {
    if (!app.server.listening) return;
    const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_EVERY);
    app.server.once('close', () => clearInterval(sweep));
  });
});

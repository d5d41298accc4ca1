import { Agent, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { stopping } from './stopping.ts';

it('stops once the answers under way are given, whatever keeps its connection open for more', async () => {
  const app = fastify({ keepAliveTimeout: 0 }); // for ever
  await app.register(stopping);
  const asked = Promise.withResolvers<void>();
  const held = Promise.withResolvers<string>();
  app.get('/', () => {
    asked.resolve();
    return held.promise;
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  const answer = new Promise<number | undefined>((resolve, reject) => {
    get({ port, agent, host: '127.0.0.1' }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    }).on('error', reject);
  });
  await asked.promise;
  // The answer comes once the server has looked for idle connections
  const close = app.server.close.bind(app.server);
  app.server.close = (done) => {
    close(done);
    held.resolve('still answered');
    return app.server;
  };
  const stopped = app.close();
  expect(await answer).toBe(200);
  await stopped;
  agent.destroy();
});

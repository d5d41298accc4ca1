import { Writable } from 'node:stream';
import { fastify, LogController } from 'fastify';
import { expect, it } from 'vitest';
import { logOptions, requestLog } from './log.ts';

it('tells neither a query nor what opens a signed address', async () => {
  let written = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written += chunk;
      done();
    },
  });
  const app = fastify({
    logger: { ...logOptions('info'), stream },
    logController: new LogController({ disableRequestLogging: true }),
  });
  await app.register(requestLog);
  app.get('/media/:id/:day/:signature', () => 'x');
  app.get('/webhook', () => 'x');
  await app.inject('/media/med_1/2026-03-09/the-signature?x=1');
  await app.inject('/media/med_1/2026-03-09/the-signature/more');
  await app.inject('/webhook?hub.verify_token=the-token');
  await app.close();
  expect(written).toContain('/media/med_1/2026-03-09/...');
  expect(written).toContain('"path":"/webhook"');
  expect(written).not.toMatch(/the-signature|the-token/);
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Parley simulator</title>
<h1>Parley simulator</h1><p>The phone page is not built. Build it with <code>npm run build</code> in the project's
directory, then load this page again. The control answers under <a href="/_/state">/_/state</a>.</p></html>`;

/** The page on which a person types as the customer; looked for at every call, so that a build needs no restart. */
export const page: FastifyPluginAsync<{ directory: string }> = async (app, { directory }) => {
  await app.register(fastifyStatic, { root: join(directory, 'assets'), prefix: '/assets/' });
  app.get('/', async (_request, reply) => {
    if (!existsSync(join(directory, 'phone.html'))) return reply.type('text/html').send(NOT_BUILT);
    return reply.header('cache-control', 'no-cache').sendFile('phone.html', directory);
  });
};

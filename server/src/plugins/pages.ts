import { existsSync } from 'node:fs';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { sendProblem, unknownRoute } from './problems.ts';

/** Addresses of programs: what is unknown below them is a problem document, never the editor's page. */
const PROGRAMS = /^\/(api|webhook|health|metrics|whatsapp|assets)(\/|$)/;

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Parley</title>
<h1>Parley is running</h1>
<p>The editor is not built yet. Run <code>npm run build</code> and reload, or start with <code>npm start</code>.</p>
<p>The API is at <a href="/api/openapi.json">/api/openapi.json</a>.</p></html>`;

/** Built beside the editor, for the simulator of the providers: here it would find nothing to talk to. */
const SIMULATOR_PAGE = '/phone.html';

/** The thread of the simulator that runs authors' code. It alone may compile WebAssembly, and has nothing else to lose. */
const CODE_WORKER = /\/code-worker-[\w-]+\.js(?:\.br|\.gz)?$/;
const CODE_WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** The editor's built files, its page for every address of its own, and the headers that fence it in. */
export const pages = fp<{ editorDirectory: string; publicUrl: string }>(async (app, { editorDirectory, publicUrl }) => {
  const isHttps = publicUrl.startsWith('https:');
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"], // Mantine writes style attributes and elements
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'", 'data:'],
        workerSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isHttps, // on plain http it would lock localhost out of the browser
    referrerPolicy: { policy: 'same-origin' },
  });

  const isBuilt = existsSync(`${editorDirectory}/index.html`);
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: editorDirectory,
      index: false,
      wildcard: false,
      // The build lays `.br` and `.gz` beside each file; they have no addresses of their own
      preCompressed: true,
      globIgnore: ['**/*.br', '**/*.gz'],
      allowedPath: (path) => path !== SIMULATOR_PAGE,
      cacheControl: false,
      setHeaders: (reply, path) => {
        // Built files carry a hash in their name; the page that names them must stay fresh
        const hashed = path.startsWith(`${editorDirectory}/assets/`);
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
        if (hashed && CODE_WORKER.test(path)) reply.header('content-security-policy', CODE_WORKER_POLICY);
      },
    });
  }

  app.setNotFoundHandler((request, reply) => {
    if (!isPage(request)) return sendProblem(request, reply, unknownRoute(app, request));
    if (isBuilt) return reply.sendFile('index.html');
    return reply.type('text/html; charset=utf-8').send(NOT_BUILT);
  });
});

const isPage = (request: FastifyRequest): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') &&
  (request.headers.accept ?? '').includes('text/html') &&
  !PROGRAMS.test(request.url.split('?', 1)[0] ?? '');

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FastifyInstance, fastify } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from './pages.ts';
import { problems } from './problems.ts';

let app: FastifyInstance;
let editorDirectory: string;
beforeAll(async () => {
  editorDirectory = await mkdtemp(join(tmpdir(), 'parley-editor-'));
  await mkdir(join(editorDirectory, 'assets'));
  await writeFile(join(editorDirectory, 'index.html'), '<div id="root"></div>');
  await writeFile(join(editorDirectory, 'assets', 'main-1a2b.js'), 'start()');
  await writeFile(join(editorDirectory, 'assets', 'code-worker-1a_B.js'), 'run()');
  await writeFile(join(editorDirectory, 'assets', 'main-1a2b.js.br'), 'smaller');
  app = fastify();
  await app.register(problems);
  await app.register(pages, { editorDirectory, publicUrl: 'http://localhost:3000' });
  app.post('/tasks', async () => ({}));
});
afterAll(async () => {
  await app.close();
  await rm(editorDirectory, { recursive: true });
});

const visit = (url: string) => app.inject({ url, headers: { accept: 'text/html' } });

describe('the built editor', () => {
  it.each(['/', '/bots/flw_1', '/tasks', '/index.html'])(
    'answers at %s, and is asked for again every time',
    async (url) => {
      const page = await visit(url);
      expect(page.body).toBe('<div id="root"></div>');
      expect(page.headers['cache-control']).toBe('no-cache');
      expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    },
  );

  it('has files that browsers keep', async () => {
    const script = await app.inject('/assets/main-1a2b.js');
    expect(script.body).toBe('start()');
    expect(script.headers['cache-control']).toContain('immutable');
  });

  it('has them compressed beforehand for who takes that', async () => {
    const small = await app.inject({ url: '/assets/main-1a2b.js', headers: { 'accept-encoding': 'gzip, br' } });
    expect(small.body).toBe('smaller');
    expect(small.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': expect.stringContaining('javascript'),
      'cache-control': expect.stringContaining('immutable'),
      vary: 'accept-encoding',
    });
    expect((await app.inject('/assets/main-1a2b.js')).headers['content-encoding']).toBeUndefined();
    expect((await app.inject('/assets/main-1a2b.js.br')).statusCode).toBe(404);
  });

  it('lets WebAssembly into the thread that runs code, and nowhere else', async () => {
    const policyOf = async (url: string) => (await app.inject(url)).headers['content-security-policy'];
    expect(await policyOf('/assets/code-worker-1a_B.js')).toContain(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
    );
    expect(await policyOf('/assets/main-1a2b.js')).not.toContain('wasm');
    expect(await policyOf('/')).not.toContain('wasm');
  });

  it('is no answer to a program, nor to a file that is gone', async () => {
    for (const url of ['/assets/main-old.js', '/api/x']) expect((await visit(url)).statusCode).toBe(404);
    expect((await app.inject('/bots')).statusCode).toBe(404);
    expect((await app.inject({ method: 'PUT', url: '/tasks' })).statusCode).toBe(405);
  });

  it.each(['/../package.json', '/..%2fpackage.json', '/assets/..%2f..%2fpackage.json', '/.env'])(
    'ends at its directory: %s',
    async (url) => {
      expect((await visit(url)).body).not.toContain('"name"');
    },
  );

  it('on plain http asks for no https', async () => {
    expect((await visit('/')).headers['strict-transport-security']).toBeUndefined();
    expect((await visit('/')).headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
  });
});

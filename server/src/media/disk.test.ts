import { createHash, createHmac } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readlink, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FilesAway } from '../plugins/errors.ts';
import { bucketFiles, diskFiles, FileGone, type Files, openFiles } from './disk.ts';

const SECRET = 'a secret of the tests';
const objects = new Map<string, Buffer>();
const calls: string[] = [];
let folder: string;
let server: Server;
let places: Record<'disk' | 'bucket', Files>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-files-'));
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { status, headers = {}, answer = '' } = bucket(request, body);
      response.writeHead(status, headers).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const storage = {
    bucket: 'files',
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${port}`,
    accessKeyId: 'AKIATEST',
    secretAccessKey: SECRET,
  };
  let drafts = 0;
  const draft = () => join(folder, `draft-${++drafts}`);
  places = { disk: diskFiles(join(folder, 'files'), draft), bucket: bucketFiles(storage, draft) };
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What a bucket does, as far as it is used: it keeps bytes for whoever signs. */
function bucket(
  request: IncomingMessage,
  body: Buffer,
): { status: number; headers?: Record<string, string>; answer?: Buffer | string } {
  const url = request.url ?? '';
  calls.push(`${request.method} ${url}`);
  if (!isSigned(request, body)) return { status: 403, answer: '<Error><Code>SignatureDoesNotMatch</Code></Error>' };
  const key = new URL(url, 'http://x').pathname;
  const found = objects.get(key);
  if (request.method === 'PUT') {
    objects.set(key, body);
    return { status: 200, headers: { etag: '"1"' } };
  }
  if (request.method === 'DELETE') {
    objects.delete(key);
    return { status: 204 };
  }
  if (!found) return { status: 404, answer: '<Error><Code>NoSuchKey</Code><Message>none</Message></Error>' };
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  if (from === undefined) return { status: 200, answer: found };
  return { status: 206, answer: found.subarray(Number(from), Number(to) + 1) };
}

/** AWS Signature Version 4, as its documents write it. */
function isSigned(request: IncomingMessage, body: Buffer): boolean {
  const authorization = request.headers.authorization ?? '';
  const [, scope = '', names = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=AKIATEST\/(\S+), SignedHeaders=(\S+), Signature=(\w+)$/.exec(authorization) ?? [];
  const [date = '', region = '', service = '', end = ''] = scope.split('/');
  const url = new URL(request.url ?? '', 'http://x');
  const query = [...url.searchParams]
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .sort()
    .join('&');
  const headers = names
    .split(';')
    .map((name) => `${name}:${String(request.headers[name]).trim()}\n`)
    .join('');
  const hash = String(request.headers['x-amz-content-sha256']);
  // A stream is signed without its bytes, as they are not known yet when the headers leave
  if (hash !== sha(body) && hash !== 'UNSIGNED-PAYLOAD') return false;
  const canonical = [request.method, url.pathname, query, headers, names, hash].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha(canonical)].join('\n');
  const key = [date, region, service, end].reduce<string | Buffer>(hmac, `AWS4${SECRET}`);
  return hmac(key, toSign).toString('hex') === signature;
}
const sha = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe.each(['disk', 'bucket'] as const)('%s', (name) => {
  it('keeps, gives in parts, replaces and removes', async () => {
    const files = places[name];
    const path = files.draft();
    await writeFile(path, 'abcdefghij');
    await files.put('org_1/med_1/file', path);
    expect(await textOf(await files.read('org_1/med_1/file'))).toBe('abcdefghij');
    expect(await textOf(await files.read('org_1/med_1/file', { start: 2, end: 4 }))).toBe('cde');
    await writeFile(path, 'new');
    await files.put('org_1/med_1/file', path);
    const local = await files.local('org_1/med_1/file');
    expect(await textOf((await import('node:fs')).createReadStream(local.path) as AsyncIterable<Buffer>)).toBe('new');
    await local.done();
    await files.remove('org_1/med_1/file');
    await files.remove('org_1/med_1/file');
    await expect(files.read('org_1/med_1/file')).rejects.toThrow(FileGone);
    await expect(files.local('org_1/med_1/file')).rejects.toThrow(FileGone);
  });
});

it('keys that climb out of the folder are refused', async () => {
  const path = places.disk.draft();
  await writeFile(path, 'x');
  await expect(places.disk.put('../outside', path)).rejects.toThrow(/traversal/i);
  await expect(places.disk.read('../../etc/passwd')).rejects.toThrow(/traversal/i);
});

it('every call to the bucket is signed, and one signed with another secret is refused', async () => {
  expect(calls.length).toBeGreaterThan(5);
  const { port } = server.address() as AddressInfo;
  const other = {
    bucket: 'files',
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${port}`,
    accessKeyId: 'AKIATEST',
  };
  const files = bucketFiles({ ...other, secretAccessKey: 'wrong' }, places.disk.draft);
  const path = files.draft();
  await writeFile(path, 'x');
  await expect(files.put('a', path)).rejects.toThrow(FilesAway);
  await expect(files.read('a')).rejects.toThrow(FilesAway);
  await expect(files.local('a')).rejects.toThrow(FilesAway);
  expect(objects.has('/files/a')).toBe(false);
});

// Only Linux tells what a process holds open
it.runIf(process.platform === 'linux')('what cannot be put away is held open no longer', async () => {
  const keys = { accessKeyId: 'AKIATEST', secretAccessKey: SECRET };
  const nobody = bucketFiles(
    { bucket: 'files', region: 'eu-central-1', endpoint: 'http://127.0.0.1:9', ...keys },
    places.disk.draft,
  );
  const path = join(folder, 'held-open');
  await writeFile(path, 'x'.repeat(200_000));
  await mkdir(join(folder, 'files', 'taken'), { recursive: true });
  await expect(nobody.put('org/med/file', path)).rejects.toThrow(FilesAway);
  await expect(places.disk.put('taken', path)).rejects.toThrow();
  const open = async () => {
    const handles = await readdir('/proc/self/fd');
    const named = await Promise.all(handles.map((one) => readlink(`/proc/self/fd/${one}`).catch(() => '')));
    return named.filter((name) => name === path).length;
  };
  await expect.poll(open).toBe(0);
});

it('what a crash left in the drafts goes with the next start, what is being written stays', async () => {
  const dataDirectory = join(folder, 'data');
  const now = new Date();
  const { draft } = await openFiles({ dataDirectory, mediaStorage: null }, now);
  const [old, young] = [draft(), draft()];
  await writeFile(old, 'x');
  await writeFile(young, 'x');
  const yesterday = new Date(now.getTime() - 25 * 3_600_000);
  await utimes(old, yesterday, yesterday);
  await openFiles({ dataDirectory, mediaStorage: null }, now);
  expect(await readdir(join(dataDirectory, 'media-drafts'))).toHaveLength(1);
});

it('a bucket that falls silent holds nobody: neither before its answer nor in the middle of a file', async () => {
  const mute = createServer((request, response) => {
    request.resume();
    if (request.method === 'GET') response.writeHead(200, { 'content-length': '100' }).write('begun');
  });
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  const { port } = mute.address() as AddressInfo;
  const keys = { accessKeyId: 'AKIATEST', secretAccessKey: SECRET };
  const place = { bucket: 'files', region: 'eu-central-1', endpoint: `http://127.0.0.1:${port}`, ...keys };
  const draft = join(folder, 'mute-draft');
  const files = bucketFiles(place, () => draft, 100);
  await writeFile(join(folder, 'mute'), 'abc');
  try {
    await expect(files.put('org/med/file', join(folder, 'mute'))).rejects.toThrow();
    await expect(files.local('org/med/file')).rejects.toThrow();
    expect((await readdir(folder)).includes('mute-draft')).toBe(false);
  } finally {
    mute.closeAllConnections();
    await new Promise((resolve) => mute.close(resolve));
  }
});

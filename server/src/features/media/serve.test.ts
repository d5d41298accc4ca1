import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaRow } from '../../media/store.ts';
import * as samples from '../../media/testing/samples.ts';
import { FilesAway } from '../../plugins/errors.ts';
import { newId } from '../../storage/ids.ts';
import { type Program, startTestApp, type TestApp } from '../../testing/app.ts';
import { rangeOf } from './answer.ts';

let app: TestApp;
let acme: Program;
let other: Program;
beforeAll(async () => {
  app = await startTestApp();
  acme = await app.program();
  other = await app.program();
});
afterAll(() => app.close());

async function uploaded(file: Buffer, filename: string): Promise<{ id: string; url: string }> {
  const { payload, headers } = samples.form(file, filename);
  return (await acme.call('POST', '/api/media', payload, headers)).json();
}

const row = (given: Partial<Parameters<typeof mediaRow>[0]>) =>
  mediaRow({
    _id: newId('med'),
    organization: acme.organization,
    direction: 'INBOUND',
    contentType: 'image/jpeg',
    createdAt: app.clock.time,
    ...given,
  });

describe('a file', () => {
  it('comes with headers that fence it in', async () => {
    const { url } = await uploaded(await samples.png(), 'Zoe "a".png');
    const { headers, statusCode } = await acme.call('GET', url);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
    });
    expect(headers['content-security-policy']).toContain('sandbox');
    expect(headers['content-disposition']).toMatch(/^inline; filename="[^"]*\.png"; filename\*=UTF-8''/);
    expect((await acme.call('GET', `${url}?download=1`)).headers['content-disposition']).toMatch(/^attachment/);
  });

  it('is asked for once: the same again is 304', async () => {
    const { url } = await uploaded(samples.text(), 'a.txt');
    const etag = String((await acme.call('GET', url)).headers.etag);
    const again = await acme.call('GET', url, undefined, { 'if-none-match': `"x", W/${etag}` });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it.each([
    ['bytes=0-3', 206, 'abcd', 'bytes 0-3/10'],
    ['bytes=8-', 206, 'ij', 'bytes 8-9/10'],
    ['bytes=-3', 206, 'hij', 'bytes 7-9/10'],
    ['bytes=4-99999', 206, 'efghij', 'bytes 4-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=5-2', 200, 'abcdefghij', undefined],
    ['bytes=0-1,3-4', 200, 'abcdefghij', undefined],
    ['bytes=-', 200, 'abcdefghij', undefined],
    ['lines=1-2', 200, 'abcdefghij', undefined],
    [`bytes=0-${'9'.repeat(400)}`, 200, 'abcdefghij', undefined],
  ])('%s answers %i', async (range, status, body, said) => {
    const { url } = await uploaded(Buffer.from('abcdefghij'), 'a.txt');
    const response = await acme.call('GET', url, undefined, { range });
    expect([response.statusCode, response.body, response.headers['content-range']]).toEqual([status, body, said]);
  });

  it('is whole again where it changed since', async () => {
    const { url } = await uploaded(samples.text(), 'a.txt');
    const answer = await acme.call('GET', url, undefined, { range: 'bytes=0-1', 'if-range': '"another"' });
    expect(answer.statusCode).toBe(200);
  });

  it('tells its length to HEAD and sends nothing', async () => {
    const { url } = await uploaded(Buffer.from('abcdefghij'), 'a.txt');
    const { statusCode, headers, body } = await acme.call('HEAD', url);
    expect([statusCode, headers['content-length'], body]).toEqual([200, '10', '']);
  });

  it('has a thumbnail if it is a picture', async () => {
    const { url } = await uploaded(await samples.jpeg(900, 600), 'a.jpg');
    const small = await acme.call('GET', `${url}?thumbnail=1`);
    expect(small.headers['content-type']).toBe('image/webp');
    expect(small.rawPayload.subarray(8, 12).toString()).toBe('WEBP');
    const text = await uploaded(samples.text(), 'a.txt');
    expect((await acme.call('GET', `${text.url}?thumbnail=1`)).statusCode).toBe(404);
  });

  it('is removed with what lies on the disk', async () => {
    const { url } = await uploaded(samples.text(), 'a.txt');
    expect((await acme.call('DELETE', url)).statusCode).toBe(204);
    expect((await acme.call('GET', url)).statusCode).toBe(404);
    expect((await acme.call('DELETE', url)).statusCode).toBe(404);
  });

  it('whose bucket is away says so, and can be asked for and removed later', async () => {
    const { url } = await uploaded(samples.text(), 'a.txt');
    const { read, remove } = app.media.files;
    const away = () => Promise.reject(new FilesAway('the bucket did not answer'));
    Object.assign(app.media.files, { read: away, remove: away });
    for (const method of ['GET', 'DELETE'] as const) {
      const answer = await acme.call(method, url);
      expect(answer.json()).toMatchObject({ status: 503, code: 'store_unavailable' });
      expect(answer.headers['retry-after']).toBeDefined();
      expect(answer.headers['content-disposition']).toBeUndefined();
    }
    Object.assign(app.media.files, { read, remove });
    expect((await acme.call('GET', url)).statusCode).toBe(200);
    expect((await acme.call('DELETE', url)).statusCode).toBe(204);
  });
});

describe('who may have it', () => {
  it('nobody of another organization: as if it were not there', async () => {
    const { url } = await uploaded(samples.text(), 'a.txt');
    const [foreign, unknown] = [await other.call('GET', url), await other.call('GET', '/api/media/med_nothing')];
    const told = ({ requestId, instance, ...rest }: Record<string, unknown>) => rest;
    expect(told(foreign.json())).toEqual(told(unknown.json()));
    expect(foreign.statusCode).toBe(404);
    expect((await other.call('DELETE', url)).statusCode).toBe(404);
    expect((await acme.call('GET', url)).statusCode).toBe(200);
  });

  it('nobody without the right to read chats', async () => {
    const { url } = await uploaded(samples.text(), 'a.txt');
    const { call } = await app.program({ scopes: ['whatsapp_bot:view'], organization: acme.organization });
    expect((await call('GET', url)).statusCode).toBe(403);
    expect((await app.app.inject(url)).statusCode).toBe(401);
  });

  it.each(['../../../etc/passwd', '%2e%2e%2fsecret.key', 'med_%00', 'med_01/../x'])('%s leads nowhere', async (id) => {
    expect([400, 404]).toContain((await acme.call('GET', `/api/media/${id}`)).statusCode);
  });
});

describe('a signed address', () => {
  const path = (url: string) => url.replace('https://bots.example.com', '');

  it('gives that file to whoever holds it, without a session', async () => {
    const { id } = await uploaded(Buffer.from('abcdefghij'), 'a.txt');
    const url = path(app.media.address.of(id));
    expect((await app.app.inject(url)).body).toBe('abcdefghij');
    const head = await app.app.inject({ method: 'HEAD', url });
    expect([head.statusCode, head.headers['content-length']]).toEqual([200, '10']);
    expect((await app.app.inject({ url, headers: { range: 'bytes=1-2' } })).body).toBe('bc');
  });

  it('gives no other file, no other day, and nothing when it is over', async () => {
    const { id } = await uploaded(samples.text(), 'a.txt');
    const { id: second } = await uploaded(samples.text(), 'b.txt');
    const url = path(app.media.address.of(id));
    const [, , , day = '', signature = ''] = url.split('/');
    const status = async (at: string) => (await app.app.inject(at)).statusCode;
    expect(await status(`/media/${second}/${day}/${signature}`)).toBe(404);
    expect(await status(`/media/${id}/2030-01-01/${signature}`)).toBe(404);
    expect(await status(`/media/${id}/${day}/${signature.slice(1)}`)).toBe(404);
    expect(await status(`/media/${id}/${day}/`)).toBe(404);
    const before = app.clock.time;
    app.clock.time = new Date(before.getTime() + 8 * 24 * 3_600_000);
    expect(await status(url)).toBe(404);
    app.clock.time = before;
    expect(await status(url)).toBe(200);
  });
});

describe('a file that is not here', () => {
  it.each([
    ['pending', null, 409, 'media_pending'],
    ['failed', 'WhatsApp does not have the file any more.', 410, 'media_gone'],
    ['refused', 'The file has more than 100 MB.', 410, 'media_gone'],
  ] as const)('%s', async (state, reason, status, code) => {
    const given = row({ state, reason });
    await app.media.media.add(given);
    const answer = await acme.call('GET', `/api/media/${given._id}`);
    expect(answer.json()).toMatchObject({ status, code, ...(reason && { detail: reason }) });
    if (state === 'pending') expect(answer.headers['retry-after']).toBe('5');
  });

  it('was lost on the disk', async () => {
    const given = row({ state: 'ready', key: 'org/med/file', size: 5, sha256: 'ab' });
    await app.media.media.add(given);
    const answer = await acme.call('GET', `/api/media/${given._id}`);
    expect(answer.json()).toMatchObject({ status: 410, code: 'media_gone' });
    expect(answer.headers['cache-control']).toBeUndefined();
  });

  it('came with a message, and stays with it', async () => {
    const given = row({ message: 'msg_1' });
    await app.media.media.add(given);
    expect((await acme.call('DELETE', `/api/media/${given._id}`)).json()).toMatchObject({ code: 'media_received' });
  });
});

it.each(['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/javascript', 'application/xml'])(
  'what a browser would run, %s, is only ever saved',
  async (contentType) => {
    const { id, url } = await uploaded(samples.text(), 'a.txt');
    const found = await app.media.media.find(acme.organization, id);
    const evil = row({ contentType, state: 'ready', key: found?.key ?? null, size: 1, filename: 'x.html' });
    await app.media.media.add(evil);
    const { headers } = await acme.call('GET', url.replace(id, evil._id));
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['content-disposition']).toMatch(/^attachment/);
  },
);

it('ranges of an empty file are never satisfied', () => expect(rangeOf('bytes=0-', 0)).toBe('unsatisfiable'));

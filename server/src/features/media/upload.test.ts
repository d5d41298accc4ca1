import { readdir } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { heic } from '../../media/testing/heic.ts';
import * as samples from '../../media/testing/samples.ts';
import { type Program, startTestApp, type TestApp } from '../../testing/app.ts';

let app: TestApp;
let acme: Program;
beforeAll(async () => {
  app = await startTestApp();
  acme = await app.program();
});
afterAll(() => app.close());

async function upload(file: Buffer, filename: string, fields: Record<string, string> = {}, type?: string) {
  const { payload, headers } = samples.form(file, filename, fields, type);
  return acme.call('POST', '/api/media', payload, headers);
}
const OFFICE = 'application/vnd.openxmlformats-officedocument';

describe('what WhatsApp takes', () => {
  it.each([
    ['a.jpg', 'image/jpeg', () => samples.jpeg()],
    ['a.png', 'image/png', () => samples.png()],
    ['a.mp4', 'video/mp4', samples.mp4],
    ['a.3gp', 'video/3gpp', samples.threeGp],
    ['a.aac', 'audio/aac', samples.aac],
    ['a.amr', 'audio/amr', samples.amr],
    ['a.mp3', 'audio/mpeg', samples.mp3],
    ['a.m4a', 'audio/mp4', samples.m4a],
    ['a.ogg', 'audio/ogg', () => samples.oggVoice()],
    ['a.pdf', 'application/pdf', samples.pdf],
    ['a.txt', 'text/plain', samples.text],
    ['a.csv', 'text/plain', samples.text],
    ['a.doc', 'application/msword', samples.oldOffice],
    ['a.xls', 'application/vnd.ms-excel', samples.oldOffice],
    ['a.ppt', 'application/vnd.ms-powerpoint', samples.oldOffice],
    ['a.docx', `${OFFICE}.wordprocessingml.document`, () => samples.office('word/document')],
    ['a.xlsx', `${OFFICE}.spreadsheetml.sheet`, () => samples.office('xl/workbook')],
    ['a.pptx', `${OFFICE}.presentationml.presentation`, () => samples.office('ppt/presentation')],
  ])('%s goes as it is', async (filename, contentType, make) => {
    const file = await make();
    const response = await upload(file, filename);
    expect(response.json()).toMatchObject({ contentType, filename, size: file.length, note: null });
    expect(response.statusCode).toBe(201);
    const { url } = response.json<{ url: string }>();
    expect(response.headers.location).toBe(url);
    const got = await acme.call('GET', url);
    expect(got.rawPayload.equals(file)).toBe(true);
  });

  it('a sticker of 512 x 512 stays webp', async () => {
    const file = await samples.webp();
    expect((await upload(file, 's.webp', { as: 'sticker' })).json()).toMatchObject({
      contentType: 'image/webp',
      size: file.length,
    });
    expect((await upload(await samples.movingWebp(), 's.webp', { as: 'sticker' })).statusCode).toBe(201);
  });
});

describe('what is turned into it', () => {
  it.each([
    ['a GIF that stands still', 'a.gif', samples.gif, {}, 'image/png', 'a.png'],
    ['a photo of an iPhone', 'IMG_1.HEIC', async () => heic(), {}, 'image/jpeg', 'IMG_1.jpg'],
    ['a HEIC as a sticker', 'a.heic', async () => heic(), { as: 'sticker' }, 'image/webp', 'a.webp'],
    ['a webp', 'a.webp', () => samples.webp(), {}, 'image/jpeg', 'a.jpg'],
    ['a webp to see through', 'a.webp', samples.clearWebp, {}, 'image/png', 'a.png'],
    ['a PNG of 16 bits', 'a.png', samples.deepPng, {}, 'image/png', 'a.png'],
    ['a JPEG for print', 'a.jpg', samples.printJpeg, {}, 'image/jpeg', 'a.jpg'],
    ['a MOV', 'a.mov', samples.mov, {}, 'video/mp4', 'a.mp4'],
    ['a recording of a browser', 'a.webm', samples.webmVoice, {}, 'audio/ogg', 'a.ogg'],
    ['a picture as a sticker', 'a.png', () => samples.png(), { as: 'sticker' }, 'image/webp', 'a.webp'],
    ['a PDF that is a picture', 'a.pdf', () => samples.png(), {}, 'image/png', 'a.png'],
  ])('%s', async (_what, filename, make, fields, contentType, named) => {
    const response = await upload(await make(), filename, fields as Record<string, string>);
    expect(response.json()).toMatchObject({ contentType, filename: named });
  });

  it('a picture of 12 MB becomes one below 5 MB', async () => {
    const response = await upload(await samples.noisyPng(2_000), 'large.png');
    const body = response.json<{ size: number; note: string; contentType: string }>();
    expect(body.contentType).toBe('image/png');
    expect(body.size).toBeLessThanOrEqual(5 * 1024 * 1024);
    expect(body.note).toContain('made smaller');
  });

  it('tells how long a recording plays', async () => {
    const { duration } = (await upload(await samples.webmVoice(), 'a.webm')).json<{ duration: number }>();
    expect(duration).toBeCloseTo(0.06, 1);
  });
});

describe('what is refused', () => {
  it.each([
    ['a page', 'a.html', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a page that says it is a text', 'a.txt', Buffer.from('<html><body>')],
    ['a drawing', 'a.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a drawing with a declaration', 'a.png', Buffer.from('<?xml version="1.0"?><svg/>')],
    ['a script', 'run.sh', Buffer.from('#!/bin/sh\nrm -rf /\n')],
    ['a script by its name', 'run.js', Buffer.from('alert(1)')],
    ['a program', 'a.jpg', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
    ['a zip', 'a.zip', samples.zip([['a', Buffer.alloc(10)]])],
    ['bytes without meaning', 'a.pdf', Buffer.from([0, 1, 2, 3, 4, 250, 251])],
    ['half a picture', 'a.jpg', Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex')],
    ['half a film', 'a.mp4', Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex')],
    ['an old container without a name', 'a', samples.oldOffice()],
    ['nothing', 'a.txt', Buffer.alloc(0)],
  ])('%s', async (_what, filename, file) => {
    const response = await upload(file, filename);
    expect(response.json()).toMatchObject({ status: 422, code: 'attachment_type', errors: [{ path: '/file' }] });
  });

  it.each([
    ['a film in VP8', samples.webmFilm, 'VP8'],
    ['a film in HEVC', samples.hevcMp4, 'HEVC'],
    ['a recording in stereo', () => samples.oggVoice(2), '2 channels'],
    ['a moving GIF without ffmpeg', samples.movingGif, 'ffmpeg'],
  ])('%s, naming the remedy', async (_what, make, word) => {
    const response = await upload(await make(), 'a.bin');
    expect(response.json()).toMatchObject({ status: 422, code: 'attachment_type' });
    expect(response.json<{ detail: string }>().detail).toContain(word);
  });

  it.each([
    ['a film as an image', samples.mp4, 'image'],
    ['a PDF as audio', async () => samples.pdf(), 'audio'],
    ['a sticker of another size', () => samples.webp(300, 300), 'sticker'],
  ])('%s', async (_what, make, as) => {
    expect((await upload(await make(), 'a', { as })).json()).toMatchObject({ code: 'attachment_type' });
  });

  it('forms that are none', async () => {
    const { headers } = samples.form(Buffer.alloc(1), 'a');
    const broken = await acme.call('POST', '/api/media', Buffer.from('--parley-test-boundary\r\nnonsense'), headers);
    expect(broken.json()).toMatchObject({ status: 400, code: 'bad_request' });
    expect((await acme.call('POST', '/api/media', { file: 'x' })).statusCode).toBe(415);
    expect((await upload(samples.text(), 'a.txt', { as: 'poster' })).statusCode).toBe(422);
    const other = samples.form(samples.text(), 'a.txt');
    const renamed = Buffer.from(other.payload.toString('latin1').replace('name="file"', 'name="picture"'), 'latin1');
    expect((await acme.call('POST', '/api/media', renamed, other.headers)).json()).toMatchObject({
      errors: [{ path: '/file' }],
    });
  });

  it('callers who may not send', async () => {
    const reader = await app.program({ scopes: ['whatsapp_chat:view'] });
    const { payload, headers } = samples.form(samples.text(), 'a.txt');
    expect((await reader.call('POST', '/api/media', payload, headers)).statusCode).toBe(403);
    expect((await app.app.inject({ method: 'POST', url: '/api/media', payload, headers })).statusCode).toBe(401);
  });
});

describe('names', () => {
  it.each([
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['C:\\\\Users\\\\me\\\\note.txt', 'note.txt'],
    ['a\u202etxt.exe.txt', 'atxt.exe.txt'],
    ['..', 'file.txt'],
    ['x'.repeat(400), `${'x'.repeat(120)}.txt`],
    ['Gruesse Zoe.txt', 'Gruesse Zoe.txt'],
  ])('%s is kept as %s', async (given, kept) => {
    expect((await upload(samples.text(), given)).json()).toMatchObject({ filename: kept });
  });
});

it('the same key gives the same file again, and another file under it is refused', async () => {
  const send = (file: Buffer) => {
    const { payload, headers } = samples.form(file, 'a.txt');
    return acme.call('POST', '/api/media', payload, { ...headers, 'idempotency-key': 'once' });
  };
  const first = await send(samples.text());
  const second = await send(samples.text());
  expect(second.json()).toEqual(first.json());
  expect((await send(Buffer.from('another text'))).json()).toMatchObject({ code: 'idempotency_key_reused' });
});

describe('over a real connection', () => {
  it('101 MB are refused without waiting for the rest, and leave nothing behind', async () => {
    const at = await app.app.listen({ port: 0, host: '127.0.0.1' });
    const { payload, headers } = samples.form(Buffer.alloc(0), 'a.pdf');
    const [head = '', tail = ''] = payload.toString().split('\r\n\r\n');
    const megabyte = Buffer.alloc(1024 * 1024, 37);
    let sent = 0;
    const body = async function* () {
      yield Buffer.from(`${head}\r\n\r\n`);
      for (; sent < 400; sent += 1) yield megabyte;
      yield Buffer.from(tail);
    };
    const authorization = `Bearer ${acme.key}`;
    const given = { method: 'POST', headers: { ...headers, authorization }, body: Readable.from(body()) } as const;
    const { statusCode, body: answer } = await request(`${at}/api/media`, given);
    expect(await answer.json()).toMatchObject({ code: 'attachment_too_large' });
    expect(statusCode).toBe(422);
    expect(sent).toBeLessThan(200);
    expect(await readdir(dirname(app.media.files.draft()))).toEqual([]);
  });

  it('one who goes away in the middle leaves nothing behind', async () => {
    const { payload, headers } = samples.form(Buffer.alloc(500_000, 37), 'a.pdf');
    const { port } = app.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    const lines = [
      'POST /api/media HTTP/1.1',
      'host: x',
      `authorization: Bearer ${acme.key}`,
      `content-length: ${payload.length}`,
    ];
    socket.write(`${lines.join('\r\n')}\r\ncontent-type: ${headers['content-type']}\r\n\r\n`);
    socket.write(payload.subarray(0, 200_000));
    const drafts = dirname(app.media.files.draft());
    await vi.waitUntil(async () => (await readdir(drafts)).length === 1);
    socket.destroy();
    await vi.waitUntil(async () => (await readdir(drafts)).length === 0);
  });
});

it('a full disk is told as one', async () => {
  const { put } = app.media.files;
  app.media.files.put = () => {
    const cause = Object.assign(new Error('write'), { code: 'ENOSPC' });
    return Promise.reject(new Error('cannot write', { cause }));
  };
  const answer = await upload(samples.text(), 'a.txt');
  app.media.files.put = put;
  expect(answer.json()).toMatchObject({ status: 503, code: 'store_unavailable' });
  expect(answer.headers['retry-after']).toBeDefined();
});

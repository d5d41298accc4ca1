import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heic } from '../testing/heic.ts';
import * as samples from '../testing/samples.ts';
import { encodeGif, findEncoder } from './encoder.ts';
import type { Job, JobEnd } from './job.ts';
import { createWorkshop, WorkFailed, type Workshop } from './workshop.ts';

let folder: string;
let workshop: Workshop;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-workshop-'));
  workshop = createWorkshop();
});
afterAll(async () => {
  await workshop.stop();
  await rm(folder, { recursive: true, force: true });
});

let files = 0;
async function jobOn(bytes: Buffer, kind: Job['kind'] = 'fit', filename: string | null = null): Promise<Job> {
  const path = join(folder, `file-${++files}`);
  await writeFile(path, bytes);
  return { kind, path, to: `${path}.to`, thumbnail: `${path}.thumbnail`, filename, as: null };
}
const fit = async (bytes: Buffer, filename?: string): Promise<JobEnd> =>
  workshop.run(await jobOn(bytes, 'fit', filename));

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
/** A picture of a few hundred bytes that says it has so many pixels. */
function bombPng(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const mark = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    mark,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(3_000_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
/** The screen of a GIF may be 65,535 wide, whatever its picture is. */
function bombGif(): Buffer {
  const bytes = Buffer.from('GIF89a', 'latin1');
  return Buffer.concat([
    bytes,
    Buffer.from('ffffffff80000000000000ffff', 'hex'),
    Buffer.from('2c00000000ffffffff0002024c01003b', 'hex'),
  ]);
}

describe('hostile files', () => {
  it.each([
    ['a picture of 900 megapixels in 3 kB', bombPng(30_000)],
    ['a picture of 3,600 terapixels', bombPng(2_000_000_000)],
    ['a GIF of 65,535 x 65,535', bombGif()],
    ['a HEIC that announces 1,600 megapixels', heic(40_000)],
  ])('%s is refused before it is unpacked', async (_what, bytes) => {
    expect(await fit(bytes)).toMatchObject({ kind: 'refused' });
    expect(await workshop.run(await jobOn(bytes, 'look'))).toMatchObject({ kind: 'done', facts: { thumbnail: false } });
  });

  it('a moving GIF whose small frames stand on a vast canvas is kept from the encoder', async () => {
    const moving = await samples.movingGif();
    expect(await fit(moving)).toEqual({ kind: 'needs-encoder' });
    moving.writeUInt16LE(65_535, 6);
    moving.writeUInt16LE(16_000, 8);
    expect(await fit(moving)).toMatchObject({ kind: 'refused', code: 'attachment_too_large' });
  });

  it('a zip of death is a zip, and nothing is unpacked', async () => {
    const bomb = samples.zip([
      ['a.bin', Buffer.alloc(64 * 1024 * 1024)],
      ['[Content_Types].xml', Buffer.alloc(32 * 1024 * 1024, 60)],
    ]);
    expect(await fit(bomb, 'a.docx')).toMatchObject({ kind: 'refused', code: 'attachment_type' });
  });

  it('a picture that is also a page stays a picture', async () => {
    const both = Buffer.concat([await samples.jpeg(), Buffer.from('<html><script>alert(1)</script>')]);
    expect(await fit(both, 'a.html')).toMatchObject({ kind: 'done', facts: { contentType: 'image/jpeg' } });
  });

  it('a picture that is also a zip stays a picture', async () => {
    const both = Buffer.concat([await samples.png(), samples.zip([['evil.js', Buffer.from('x')]])]);
    expect(await fit(both)).toMatchObject({ facts: { contentType: 'image/png' } });
  });

  it('drawings, film lists and what reads other files are never opened', async () => {
    for (const text of [
      '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
      '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n',
      'ffconcat version 1.0\nfile /etc/passwd\n',
    ]) {
      const end = await fit(Buffer.from(text), 'a.png');
      if (end.kind === 'done') expect(end.facts).toMatchObject({ contentType: 'text/plain', thumbnail: false });
      else expect(end).toMatchObject({ kind: 'refused' });
    }
  });

  it('half of every sample is refused or kept, and the process lives', async () => {
    const all = [
      samples.jpeg(),
      samples.png(),
      samples.webp(),
      samples.movingGif(),
      samples.mp4(),
      samples.mov(),
      samples.oggVoice(),
      samples.webmVoice(),
      samples.m4a(),
    ];
    await fit(samples.text());
    const pid = workshop.pid();
    for (const whole of await Promise.all(all)) {
      for (const part of [0.1, 0.3, 0.5, 0.9]) {
        const cut = whole.subarray(0, Math.floor(whole.length * part));
        expect(['refused', 'done', 'needs-encoder']).toContain((await fit(cut)).kind);
        expect((await workshop.run(await jobOn(cut, 'look'))).kind).toBe('done');
      }
    }
    expect(workshop.pid()).toBe(pid);
  });

  it('bytes turned at random are refused or kept, and the process lives', async () => {
    let state = 7;
    const next = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return (state >> 8) % below;
    };
    const all = await Promise.all([
      samples.jpeg(64, 64),
      samples.png(64, 64),
      samples.webp(64, 64),
      samples.mp4(),
      samples.oggVoice(),
      samples.webmVoice(),
      samples.mp3(),
      samples.office('word/document'),
    ]);
    for (let round = 0; round < 80; round += 1) {
      const bytes = Buffer.from(all[round % all.length] ?? Buffer.alloc(1));
      for (let turns = 0; turns < 8; turns += 1) bytes[next(bytes.length)] = next(256);
      expect(['refused', 'done', 'needs-encoder']).toContain((await fit(bytes)).kind);
    }
  }, 60_000);
});

describe('the process', () => {
  it('that dies takes only its own file with it', async () => {
    const own = createWorkshop();
    await own.run(await jobOn(samples.text()));
    const under = own.run(await jobOn(await samples.noisyPng(2_000)));
    const next = own.run(await jobOn(samples.pdf()));
    process.kill(own.pid() ?? 0, 'SIGKILL');
    await expect(under).rejects.toThrow(WorkFailed);
    expect(await next).toMatchObject({ kind: 'done', facts: { contentType: 'application/pdf' } });
    await own.stop();
  });

  it('that takes too long is ended', async () => {
    const child = join(folder, 'sleeper.ts');
    await writeFile(child, "process.on('message', () => {}); process.on('disconnect', () => process.exit());");
    const own = createWorkshop({ patience: 50, child });
    await expect(own.run(await jobOn(samples.text()))).rejects.toThrow(WorkFailed);
    await own.stop();
  });

  it('that cannot be started says so', async () => {
    const own = createWorkshop({ child: join(folder, 'nothing.ts') });
    await expect(own.run(await jobOn(samples.text()))).rejects.toThrow(WorkFailed);
    await own.stop();
  });

  it('sees nothing of our environment', async () => {
    const child = join(folder, 'teller.ts');
    await writeFile(
      child,
      "process.on('message', ({ id }) => process.send({ id, error: JSON.stringify(process.env) }));",
    );
    const own = createWorkshop({ child });
    await expect(own.run(await jobOn(samples.text()))).rejects.toThrow(/^{}$/);
    await own.stop();
  });
});

describe('ffmpeg', () => {
  it('is found where it may be run, and nowhere else', async () => {
    const file = join(folder, 'ffmpeg');
    await writeFile(file, '#!/bin/sh\n', { mode: 0o644 });
    expect(await findEncoder(folder)).toBeNull();
    expect(await findEncoder('')).toBeNull();
    await rm(file);
    await writeFile(file, '#!/bin/sh\nfor last; do :; done\necho film > "$last"\n', { mode: 0o755 });
    expect(await findEncoder(`/nowhere:${folder}`)).toBe(file);
    const to = join(folder, 'film.mp4');
    expect(await encodeGif(file, 'x.gif', to)).toBe(true);
    expect((await stat(to)).size).toBe(5);
    expect(await encodeGif(join(folder, 'no-such'), 'x.gif', to)).toBe(false);
  });
});

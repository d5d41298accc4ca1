import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InboundFile } from '../channels/whatsapp/inbound.ts';
import { createChannelStore } from '../features/channels/store.ts';
import { AddressRefused } from '../services/http.ts';
import type { Channel } from '../storage/channel.ts';
import { newId } from '../storage/ids.ts';
import { type Program, startTestApp, type TestApp } from '../testing/app.ts';
import { endOf } from './fetch-job.ts';
import type { Media } from './store.ts';
import * as samples from './testing/samples.ts';
import { createWeb } from './web.ts';

let app: TestApp;
let acme: Program;
let meta: Channel;
let twilio: Channel;

beforeAll(async () => {
  app = await startTestApp();
  acme = await app.program();
  const channels = createChannelStore(app.connection, app.keyring, () => app.clock.time);
  const number = { organization: acme.organization, name: 'Support', messagingServiceSid: null };
  meta = await channels.create({
    ...number,
    id: newId('chn'),
    provider: 'meta',
    phoneNumberId: '106540352242922',
    businessAccountId: '102290129340398',
    accountSid: null,
    address: null,
    secrets: { accessToken: 'meta-token', appSecret: 'x', verifyToken: 'y' },
  });
  twilio = await channels.create({
    ...number,
    id: newId('chn'),
    provider: 'twilio',
    phoneNumberId: null,
    businessAccountId: null,
    accountSid: 'AC1',
    address: '+14155238886',
    secrets: { authToken: 'twilio-token' },
  });
});
afterAll(() => app.close());

const requests: { url: string; authorization: string | null }[] = [];
type Face = (url: URL) => Promise<Response> | Response;
const note = (url: URL, init?: RequestInit) =>
  requests.push({ url: url.href, authorization: new Headers(init?.headers).get('authorization') });

function graph(face: Face): void {
  app.provider.graph = async (url, init) => {
    note(url, init);
    return face(url);
  };
}
const webSays = (status: number, body: Buffer | string, location: string | null = null) => {
  app.provider.files = async (url) => {
    requests.push({ url, authorization: null });
    return { status, location, contentType: null, filename: null, body: Readable.from([Buffer.from(body)]) };
  };
};

beforeEach(() => {
  requests.length = 0;
  app.clock.time = new Date('2026-03-02T09:00:00.000Z');
  webSays(404, '');
});

const file = (given: Partial<InboundFile>): InboundFile => ({
  id: null,
  url: null,
  contentType: null,
  filename: null,
  sha256: null,
  voice: false,
  animated: false,
  ...given,
});

async function received(channel: Channel, given: Partial<InboundFile>): Promise<Media> {
  const message = newId('msg');
  const request = { organization: acme.organization, channel, conversation: 'cnv_1', message, files: [file(given)] };
  const [kept] = await app.media.keepFiles(request);
  await app.media.settle();
  return look(kept?.id ?? '');
}
async function look(id: string): Promise<Media> {
  const found = await app.media.media.find(acme.organization, id);
  if (!found) throw new Error('no such file');
  return found;
}
/** One more try, as late as the last one asked for. */
async function later({ id, nextAt }: Media): Promise<Media> {
  app.clock.time = nextAt ?? app.clock.time;
  await app.media.settle();
  return look(id);
}
const sha = (bytes: Buffer, as: 'hex' | 'base64') => createHash('sha256').update(bytes).digest(as);

/** What Meta answers for one file: where it is, then the file itself. */
function metaHolds(bytes: Buffer, info: object = {}, url = 'https://lookaside.fbsbx.com/whatsapp?mid=1'): void {
  graph((asked) =>
    asked.host === 'graph.test'
      ? Response.json({ url, mime_type: 'image/jpeg', ...info })
      : new Response(new Uint8Array(bytes)),
  );
}

describe('from Meta', () => {
  it.each(['hex', 'base64'] as const)('comes with the token, checked by its %s check sum', async (as) => {
    const picture = await samples.jpeg(640, 480);
    metaHolds(picture);
    const kept = await received(meta, { id: '1013', contentType: 'image/jpeg', sha256: sha(picture, as) });
    expect(kept).toMatchObject({
      state: 'ready',
      contentType: 'image/jpeg',
      filename: 'image.jpg',
      size: picture.length,
      width: 640,
      height: 480,
    });
    expect(kept.thumbnailKey).not.toBeNull();
    expect(requests).toEqual([
      { url: 'https://graph.test/v24.0/1013?phone_number_id=106540352242922', authorization: 'Bearer meta-token' },
      { url: 'https://lookaside.fbsbx.com/whatsapp?mid=1', authorization: 'Bearer meta-token' },
    ]);
    const got = await acme.call('GET', `/api/media/${kept.id}`);
    expect(got.rawPayload.equals(picture)).toBe(true);
  });

  it('is what its bytes say, not what the provider says', async () => {
    metaHolds(Buffer.from('<html><script>1</script>'));
    const kept = await received(meta, { id: '1', contentType: 'image/jpeg', filename: 'cat.jpg' });
    expect(kept).toMatchObject({ state: 'ready', contentType: 'text/html', thumbnailKey: null });
    const { headers } = await acme.call('GET', `/api/media/${kept.id}`);
    expect([headers['content-type'], headers['content-disposition']?.toString().split(';')[0]]).toEqual([
      'application/octet-stream',
      'attachment',
    ]);
  });

  it('a voice note plays in parts', async () => {
    const voice = await samples.oggVoice();
    metaHolds(voice);
    const kept = await received(meta, { id: '1', contentType: 'audio/ogg; codecs=opus', voice: true });
    expect(kept).toMatchObject({ contentType: 'audio/ogg', filename: 'voice-note.ogg', voice: true });
    expect(kept.duration).toBeGreaterThan(0);
    const part = await acme.call('GET', `/api/media/${kept.id}`, undefined, { range: 'bytes=0-3' });
    expect([part.statusCode, part.body, part.headers['content-type']]).toEqual([206, 'OggS', 'audio/ogg']);
  });

  it('asks for a new address each time, and gives up where it is gone', async () => {
    graph((url) =>
      url.host === 'graph.test'
        ? Response.json({ url: 'https://lookaside.fbsbx.com/x' })
        : new Response('', { status: 404 }),
    );
    let kept = await received(meta, { id: '1' });
    expect(kept).toMatchObject({ state: 'pending', attempts: 1, nextAt: new Date('2026-03-02T09:00:05.000Z') });
    for (let tries = 0; tries < 4; tries += 1) kept = await later(kept);
    expect(kept).toMatchObject({ state: 'failed', attempts: 5, nextAt: null });
    expect(requests.filter(({ url }) => url.includes('graph.test'))).toHaveLength(5);
    expect((await acme.call('GET', `/api/media/${kept.id}`)).json()).toMatchObject({ code: 'media_gone' });
  });

  it('waits while the token is wrong, and comes once it is right', async () => {
    graph(() => Response.json({ error: { code: 190, message: 'expired' } }, { status: 401 }));
    const kept = await received(meta, { id: '1' });
    expect(kept.state).toBe('pending');
    expect(kept.reason).not.toContain('meta-token');
    metaHolds(samples.pdf());
    expect(await later(kept)).toMatchObject({ state: 'ready', reason: null, contentType: 'application/pdf' });
  });

  it('keeps nothing whose check sum differs', async () => {
    metaHolds(samples.pdf());
    const kept = await received(meta, { id: '1', sha256: sha(samples.text(), 'base64') });
    expect(kept).toMatchObject({ state: 'pending', key: null });
  });

  it.each([
    'https://fbsbx.com.evil.example/x',
    'https://evilfbsbx.com/x',
    'http://lookaside.fbsbx.com/x',
    'https://lookaside.fbsbx.com:8443/x',
  ])('gives the token to nobody else: %s', async (url) => {
    metaHolds(samples.pdf(), {}, url);
    webSays(200, samples.pdf());
    expect((await received(meta, { id: '1' })).state).toBe('ready');
    expect(requests.at(-1)).toEqual({ url, authorization: null });
  });

  it('announced as too large, is not asked for', async () => {
    metaHolds(samples.pdf(), { file_size: '120000000' });
    expect(await received(meta, { id: '1' })).toMatchObject({
      state: 'refused',
      reason: 'The file has more than 100 MB.',
    });
    expect(requests).toHaveLength(1);
  });

  it('stops at 101 MB of a stream without an end', async () => {
    let sent = 0;
    const megabyte = new Uint8Array(1024 * 1024);
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(megabyte);
      },
    });
    graph((url) =>
      url.host === 'graph.test' ? Response.json({ url: 'https://lookaside.fbsbx.com/x' }) : new Response(endless),
    );
    expect(await received(meta, { id: '1' })).toMatchObject({ state: 'refused', key: null });
    expect(sent).toBeLessThan(110);
  });
});

describe('from Twilio', () => {
  const url = 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1';

  it('follows the redirect without the credentials', async () => {
    graph(() => new Response('', { status: 307, headers: { location: 'https://mms.twiliocdn.com/AC1/x.jpg?sig=1' } }));
    webSays(200, await samples.jpeg());
    expect(await received(twilio, { url, contentType: 'image/jpeg' })).toMatchObject({
      state: 'ready',
      contentType: 'image/jpeg',
    });
    const basic = `Basic ${Buffer.from('AC1:twilio-token').toString('base64')}`;
    expect(requests).toEqual([
      { url, authorization: basic },
      { url: 'https://mms.twiliocdn.com/AC1/x.jpg?sig=1', authorization: null },
    ]);
  });

  it.each([
    'http://127.0.0.1:27017/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/',
    'http://2130706433/',
    'file:///etc/passwd',
    'https://user:pass@example.com/',
  ])('never follows one to %s', async (location) => {
    graph(() => new Response('', { status: 302, headers: { location } }));
    app.provider.files = createWeb();
    expect(await received(twilio, { url })).toMatchObject({ state: 'refused', key: null });
  });

  it('a name that points inside is refused when it is connected to', async () => {
    const web = createWeb({
      lookup: ((_host: string, _options: object, done: (error: null, all: object[]) => void) =>
        done(null, [{ address: '10.0.0.7', family: 4 }])) as never,
    });
    await expect(web('http://files.example.com/x', AbortSignal.timeout(5_000))).rejects.toThrow(AddressRefused);
  });

  it('gets no credentials anywhere but there', async () => {
    webSays(200, samples.pdf());
    await received(twilio, { url: 'https://twilio.com.evil.example/ME1' });
    expect(requests).toEqual([{ url: 'https://twilio.com.evil.example/ME1', authorization: null }]);
  });

  it('leads in circles only for a while', async () => {
    graph(() => new Response('', { status: 302, headers: { location: url } }));
    expect((await received(twilio, { url })).state).toBe('pending');
    expect(requests.length).toBeLessThanOrEqual(5);
  });
});

describe('what is written down', () => {
  it('the same message twice is one file, fetched once', async () => {
    metaHolds(samples.pdf());
    const message = newId('msg');
    const request = {
      organization: acme.organization,
      channel: meta,
      conversation: 'cnv_1',
      message,
      files: [file({ id: '7' })],
    };
    const [first, second] = await Promise.all([app.media.keepFiles(request), app.media.keepFiles(request)]);
    expect(first.map(({ id }) => id)).toEqual(second.map(({ id }) => id));
    await app.media.settle();
    await app.media.keepFiles(request);
    await app.media.settle();
    expect(requests).toHaveLength(2);
  });

  it('what cannot be put away comes later, less and less often, and not without an end', async () => {
    metaHolds(samples.pdf());
    const { files } = app.media;
    const { put } = files;
    files.put = () => Promise.reject(Object.assign(new Error('no room'), { code: 'ENOSPC' }));
    try {
      const kept = await received(meta, { id: '1' });
      expect(kept).toMatchObject({ state: 'pending', attempts: 1, nextAt: new Date('2026-03-02T09:00:05.000Z') });
      expect(kept.reason).toContain('could not keep the file');
      const next = await later(kept);
      expect(next.nextAt).toEqual(new Date('2026-03-02T09:00:15.000Z'));
      const week = new Date('2026-03-09T09:00:06.000Z');
      expect(await later({ ...next, nextAt: week })).toMatchObject({ state: 'failed', nextAt: null });
    } finally {
      files.put = put;
    }
  });

  it('a file of a channel that is gone fails in words', async () => {
    let kept = await received({ ...meta, id: newId('chn') }, { id: '1' });
    for (let tries = 0; tries < 4; tries += 1) kept = await later(kept);
    expect(kept).toMatchObject({ state: 'failed', reason: 'The channel that it came on is gone.' });
  });

  it('two who claim get it once; a try that was taken over counts no more', async () => {
    const { media } = app.media;
    graph(() => new Response('', { status: 500 }));
    const kept = await received(meta, { id: '1' });
    const at = kept.nextAt ?? new Date();
    const until = new Date(at.getTime() + 1_000);
    const claims = await Promise.all([media.claim(at, until), media.claim(at, until)]);
    expect(claims.filter(Boolean)).toHaveLength(1);
    const [first] = claims.filter((one) => one !== null);
    const second = await media.claim(until, new Date(until.getTime() + 1_000));
    expect(second?.id).toBe(first?.id);
    const end = { state: 'failed', reason: 'x', nextAt: null } as const;
    expect(first && (await media.finish(first, end))).toBe(false);
    expect(second && (await media.finish(second, end))).toBe(true);
  });

  it('tries less and less often, and no longer than the provider keeps it', () => {
    const createdAt = new Date(0);
    const pause = (attempts: number) =>
      endOf({ attempts, createdAt }, { kind: 'later', reason: 'x' }, createdAt).nextAt?.getTime();
    expect([1, 2, 3, 10, 60].map(pause)).toEqual([5_000, 10_000, 20_000, 2_560_000, 3_600_000]);
    const end = endOf({ attempts: 9, createdAt }, { kind: 'later', reason: 'x' }, new Date(8 * 24 * 3_600_000));
    expect(end).toMatchObject({ state: 'failed', nextAt: null });
  });
});

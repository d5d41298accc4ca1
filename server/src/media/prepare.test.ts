import type { OutboundContent } from '@parley/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createChannelStore } from '../features/channels/store.ts';
import type { ChannelWithSecrets } from '../storage/channel.ts';
import { newId } from '../storage/ids.ts';
import { type Program, startTestApp, type TestApp } from '../testing/app.ts';
import { createPrepare } from './prepare.ts';
import type { Media } from './store.ts';
import { mediaRow } from './store.ts';
import * as samples from './testing/samples.ts';

let app: TestApp;
let acme: Program;
let meta: ChannelWithSecrets;
let twilio: ChannelWithSecrets;
let simulator: ChannelWithSecrets;

beforeAll(async () => {
  app = await startTestApp();
  acme = await app.program();
  const channels = createChannelStore(app.connection, app.keyring, () => app.clock.time);
  const connected = async (given: Partial<Parameters<typeof channels.create>[0]>): Promise<ChannelWithSecrets> => {
    const id = newId('chn');
    const none = { phoneNumberId: null, businessAccountId: null, accountSid: null, messagingServiceSid: null };
    const rest = {
      organization: acme.organization,
      name: 'x',
      address: null,
      secrets: null,
      provider: 'simulator',
    } as const;
    await channels.create({ ...none, ...rest, id, ...given });
    const channel = await channels.withSecrets(acme.organization, id);
    if (!channel) throw new Error('no channel');
    return channel;
  };
  const metaSecrets = { accessToken: 'meta-token', appSecret: 'x', verifyToken: 'y' };
  meta = await connected({ provider: 'meta', phoneNumberId: '106', secrets: metaSecrets });
  twilio = await connected({
    provider: 'twilio',
    accountSid: 'AC1',
    address: '+14155238886',
    secrets: { authToken: 't' },
  });
  simulator = await connected({});
});
afterAll(() => app.close());

const uploads: { url: string; type: unknown; product: unknown; file: File }[] = [];
function metaTakes(
  answer: () => Response | Promise<Response> = () => Response.json({ id: `77${uploads.length}` }),
): void {
  app.provider.graph = async (url, init) => {
    const form = init?.body as FormData;
    const file = form.get('file');
    if (!(file instanceof File)) throw new Error('no file in the form');
    uploads.push({ url: url.pathname, type: form.get('type'), product: form.get('messaging_product'), file });
    return answer();
  };
}
beforeEach(() => {
  uploads.length = 0;
  app.clock.time = new Date('2026-03-02T09:00:00.000Z');
  metaTakes();
});

async function uploaded(file: Buffer, filename: string, fields = {}): Promise<string> {
  const { payload, headers } = samples.form(file, filename, fields);
  return (await acme.call('POST', '/api/media', payload, headers)).json<{ id: string }>().id;
}
const prepare = (channel: ChannelWithSecrets, content: OutboundContent) =>
  app.media.prepare(channel, content, { language: 'en', signal: AbortSignal.timeout(10_000) });

describe('for Meta', () => {
  it('a file is handed over once, and goes out by the id it got', async () => {
    const picture = await samples.png();
    const mediaId = await uploaded(picture, 'a.png');
    const content = { kind: 'image', mediaId, caption: 'Look' } as const;
    expect(await prepare(meta, content)).toEqual({ kind: 'ready', content: { ...content, mediaId: '771' } });
    expect(await prepare(meta, content)).toEqual({ kind: 'ready', content: { ...content, mediaId: '771' } });
    expect(uploads).toHaveLength(1);
    expect(uploads[0]).toMatchObject({ url: '/v24.0/106/media', type: 'image/png', product: 'whatsapp' });
    expect(Buffer.from((await uploads[0]?.file.arrayBuffer()) ?? new ArrayBuffer(0)).equals(picture)).toBe(true);
  });

  it('is handed over anew before Meta forgets it', async () => {
    const mediaId = await uploaded(await samples.png(), 'a.png');
    await prepare(meta, { kind: 'image', mediaId });
    app.clock.time = new Date(app.clock.time.getTime() + 30 * 24 * 3_600_000);
    expect(await prepare(meta, { kind: 'image', mediaId })).toMatchObject({ content: { mediaId: '772' } });
  });

  it('a document keeps its name, wherever it stands', async () => {
    const mediaId = await uploaded(samples.pdf(), 'Invoice.pdf');
    expect(await prepare(meta, { kind: 'document', mediaId })).toMatchObject({
      content: { mediaId: '771', filename: 'Invoice.pdf' },
    });
    const template = {
      kind: 'template',
      name: 'invoice',
      language: 'en',
      parameters: {},
      header: { mediaId },
    } as const;
    expect(await prepare(meta, template)).toMatchObject({
      content: { header: { mediaId: '771', mediaKind: 'document', filename: 'Invoice.pdf' } },
    });
  });

  it('headers and cards too', async () => {
    const [one, two] = [await uploaded(await samples.png(), 'a.png'), await uploaded(await samples.jpeg(), 'b.jpg')];
    const card = (mediaId: string) => ({
      header: { kind: 'image' as const, mediaId },
      url: 'https://a.example',
      button: 'Open',
    });
    const made = await prepare(meta, { kind: 'carousel', text: 'Two', cards: [card(one), card(two)] });
    expect(made).toMatchObject({ kind: 'ready' });
    expect(JSON.stringify(made)).not.toContain('med_');
    const buttons = [{ id: 'y', title: 'Yes' }];
    const header = { kind: 'image' as const, mediaId: one };
    const asked = await prepare(meta, { kind: 'buttons', text: 'Well?', buttons, header });
    expect(asked).toMatchObject({ content: { header: { mediaId: expect.stringMatching(/^77/) } } });
  });

  it.each([
    [
      'no access any more',
      () => Response.json({ error: { code: 190, message: 'expired' } }, { status: 401 }),
      'refused',
      '190',
    ],
    ['too busy', () => Response.json({ error: { code: 130429, message: 'slow' } }, { status: 400 }), 'later', '130429'],
    ['its own fault', () => new Response('<html>', { status: 502 }), 'later', '502'],
    ['not reached', () => Promise.reject<Response>(new TypeError('fetch failed')), 'later', 'unreachable'],
  ])('%s', async (_what, answer, kind, code) => {
    metaTakes(answer);
    const mediaId = await uploaded(await samples.png(), 'a.png');
    expect(await prepare(meta, { kind: 'image', mediaId })).toMatchObject({ kind, code });
  });
});

describe('for Twilio', () => {
  it('a file goes out by an address that gives only it', async () => {
    const mediaId = await uploaded(samples.pdf(), 'a.pdf');
    const made = await prepare(twilio, { kind: 'document', mediaId });
    const url = made.kind === 'ready' && 'url' in made.content ? String(made.content.url) : '';
    expect(url).toMatch(/^https:\/\/bots\.example\.com\/media\/med_\w{26}\/2026-03-09\/[\w-]+$/);
    expect(JSON.stringify(made)).not.toContain('mediaId');
    const got = await app.app.inject(url.replace('https://bots.example.com', ''));
    expect([got.statusCode, got.headers['content-type']]).toEqual([200, 'application/pdf']);
  });

  it('a file above buttons becomes its address in the text', async () => {
    const mediaId = await uploaded(await samples.png(), 'a.png');
    const header = { kind: 'image' as const, mediaId };
    const made = await prepare(twilio, {
      kind: 'buttons',
      text: 'Well?',
      buttons: [{ id: 'y', title: 'Yes' }],
      header,
    });
    expect(made).toMatchObject({ content: { text: expect.stringContaining('https://bots.example.com/media/') } });
  });

  it('what it lacks becomes something else, or is refused in words', async () => {
    expect(await prepare(twilio, { kind: 'reaction', emoji: 'x', to: 'last' })).toMatchObject({
      kind: 'refused',
      code: 'unsupported_content',
    });
    expect(await prepare(twilio, { kind: 'text', text: 'Hi' })).toEqual({
      kind: 'ready',
      content: { kind: 'text', text: 'Hi' },
    });
  });

  it('17 MB are too much for it', async () => {
    const row = mediaRow({
      _id: newId('med'),
      organization: acme.organization,
      direction: 'OUTBOUND',
      contentType: 'application/pdf',
      createdAt: app.clock.time,
      state: 'ready',
      key: 'k',
      size: 17 * 1024 * 1024,
    });
    await app.media.media.add(row);
    expect(await prepare(twilio, { kind: 'document', mediaId: row._id })).toMatchObject({
      kind: 'refused',
      code: 'attachment_too_large',
    });
  });

  it.each(['http://localhost:3000', 'http://192.168.1.5', 'http://[::1]:3000', 'http://10.0.0.1'])(
    'cannot fetch from %s',
    async (publicUrl) => {
      const mediaId = await uploaded(samples.pdf(), 'a.pdf');
      const prepareThere = (twilioApiUrl: string) =>
        createPrepare({
          media: app.media.media,
          files: app.media.files,
          addressOf: () => `${publicUrl}/x`,
          publicUrl,
          twilioApiUrl,
          uploadToMeta: () => Promise.reject(new Error('not Meta')),
          now: () => app.clock.time,
        })(twilio, { kind: 'document', mediaId }, { language: 'en', signal: AbortSignal.timeout(1_000) });
      expect(await prepareThere('https://api.twilio.com')).toMatchObject({ kind: 'refused', code: 'public_url' });
      expect(await prepareThere('http://127.0.0.1:4010')).toMatchObject({ kind: 'ready' });
    },
  );
});

describe('refused before anything goes out', () => {
  it.each(['meta', 'twilio', 'simulator'] as const)(
    'files that are unknown, foreign or of another kind: %s',
    async (provider) => {
      const channel = { meta, twilio, simulator }[provider];
      const foreign = await app.program();
      const { payload, headers } = samples.form(samples.pdf(), 'a.pdf');
      const theirs = (await foreign.call('POST', '/api/media', payload, headers)).json<Media>().id;
      for (const mediaId of [theirs, newId('med'), 'med_', 'med_../../x'])
        expect(await prepare(channel, { kind: 'document', mediaId })).toMatchObject({
          kind: 'refused',
          code: 'media_not_found',
        });
      const ours = await uploaded(samples.pdf(), 'a.pdf');
      const wrong = await prepare(channel, { kind: 'image', mediaId: ours });
      expect(wrong).toMatchObject({ kind: 'refused', code: 'attachment_type' });
      expect(wrong.kind === 'refused' && wrong.reason).toContain('/mediaId: this file is application/pdf');
      const voice = await uploaded(samples.mp3(), 'a.mp3');
      expect(await prepare(channel, { kind: 'audio', mediaId: voice, voice: true })).toMatchObject({
        code: 'attachment_type',
      });
      expect(uploads).toEqual([]);
    },
  );

  it('waits for a file that a customer sent just now, and sends it on once it is here', async () => {
    const row = mediaRow({
      _id: newId('med'),
      organization: acme.organization,
      direction: 'INBOUND',
      contentType: 'image/jpeg',
      createdAt: app.clock.time,
      message: 'msg_1',
    });
    await app.media.media.add(row);
    expect(await prepare(meta, { kind: 'image', mediaId: row._id })).toMatchObject({
      kind: 'later',
      code: 'media_pending',
    });
  });

  it('leaves addresses and ids of the provider as they are', async () => {
    for (const content of [
      { kind: 'image', url: 'https://a.example/x.png' },
      { kind: 'image', mediaId: '1013859600285441' },
    ] as const)
      expect(await prepare(meta, content)).toEqual({ kind: 'ready', content });
  });

  it('a file that was lost on the disk', async () => {
    const mediaId = await uploaded(await samples.png(), 'a.png');
    const found = await app.media.media.find(acme.organization, mediaId);
    await app.media.files.remove(found?.key ?? '');
    expect(await prepare(meta, { kind: 'image', mediaId })).toMatchObject({ kind: 'refused', code: 'media_gone' });
  });
});

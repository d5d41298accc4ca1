import { createHash } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { otherElement } from '../../channels/whatsapp/inbound.ts';
import { type MetaChange, parseWebhook } from '../../channels/whatsapp/meta/parse.ts';
import { isSignedBy } from '../../channels/whatsapp/meta/signature.ts';
import type { Accept } from '../../engine/accept.ts';
import type { Crashpoint } from '../../engine/crashpoint.ts';
import type { Channel, MetaChannel } from '../../storage/channel.ts';

/** Meta sends 3 MB at most; a little more for what a proxy may add. */
const MAX_BODY = 3_100_000; // bytes

interface Options {
  channels: {
    byPhoneNumberId(id: string): Promise<MetaChannel | null>;
    byBusinessAccountId(id: string): Promise<MetaChannel[]>;
    enabledMeta(): Promise<MetaChannel[]>;
    matchesVerifyToken(token: string): Promise<boolean>;
    heardFrom(id: string, at: Date): Promise<void>;
  };
  accept: Accept;
  wake(conversation: string): void;
  now: () => Date;
  crashpoint: Crashpoint;
}

const Handshake = z.object({
  'hub.mode': z.literal('subscribe'),
  'hub.verify_token': z.string().min(1),
  'hub.challenge': z.string().min(1).max(200),
});

/** Meta's webhook: the handshake, and whatever the numbers hear. Nothing is answered 200 before it is stored. */
export const metaWebhook: FastifyPluginAsync<Options> = async (app, { channels, accept, wake, now, crashpoint }) => {
  app.removeAllContentTypeParsers();
  // The signature is over the raw bytes: Meta escapes what a parser and a writer would not
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY }, (_request, body, done) => done(null, body));

  app.get('', { schema: { hide: true } }, async (request, reply) => {
    const asked = Handshake.safeParse(request.query);
    const known = asked.success && (await channels.matchesVerifyToken(asked.data['hub.verify_token']));
    if (!known) return reply.code(403).send();
    return reply.type('text/plain; charset=utf-8').send(asked.data['hub.challenge']);
  });

  app.post('', { bodyLimit: MAX_BODY, schema: { hide: true } }, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const signature = String(request.headers['x-hub-signature-256'] ?? '');
    const parsed = parseJson(body);
    const changes = parseWebhook(parsed);
    // Signed, and yet nothing in it is anybody's: no JSON at all, or an envelope without changes
    const work = changes.length === 0 ? await quarantine(body, signature) : await sortOut(changes, body, signature);
    if (work.length === 0) {
      request.log.warn('a webhook of Meta was refused: no channel of that number with that signature');
      return reply.code(401).send();
    }
    const woken = new Set<string>();
    for (const { channel, changes } of work) {
      const { conversations } = await accept(
        channel,
        changes.flatMap((change) => change.elements),
      );
      await channels.heardFrom(channel.id, now());
      for (const conversation of conversations) woken.add(conversation);
    }
    crashpoint('before 200');
    // The wake-up comes after the answer is on its way; a sweep finds what a crash in between forgot
    reply.raw.once('finish', () => {
      crashpoint('after 200');
      for (const conversation of woken) wake(conversation);
    });
    return reply.send({});
  });

  /** Each change under its own channel's secret: what another app signed is not ours. */
  async function sortOut(
    changes: MetaChange[],
    body: Buffer,
    signature: string,
  ): Promise<{ channel: Channel; changes: MetaChange[] }[]> {
    const found = new Map<string, { channel: Channel; changes: MetaChange[] }>();
    const signed = (channel: MetaChannel) =>
      channel.secrets !== null && isSignedBy(channel.secrets.appSecret, body, signature);
    const known = new Map<string, MetaChannel | null>();
    for (const change of changes) {
      const key = `${change.phoneNumberId}\n${change.businessAccountId}`;
      let channel = known.get(key);
      if (channel === undefined) {
        const candidates = (await channelsOf(change)).filter(signed);
        channel = candidates[0] ?? null;
        known.set(key, channel);
      }
      if (!channel) continue;
      const entry = found.get(channel.id) ?? { channel, changes: [] };
      entry.changes.push(change);
      found.set(channel.id, entry);
    }
    return [...found.values()];
  }

  async function channelsOf({ phoneNumberId, businessAccountId }: MetaChange): Promise<MetaChannel[]> {
    if (phoneNumberId !== null) return [await channels.byPhoneNumberId(phoneNumberId)].flatMap((one) => one ?? []);
    return businessAccountId === null ? [] : channels.byBusinessAccountId(businessAccountId);
  }

  /** Signed by one of our apps and still not readable: kept, so that a person can look at it. */
  async function quarantine(body: Buffer, signature: string): Promise<{ channel: Channel; changes: MetaChange[] }[]> {
    const channel = (await channels.enabledMeta()).find(
      ({ secrets }) => secrets !== null && isSignedBy(secrets.appSecret, body, signature),
    );
    if (!channel) return [];
    const key = createHash('sha256').update(body).digest('hex').slice(0, 40);
    const element = otherElement({
      field: 'unreadable',
      key,
      problem: 'The body holds no changes.',
      raw: body.toString('utf8'),
    });
    return [{ channel, changes: [{ phoneNumberId: null, businessAccountId: null, elements: [element] }] }];
  }
};

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

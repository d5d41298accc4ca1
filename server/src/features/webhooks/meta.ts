import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { partsOf } from '../../channels/whatsapp/meta/parse.ts';
import { parseJson } from '../../channels/whatsapp/meta/parse-json.ts';
import type { Accept } from '../../engine/accept.ts';
import type { Crashpoint } from '../../engine/crashpoint.ts';
import { type MetaChannels, ownersOf } from './meta-owners.ts';

/** Meta sends 3 MB at most; a little more for what a proxy may add. */
const MAX_BODY = 3_100_000; // bytes

interface Options {
  channels: MetaChannels & {
    matchesVerifyToken(token: string): Promise<boolean>;
    heardFrom(id: string, at: Date): Promise<void>;
    refusedFrom(id: string, at: Date): Promise<void>;
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
    // Meta never compresses; who does would have signed other bytes than those that came
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
      request.log.warn('a webhook of Meta came compressed: take that out of the proxy before this server');
      return reply.code(415).send();
    }
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const signature = String(request.headers['x-hub-signature-256'] ?? '');
    const parsed = parseJson(body.toString('utf8'));
    const work = await ownersOf(parsed, { body, signature }, channels);
    if (work.length === 0) {
      const [first] = partsOf(parsed).take(1);
      await noteRefusal(first?.phoneNumberId ?? null);
      request.log.warn('a webhook of Meta was refused: no channel of that number with that signature');
      return reply.code(401).send();
    }
    const woken = new Set<string>();
    for (const { channel, elements } of work) {
      const { conversations } = await accept(channel, elements);
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

  /** For the channel's check: webhooks come, and their signature is wrong. */
  async function noteRefusal(phoneNumberId: string | null): Promise<void> {
    const channel = phoneNumberId === null ? null : await channels.byPhoneNumberId(phoneNumberId);
    if (channel) await channels.refusedFrom(channel.id, now());
  }
};

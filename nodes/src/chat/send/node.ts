import { defineNode, LIMITS, limitedText, type OutboundContent, valueToNumber } from '@parley/runtime';
import { z } from 'zod';

const degreesUpTo = (most: number) => z.union([z.number().min(-most).max(most), z.string().min(1)]);
const NEEDS: Record<string, string[]> = {
  text: ['text'],
  location: ['latitude', 'longitude'],
  contacts: ['contacts'],
  reaction: ['emoji'],
};

const config = z
  .strictObject({
    kind: z
      .enum(['text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'reaction'])
      .default('text')
      .meta({
        label: 'Send',
        options: {
          text: 'A text',
          image: 'Picture',
          video: 'Video',
          audio: 'Sound',
          document: 'Document',
          sticker: 'Sticker',
          location: 'A place',
          contacts: 'Contact cards',
          reaction: 'A reaction',
        },
      }),
    text: limitedText(LIMITS.text).optional().meta({ label: 'Message', input: 'textarea' }),
    url: z.string().min(1).max(2_000).optional().meta({ label: 'Address of the file', input: 'media' }),
    mediaId: z.string().min(1).optional().meta({ label: 'File' }),
    caption: limitedText(LIMITS.caption, 0).optional().meta({ label: 'Caption', input: 'textarea' }),
    filename: z.string().max(240).optional().meta({ label: 'File name' }),
    voice: z.boolean().optional().meta({ label: 'Show it as a voice note' }),
    latitude: degreesUpTo(90).optional().meta({ label: 'Latitude', placeholder: '38.7223' }),
    longitude: degreesUpTo(180).optional().meta({ label: 'Longitude', placeholder: '-9.1393' }),
    title: z.string().max(1_000).optional().meta({ label: 'Name of the place' }),
    address: z.string().max(1_000).optional().meta({ label: 'Street address' }),
    contacts: z
      .array(
        z.strictObject({
          name: z.string().min(1).meta({ label: 'Name' }),
          phones: z.array(z.string().min(1)).min(1).meta({ label: 'Phone numbers', placeholder: '+351912345678' }),
        }),
      )
      .min(1)
      .max(257)
      .optional()
      .meta({ label: 'Contact cards' }),
    emoji: z.string().max(40).optional().meta({ label: 'Emoji', input: 'emoji' }),
    to: z
      .literal('last')
      .optional()
      .meta({ label: 'React to', options: { last: 'The last message' } }),
  })
  .superRefine((value, ctx) => {
    for (const field of NEEDS[value.kind] ?? []) {
      if (value[field as keyof typeof value] === undefined)
        ctx.addIssue({
          code: 'custom',
          path: [field],
          message: `Fill in ${field}: a ${value.kind} needs it.`,
          params: { says: 'needed' },
        });
    }
    if (value.voice !== undefined && value.kind !== 'audio')
      ctx.addIssue({ code: 'custom', path: ['voice'], message: 'Only an audio file can be a voice note.' });
    if (!NEEDS[value.kind] && !value.url && !value.mediaId) {
      ctx.addIssue({
        code: 'custom',
        path: ['url'],
        message: `Give the address of the ${value.kind}, or choose a file.`,
        params: { says: 'media' },
      });
    }
  });
type Config = z.output<typeof config>;

/** Says one thing and goes on. A voice note (`voice`) is an audio file, OGG with Opus, that plays like a recording of the phone. With `error` wired it waits until the provider has taken it. */
export const send = defineNode({
  type: 'chat.send',
  title: 'Send a message',
  group: 'chat',
  icon: 'send',
  description: 'Sends a text, a picture, a file, a place, a contact or a reaction.',
  config,
  literal: ['kind', 'to'],
  sends: true,
  ports: () => ['next'],
  run: ({ config }) => ({ port: 'next', effects: [{ type: 'message.send', content: contentOf(config) }] }),
});

function contentOf(config: Config): OutboundContent {
  const { kind, url, mediaId, caption, filename } = config;
  switch (kind) {
    case 'text':
      return { kind, text: config.text ?? '' };
    case 'location':
      return {
        kind,
        latitude: degrees('latitude', config.latitude),
        longitude: degrees('longitude', config.longitude),
        title: config.title,
        address: config.address,
      };
    case 'contacts':
      return { kind, contacts: config.contacts ?? [] };
    case 'reaction':
      return { kind, emoji: config.emoji ?? '', to: config.to ?? 'last' };
    case 'audio':
      return { kind, url, mediaId, voice: config.voice };
    case 'sticker':
      return { kind, url, mediaId };
    default:
      return { kind, url, mediaId, caption, filename };
  }
}

function degrees(name: string, value: string | number | undefined): number {
  const number = valueToNumber(value);
  if (number === null) throw new Error(`The ${name} "${value}" is not a number.`);
  return number;
}

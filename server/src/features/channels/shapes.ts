import { z } from 'zod';
import type { Channel } from '../../storage/channel.ts';

const Name = z.string().trim().min(1).max(100);
const Digits = z.string().regex(/^\d{1,32}$/, 'Copy the number of digits from Meta, without spaces.');
const Token = z.string().trim().min(1).max(1_000);

const Settings = z.strictObject({
  silenceSeconds: z.number().int().min(30).max(3_600),
  unanswered: z.enum(['retry', 'unknown']),
});

const NewMeta = z.strictObject({
  provider: z.literal('meta'),
  name: Name,
  phoneNumberId: Digits,
  businessAccountId: Digits,
  accessToken: Token,
  appSecret: Token,
  verifyToken: Token.optional(),
});

const NewSimulator = z.strictObject({ provider: z.literal('simulator'), name: Name });

/** Known, so that the answer can say plainly that this release does not have it. */
const NewTwilio = z.looseObject({ provider: z.literal('twilio') });

export const NewChannelBody = z.discriminatedUnion('provider', [NewMeta, NewSimulator, NewTwilio]);
export type NewMeta = z.infer<typeof NewMeta>;

/** Merge patch. The number itself does not change: another number is another channel. */
export const ChannelPatch = z.strictObject({
  name: Name.optional(),
  enabled: z.boolean().optional(),
  businessAccountId: Digits.optional(),
  settings: Settings.partial().optional(),
  accessToken: Token.optional(),
  appSecret: Token.optional(),
  verifyToken: Token.optional(),
});

export const ChannelShape = z.object({
  id: z.string(),
  provider: z.enum(['meta', 'simulator']),
  name: z.string(),
  enabled: z.boolean(),
  address: z.string().nullable(),
  phoneNumberId: z.string().nullable(),
  businessAccountId: z.string().nullable(),
  webhook: z.object({
    inbound: z.string().nullable(),
    status: z.string().nullable(),
    verifyToken: z.string().nullable(),
  }),
  secrets: z.record(z.string(), z.literal(true)),
  check: z.object({
    state: z.enum(['ok', 'failing', 'unknown']),
    at: z.string().nullable(),
    problems: z.array(z.object({ code: z.string(), message: z.string(), remedy: z.string() })),
  }),
  settings: Settings,
  answeredBy: z.object({ kind: z.enum(['flows', 'team', 'user', 'agent']), id: z.string().nullable() }),
  heardFromAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

/** A channel as programs see it. The verify token is shown, since it has to be typed in at Meta; no other secret is. */
export function presentChannel(
  channel: Channel,
  { publicUrl, verifyToken }: { publicUrl: string; verifyToken: string | null },
): z.infer<typeof ChannelShape> {
  const isMeta = channel.provider === 'meta';
  const { id, provider, name, enabled, address, phoneNumberId, businessAccountId, settings, check } = channel;
  return {
    id,
    provider,
    name,
    enabled,
    address,
    phoneNumberId,
    businessAccountId,
    // Meta reports statuses to the address of the messages
    webhook: { inbound: isMeta ? `${publicUrl}/webhook/meta/whatsapp` : null, status: null, verifyToken },
    secrets: isMeta ? { accessToken: true, appSecret: true, verifyToken: true } : {},
    check: { ...check, at: check.at?.toISOString() ?? null },
    settings,
    answeredBy: { kind: 'flows', id: null },
    heardFromAt: channel.heardFromAt?.toISOString() ?? null,
    createdAt: channel.createdAt.toISOString(),
    updatedAt: channel.updatedAt.toISOString(),
  };
}

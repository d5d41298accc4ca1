import { z } from 'zod';
import { TrialScript } from '../../channels/whatsapp/simulator/trial-phones.ts';
import type { Channel } from '../../storage/channel.ts';
import { metaWebhookUrl, twilioStatusUrl, twilioWebhookUrl } from './webhook-urls.ts';

const Name = z.string().trim().min(1).max(100);
export const Digits = z.string().regex(/^\d{1,32}$/, 'Copy the number of digits from Meta, without spaces.');
const Token = z.string().trim().min(1).max(1_000);

const Settings = z.strictObject({
  silenceSeconds: z.number().int().min(30).max(3_600),
  unanswered: z.enum(['retry', 'unknown']),
  phoneApp: z.enum(['pause', 'continue']).optional(),
  script: TrialScript.optional(),
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

const Sid = (prefix: string, words: string) =>
  z
    .string()
    .trim()
    .regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), words);
const AccountSid = Sid('AC', 'Copy the Account SID from Twilio’s console: AC and 32 letters and digits.');
const MessagingServiceSid = Sid('MG', 'Copy the Messaging Service’s SID from Twilio: MG and 32 letters and digits.');
const TwilioNumber = z
  .string()
  .trim()
  .regex(/^(whatsapp:)?\+[1-9]\d{6,14}$/, 'Write the number as +14155238886.')
  .transform((number) => number.replace('whatsapp:', ''));

const NewTwilio = z.strictObject({
  provider: z.literal('twilio'),
  name: Name,
  accountSid: AccountSid,
  authToken: Token,
  from: TwilioNumber,
  messagingServiceSid: MessagingServiceSid.optional(),
});

export const NewChannelBody = z.discriminatedUnion('provider', [NewMeta, NewSimulator, NewTwilio]);

/** Merge patch. The number itself does not change: another number is another channel. */
export const ChannelPatch = z.strictObject({
  name: Name.optional(),
  enabled: z.boolean().optional(),
  businessAccountId: Digits.optional(),
  settings: Settings.partial().optional(),
  accessToken: Token.optional(),
  appSecret: Token.optional(),
  verifyToken: Token.optional(),
  authToken: Token.optional(),
  messagingServiceSid: MessagingServiceSid.nullable().optional(),
});

export const ChannelShape = z.object({
  id: z.string(),
  provider: z.enum(['meta', 'twilio', 'simulator']),
  name: z.string(),
  enabled: z.boolean(),
  address: z.string().nullable(),
  phoneNumberId: z.string().nullable(),
  businessAccountId: z.string().nullable(),
  accountSid: z.string().nullable(),
  messagingServiceSid: z.string().nullable(),
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
    diagnostics: z.array(
      z.object({
        id: z.string(),
        topic: z.string(),
        title: z.string(),
        result: z.enum(['ok', 'failing', 'warning', 'unknown', 'not-applicable']),
        message: z.string(),
        remedy: z.string().nullable(),
      }),
    ),
  }),
  settings: Settings.extend({ script: z.record(z.string(), z.unknown()).optional() }),
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
  const { id, provider, name, enabled, address, settings, check } = channel;
  const { phoneNumberId, businessAccountId, accountSid, messagingServiceSid } = channel;
  return {
    id,
    provider,
    name,
    enabled,
    address,
    phoneNumberId,
    businessAccountId,
    accountSid,
    messagingServiceSid,
    webhook: webhookOf(provider, publicUrl, verifyToken),
    secrets: Object.fromEntries(SECRETS[provider].map((field) => [field, true as const])),
    check: { ...check, at: check.at?.toISOString() ?? null, diagnostics: check.diagnostics ?? [] },
    settings,
    answeredBy: { kind: 'flows', id: null },
    heardFromAt: channel.heardFromAt?.toISOString() ?? null,
    createdAt: channel.createdAt.toISOString(),
    updatedAt: channel.updatedAt.toISOString(),
  };
}

const SECRETS: Record<Channel['provider'], string[]> = {
  meta: ['accessToken', 'appSecret', 'verifyToken'],
  twilio: ['authToken'],
  simulator: [],
};

function webhookOf(provider: Channel['provider'], publicUrl: string, verifyToken: string | null) {
  // Meta reports statuses to the address of the messages
  if (provider === 'meta') return { inbound: metaWebhookUrl(publicUrl), status: null, verifyToken };
  if (provider === 'simulator') return { inbound: null, status: null, verifyToken: null };
  return { inbound: twilioWebhookUrl(publicUrl), status: twilioStatusUrl(publicUrl), verifyToken: null };
}

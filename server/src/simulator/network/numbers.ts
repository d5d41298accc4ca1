import { z } from 'zod';
import type { BusinessNumber, Limits, MetaAccount, MetaNumber, Phone, TwilioAccount, TwilioNumber } from './model.ts';
import { type PhoneNetwork, sha256 } from './network.ts';
import type { Ids } from './random.ts';
import { readyTemplates } from './ready-templates.ts';

const E164 = /^\+[1-9]\d{6,14}$/;
export const Address = z
  .string()
  .trim()
  .transform((given) => given.replace(/^whatsapp:/, ''))
  .pipe(z.string().regex(E164, 'Write the number as +447700900001.'));

const Url = z.union([z.literal('').transform(() => null), z.url({ protocol: /^https?$/ }), z.null()]);

const changeable = {
  name: z.string().trim().min(1).max(100).optional(),
  /** Where messages of customers go; for Meta the statuses too. */
  webhookUrl: Url.optional(),
  /** Twilio: where a message goes when webhookUrl fails. */
  fallbackUrl: Url.optional(),
  /** Twilio: for messages that name no StatusCallback. */
  statusUrl: Url.optional(),
  verifyToken: z.string().min(1).max(200).optional(),
  /** The credentials may be chosen, so that they are the same after every start. */
  accessToken: z.string().min(8).max(500).optional(),
  appSecret: z.string().min(8).max(200).optional(),
  authToken: z.string().min(8).max(200).optional(),
  /** Twilio: the number sits in a Messaging Service, which may handle STOP and START by itself. */
  messagingService: z.boolean().optional(),
  optOutHandled: z.boolean().optional(),
  /** Twilio: a sandbox, which customers join by writing `join <code>`. */
  sandboxCode: z.string().min(1).max(50).nullable().optional(),
  registered: z.boolean().optional(),
  limits: z
    .strictObject({ perSecond: z.number().int().min(0).max(100_000), pairBurst: z.number().int().min(0).max(100_000) })
    .partial()
    .optional(),
};
export const NumberPatch = z.strictObject(changeable);
export const NewNumber = z.strictObject({
  provider: z.enum(['meta', 'twilio']),
  ...changeable,
  name: z.string().trim().min(1).max(100),
  address: Address.optional(),
  /** A number of an account that is there already: its WABA id or `AC…`. */
  account: z.string().optional(),
});
export type NewNumber = z.output<typeof NewNumber>;
export type NumberPatch = z.output<typeof NumberPatch>;

const LIMITS: Limits = { perSecond: 80, pairBurst: 45 }; // Meta: throughput of a number, burst of a pair

/** Thrown with words for the person who asked. */
export class NotPossible extends Error {
  override name = 'NotPossible';
}

export function addNumber(network: PhoneNetwork, wanted: NewNumber): BusinessNumber {
  const { ids } = network;
  const address = wanted.address ?? freeAddress(network);
  if ([...network.numbers.values()].some((one) => one.address === address))
    throw new NotPossible(`There is a number ${address} already.`);
  const shared = wanted.account === undefined ? null : accountCalled(network, wanted.account);
  if (shared && shared.provider !== wanted.provider) throw new NotPossible('This account is of the other provider.');
  const common = { name: wanted.name, address, inbound: null, limits: LIMITS };
  const number: BusinessNumber =
    wanted.provider === 'meta'
      ? metaNumber(ids, common, shared?.provider === 'meta' ? shared : newMetaAccount(ids))
      : twilioNumber(ids, common, shared?.provider === 'twilio' ? shared : newTwilioAccount(ids));
  network.numbers.set(number.id, number);
  changeNumber(network, number, wanted);
  return number;
}

type Common = Pick<BusinessNumber, 'name' | 'address' | 'inbound' | 'limits'>;

const metaNumber = (ids: Ids, common: Common, account: MetaAccount): MetaNumber => ({
  provider: 'meta',
  id: ids.digits(15),
  ...common,
  account,
  verifyToken: ids.hex(24),
  verified: false,
  registered: true,
  pin: null,
  profile: { about: 'Simulated', vertical: 'OTHER' },
  automation: {},
  settings: {},
  blocked: new Set(),
});

const newMetaAccount = (ids: Ids): MetaAccount => ({
  provider: 'meta',
  id: ids.digits(15),
  businessId: ids.digits(15),
  appId: ids.digits(16),
  appSecret: ids.hex(32),
  accessToken: `EAA${ids.letters(60)}`,
  templates: readyTemplates(ids),
});

const twilioNumber = (ids: Ids, common: Common, account: TwilioAccount): TwilioNumber => ({
  provider: 'twilio',
  id: ids.sid('PN'),
  ...common,
  account,
  fallback: null,
  status: null,
  senderSid: ids.sid('XE'),
  serviceSid: null,
  optOutHandled: false,
  sandboxCode: null,
});

const newTwilioAccount = (ids: Ids): TwilioAccount => ({
  provider: 'twilio',
  id: ids.sid('AC'),
  authToken: ids.hex(32),
  contents: [],
});

export function changeNumber(network: PhoneNetwork, number: BusinessNumber, patch: NumberPatch): void {
  const { name, webhookUrl, limits, verifyToken, accessToken, appSecret, authToken, ...rest } = patch;
  if (name !== undefined) number.name = name;
  if (webhookUrl !== undefined) number.inbound = webhookUrl;
  number.limits = { ...number.limits, ...limits };
  if (number.provider === 'meta') {
    if (webhookUrl !== undefined || verifyToken !== undefined) number.verified = false;
    number.verifyToken = verifyToken ?? number.verifyToken;
    number.account.accessToken = accessToken ?? number.account.accessToken;
    number.account.appSecret = appSecret ?? number.account.appSecret;
    number.registered = rest.registered ?? number.registered;
    return;
  }
  number.account.authToken = authToken ?? number.account.authToken;
  if (rest.fallbackUrl !== undefined) number.fallback = rest.fallbackUrl;
  if (rest.statusUrl !== undefined) number.status = rest.statusUrl;
  if (rest.sandboxCode !== undefined) number.sandboxCode = rest.sandboxCode;
  if (rest.messagingService !== undefined)
    number.serviceSid = rest.messagingService ? (number.serviceSid ?? network.ids.sid('MG')) : null;
  number.optOutHandled = rest.optOutHandled ?? number.optOutHandled;
}

function accountCalled(network: PhoneNetwork, id: string) {
  const found = [...network.numbers.values()].find(({ account }) => account.id === id);
  if (!found) throw new NotPossible(`There is no account ${id}.`);
  return found.account;
}

/** Numbers that are reserved for stories: nobody has them. */
const freeAddress = (network: PhoneNetwork) => `+1555010${String(network.numbers.size).padStart(4, '0')}`;

export const NewPhone = z.strictObject({
  phone: Address,
  name: z.string().trim().min(1).max(100),
  username: z.string().trim().min(1).max(50).optional(),
});

export function addPhone(network: PhoneNetwork, { phone, name, username }: z.output<typeof NewPhone>): Phone {
  const known = network.phones.get(phone);
  const made = { phone, name, username: username ?? known?.username ?? null, bsuid: known?.bsuid ?? bsuidOf(phone) };
  network.phones.set(phone, made);
  return made;
}

const BSUID_DIGITS = 17;

/** The same in every run: else the customer would be somebody else to a Parley that has met them. */
function bsuidOf(phone: string): string {
  const number = BigInt(`0x${sha256(Buffer.from(phone)).digest('hex')}`);
  return `GB.${String(number).slice(0, BSUID_DIGITS)}`;
}

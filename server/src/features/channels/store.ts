import { createHash, timingSafeEqual } from 'node:crypto';
import type { Connection } from 'mongoose';
import type {
  Channel,
  ChannelCheck,
  ChannelSettings,
  ChannelWithSecrets,
  MetaChannel,
  MetaSecrets,
  TwilioChannel,
  TwilioSecrets,
} from '../../storage/channel.ts';
import type { Keyring } from '../../storage/credentials.ts';
import type { Index } from '../../storage/indexes.ts';
import { type Page, type PageRequest, readPage } from '../../storage/page.ts';
import { acrossOrganizations, plain, type TenantRow, tenantModel } from '../../storage/tenancy.ts';
import type { Evidence, News } from './diagnostics/facts.ts';

type Secrets = MetaSecrets | TwilioSecrets;
type SecretField = keyof MetaSecrets | keyof TwilioSecrets;
type SealedSecrets = Partial<Record<SecretField, string>>;

interface ChannelRow extends TenantRow, Omit<Channel, 'id' | 'organization' | 'phoneNumberId'> {
  /** Absent, not null, where there is none: the unique index leaves absent ones out. */
  phoneNumberId?: string;
  /** The address of a number of Twilio, again: under this name it is unique on the instance. */
  twilioNumber?: string;
  sealed: SealedSecrets | null;
  /** The installation's app that it was signed up with; none where the organization gave the secret itself. */
  signedUp?: string | null;
  /** Both for the check only: see `evidence`. */
  refused?: Evidence['refused'];
  news?: Evidence['news'];
}

export type NewChannel = Pick<
  Channel,
  | 'id'
  | 'organization'
  | 'provider'
  | 'name'
  | 'phoneNumberId'
  | 'businessAccountId'
  | 'accountSid'
  | 'messagingServiceSid'
> & {
  /** E.164, where it is known before the provider is asked. */
  address: string | null;
  secrets: Secrets | null;
  signedUp?: SignedUp;
};

/** The id of the app that all of the instance sign up with: the sign-up has proved number and account. */
type SignedUp = string;

export type ChannelChange = Partial<
  Pick<Channel, 'name' | 'enabled' | 'businessAccountId' | 'messagingServiceSid' | 'settings'>
> & {
  secrets?: Partial<Record<SecretField, string>>;
  signedUp?: SignedUp;
};

export const channelIndexes: Index[] = [
  { collection: 'channels', keys: { organization: 1, createdAt: -1, _id: -1 } },
  {
    collection: 'channels',
    keys: { phoneNumberId: 1 },
    options: { unique: true, partialFilterExpression: { phoneNumberId: { $exists: true } } },
  },
  { collection: 'channels', keys: { businessAccountId: 1 } },
  { collection: 'channels', keys: { provider: 1, enabled: 1 } },
  {
    collection: 'channels',
    keys: { twilioNumber: 1 },
    options: { unique: true, partialFilterExpression: { twilioNumber: { $exists: true } } },
  },
];

// A minute without a word is longer than any callback's usual lag (research on the engine's protocol, SILENCE)
const DEFAULT_SETTINGS: ChannelSettings = { silenceSeconds: 60, unanswered: 'retry' };
const REFUSAL_PAUSE = 60_000; // ms
const UNCHECKED: ChannelCheck = { state: 'unknown', at: null, problems: [] };

export type ChannelStore = ReturnType<typeof createChannelStore>;

/** Connected numbers. Secrets go in sealed, and come out only where a function says so in its name. */
export function createChannelStore(
  connection: Connection,
  keyring: Keyring,
  now: () => Date = () => new Date(),
  metaApp: { id: string; secret: string } | null = null,
) {
  const channels = tenantModel<ChannelRow>(connection, 'channels', {
    organization: String,
    provider: { type: String, required: true },
    name: { type: String, required: true },
    enabled: { type: Boolean, required: true },
    address: { type: String, default: null },
    phoneNumberId: { type: String },
    twilioNumber: { type: String },
    accountSid: { type: String, default: null },
    messagingServiceSid: { type: String, default: null },
    businessAccountId: { type: String, default: null },
    settings: { type: Object, required: true },
    check: { type: Object, required: true },
    sealed: { type: Object, default: null },
    signedUp: { type: String },
    heardFromAt: { type: Date, default: null },
    refused: { type: Object },
    news: { type: Object },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  });

  /** Null where the channel has none, or one that no key of ours opens: of one such row nobody else may come to harm. */
  function opened<Fields extends SecretField>(
    { _id, organization, sealed }: ChannelRow,
    fields: readonly Fields[],
  ): Record<Fields, string> | null {
    if (!sealed) return null;
    const open = (field: Fields) => keyring.open(sealed[field] ?? '', { organization, field: `${_id}/${field}` });
    try {
      return Object.fromEntries(fields.map((field) => [field, open(field)])) as Record<Fields, string>;
    } catch {
      return null; // the check says what to do
    }
  }

  /** Once the app has a new secret it signs for all of its numbers with that one, whatever was kept with them. */
  const ofTheApp = ({ signedUp }: ChannelRow, secrets: MetaSecrets | null): MetaSecrets | null =>
    secrets && metaApp && signedUp === metaApp.id ? { ...secrets, appSecret: metaApp.secret } : secrets;

  const metaOf = (row: ChannelRow): MetaChannel => ({
    ...channelOf(row),
    provider: 'meta',
    secrets: ofTheApp(row, opened(row, ['accessToken', 'appSecret', 'verifyToken'])),
    ...(row.signedUp && { signedUp: true }),
  });

  const twilioOf = (row: ChannelRow): TwilioChannel => ({
    ...channelOf(row),
    provider: 'twilio',
    secrets: opened(row, ['authToken']),
  });

  const withOpened = (row: ChannelRow): ChannelWithSecrets => {
    if (row.provider === 'meta') return metaOf(row);
    return row.provider === 'twilio' ? twilioOf(row) : { ...channelOf(row), provider: 'simulator', secrets: null };
  };

  const seal = (organization: string, id: string, secrets: Partial<Record<SecretField, string>>): SealedSecrets =>
    Object.fromEntries(
      Object.entries(secrets).map(([field, secret]) => [
        field,
        keyring.seal(secret, { organization, field: `${id}/${field}` }),
      ]),
    );

  const enabledMeta = (filter: Partial<Pick<ChannelRow, 'phoneNumberId' | 'businessAccountId'>>) =>
    acrossOrganizations(channels.find({ ...filter, provider: 'meta', enabled: true })).lean<ChannelRow[]>();

  const store = {
    async find(organization: string, id: string): Promise<Channel | null> {
      const row = await channels.findOne({ organization, _id: id }).lean<ChannelRow>();
      return row && channelOf(row);
    },

    async withSecrets(organization: string, id: string): Promise<ChannelWithSecrets | null> {
      const row = await channels.findOne({ organization, _id: id }).lean<ChannelRow>();
      return row && withOpened(row);
    },

    /** The enabled channel that a webhook speaks of; the number is unique on the whole instance. */
    async byPhoneNumberId(phoneNumberId: string): Promise<MetaChannel | null> {
      const [row] = await enabledMeta({ phoneNumberId });
      return row ? metaOf(row) : null;
    },

    /** For webhook fields that name the business account only, such as a template's review. */
    async byBusinessAccountId(businessAccountId: string): Promise<MetaChannel[]> {
      return (await enabledMeta({ businessAccountId })).map(metaOf);
    },

    /** This organization's channels of one WhatsApp account, enabled or not. */
    async ofAccount(organization: string, businessAccountId: string): Promise<Channel[]> {
      const rows = await channels.find({ organization, businessAccountId }).lean<ChannelRow[]>();
      return rows.map(channelOf);
    },

    /** The id of this organization's channel with the number, enabled or not. */
    async byPhoneNumberIdOf(organization: string, phoneNumberId: string): Promise<string | null> {
      const row = await channels.findOne({ organization, phoneNumberId }, { _id: 1 }).lean();
      return row?._id ?? null;
    },

    /** For a webhook whose sender cannot be read: whichever number's secret signed it. */
    async enabledMeta(): Promise<MetaChannel[]> {
      return (await enabledMeta({})).map(metaOf);
    },

    /** The enabled channel of an account and a number of Twilio, as its webhooks name them; the address is E.164. */
    async byTwilioNumber(accountSid: string, address: string): Promise<TwilioChannel | null> {
      const row = await acrossOrganizations(
        channels.findOne({ provider: 'twilio', twilioNumber: address, accountSid, enabled: true }),
      ).lean<ChannelRow>();
      return row && twilioOf(row);
    },

    /** Every enabled number of Twilio on the instance, to be asked for what was missed. */
    async enabledTwilio(): Promise<TwilioChannel[]> {
      const rows = await acrossOrganizations(channels.find({ provider: 'twilio', enabled: true })).lean<ChannelRow[]>();
      return rows.map(twilioOf);
    },

    /** Enabled or not: to tell whose a number is that nobody listens to. */
    async everyMeta(): Promise<MetaChannel[]> {
      const rows = await acrossOrganizations(channels.find({ provider: 'meta' })).lean<ChannelRow[]>();
      return rows.map(metaOf);
    },

    async metaVerifyTokens(): Promise<string[]> {
      return (await enabledMeta({})).flatMap((row) => metaOf(row).secrets?.verifyToken ?? []);
    },

    /** Every token is compared, each in constant time: how long it takes tells nothing of any. */
    async matchesVerifyToken(token: string): Promise<boolean> {
      const tokens = await store.metaVerifyTokens();
      return tokens.map((one) => sameText(one, token)).some(Boolean);
    },

    async heardFrom(id: string, at: Date): Promise<void> {
      await acrossOrganizations(channels.updateOne({ _id: id }, { $max: { heardFromAt: at }, $unset: { refused: 1 } }));
    },

    /** A webhook for this number had a wrong signature. Anybody can send one: a second one in a minute is not written. */
    async refusedFrom(id: string, at: Date): Promise<void> {
      const before = new Date(at.getTime() - REFUSAL_PAUSE);
      await acrossOrganizations(
        channels.updateOne(
          { _id: id, $or: [{ 'refused.at': { $exists: false } }, { 'refused.at': { $lt: before } }] },
          { $set: { 'refused.at': at }, $inc: { 'refused.count': 1 } },
        ),
      );
    },

    async evidence(organization: string, id: string): Promise<Evidence> {
      const row = await channels.findOne({ organization, _id: id }, { refused: 1, news: 1 }).lean<ChannelRow>();
      return { refused: row?.refused ?? null, news: row?.news ?? {} };
    },

    /** What the provider told of `about`; null takes it back. */
    async keepNews(organization: string, id: string, about: string, news: News | null): Promise<void> {
      const field = `news.${about}`;
      await channels.updateOne(
        { organization, _id: id },
        news ? { $set: { [field]: news } } : { $unset: { [field]: 1 } },
      );
    },

    /** Shows it with the last check, until the next one. */
    async addProblem(organization: string, id: string, problem: ChannelCheck['problems'][number]): Promise<void> {
      await channels.updateOne(
        { organization, _id: id, 'check.problems.code': { $ne: problem.code } },
        { $push: { 'check.problems': problem }, $set: { 'check.state': 'failing' } },
      );
    },

    /** Oldest first; an organization has tens of channels. */
    async enabled(organization: string): Promise<Pick<Channel, 'id' | 'name' | 'provider'>[]> {
      const rows = await channels
        .find({ organization, enabled: true }, { name: 1, provider: 1 })
        .sort({ createdAt: 1, _id: 1 })
        .lean();
      return rows.map(({ _id: id, name, provider }) => ({ id, name, provider }));
    },

    enabledIds: async (organization: string): Promise<string[]> =>
      (await store.enabled(organization)).map(({ id }) => id),

    async list(organization: string, page: PageRequest): Promise<Page<ChannelWithSecrets>> {
      const found = await readPage(channels, { organization }, page, { search: ['name', 'address'] });
      return { ...found, items: found.items.map(withOpened) };
    },

    /** Throws the store's duplicate error when the number is connected already, anywhere on the instance. */
    async create({ id, secrets, phoneNumberId, ...given }: NewChannel): Promise<Channel> {
      const at = now();
      const row: ChannelRow = {
        _id: id,
        ...given,
        ...(phoneNumberId !== null && { phoneNumberId }),
        ...(given.provider === 'twilio' && given.address !== null && { twilioNumber: given.address }),
        enabled: true,
        settings: DEFAULT_SETTINGS,
        check: UNCHECKED,
        sealed: secrets && seal(given.organization, id, { ...secrets }),
        heardFromAt: null,
        createdAt: at,
        updatedAt: at,
      };
      await channels.create(row);
      return channelOf(row);
    },

    /**
     * Null where there is none, or its account is fixed: the sign-up proved it, and the app's secret signs for the
     * accounts of every organization, so that under another id one would hear another's. A second sign-up moves it, or
     * a secret of the organization's own app. The store decides: two changes at once could pass a look before.
     */
    async change(
      organization: string,
      id: string,
      { secrets = {}, signedUp, ...fields }: ChannelChange,
    ): Promise<Channel | null> {
      const sealed = Object.entries(seal(organization, id, secrets)).map(([field, text]) => [`sealed.${field}`, text]);
      const givesSecret = secrets.appSecret !== undefined;
      const change = {
        ...fields,
        ...Object.fromEntries(sealed),
        ...(givesSecret && { signedUp: signedUp ?? null }),
        updatedAt: now(),
      };
      const { businessAccountId } = fields;
      const isFree = businessAccountId === undefined || givesSecret;
      const movable = isFree ? {} : { $or: [{ signedUp: null }, { businessAccountId }] };
      const row = await channels
        .findOneAndUpdate({ organization, _id: id, ...movable }, { $set: change }, { returnDocument: 'after' })
        .lean<ChannelRow>();
      return row && channelOf(row);
    },

    async keepCheck(
      organization: string,
      id: string,
      check: ChannelCheck,
      address: string | null,
    ): Promise<Channel | null> {
      const change = address === null ? { check } : { check, address };
      const row = await channels
        .findOneAndUpdate({ organization, _id: id }, { $set: change }, { returnDocument: 'after' })
        .lean<ChannelRow>();
      return row && channelOf(row);
    },

    async remove(organization: string, id: string): Promise<boolean> {
      const { deletedCount } = await channels.deleteOne({ organization, _id: id });
      return deletedCount === 1;
    },
  };
  return store;
}

function channelOf({
  sealed: _sealed,
  twilioNumber: _number,
  signedUp: _signedUp,
  refused: _refused,
  news: _news,
  ...row
}: ChannelRow): Channel {
  const { phoneNumberId = null, accountSid = null, messagingServiceSid = null } = row;
  return { ...plain(row), phoneNumberId, accountSid, messagingServiceSid };
}

const sameText = (one: string, other: string) => timingSafeEqual(digest(one), digest(other));
const digest = (text: string) => createHash('sha256').update(text).digest();

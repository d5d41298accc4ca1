import { createHash, timingSafeEqual } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Channel, ChannelCheck, ChannelSettings, ChannelWithSecrets, MetaSecrets } from '../../storage/channel.ts';
import type { Keyring } from '../../storage/credentials.ts';
import type { Index } from '../../storage/indexes.ts';
import { type Page, type PageRequest, readPage } from '../../storage/page.ts';
import { acrossOrganizations, plain, type TenantRow, tenantModel } from '../../storage/tenancy.ts';

type SealedSecrets = Record<keyof MetaSecrets, string>;

interface ChannelRow extends TenantRow, Omit<Channel, 'id' | 'organization' | 'phoneNumberId'> {
  /** Absent, not null, where there is none: the unique index leaves absent ones out. */
  phoneNumberId?: string;
  sealed: SealedSecrets | null;
}

export type NewChannel = Pick<
  Channel,
  'id' | 'organization' | 'provider' | 'name' | 'phoneNumberId' | 'businessAccountId'
> & {
  secrets: MetaSecrets | null;
};

export type ChannelChange = Partial<Pick<Channel, 'name' | 'enabled' | 'businessAccountId' | 'settings'>> & {
  secrets?: Partial<MetaSecrets>;
};

export const channelIndexes: Index[] = [
  { collection: 'channels', keys: { organization: 1, createdAt: -1, _id: -1 } },
  {
    collection: 'channels',
    keys: { phoneNumberId: 1 },
    options: { unique: true, partialFilterExpression: { phoneNumberId: { $exists: true } } },
  },
  { collection: 'channels', keys: { businessAccountId: 1 } },
];

// A minute without a word is longer than any callback's usual lag (research on the engine's protocol, SILENCE)
const DEFAULT_SETTINGS: ChannelSettings = { silenceSeconds: 60, unanswered: 'retry' };
const UNCHECKED: ChannelCheck = { state: 'unknown', at: null, problems: [] };

export type ChannelStore = ReturnType<typeof createChannelStore>;

/** Connected numbers. Secrets go in sealed, and come out only where a function says so in its name. */
export function createChannelStore(connection: Connection, keyring: Keyring, now: () => Date = () => new Date()) {
  const channels = tenantModel<ChannelRow>(connection, 'channels', {
    organization: String,
    provider: { type: String, required: true },
    name: { type: String, required: true },
    enabled: { type: Boolean, required: true },
    address: { type: String, default: null },
    phoneNumberId: { type: String },
    businessAccountId: { type: String, default: null },
    settings: { type: Object, required: true },
    check: { type: Object, required: true },
    sealed: { type: Object, default: null },
    heardFromAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  });

  function openSecrets({ _id, organization, sealed }: ChannelRow): MetaSecrets | null {
    if (!sealed) return null;
    const open = (field: keyof MetaSecrets) => keyring.open(sealed[field], { organization, field: `${_id}/${field}` });
    return { accessToken: open('accessToken'), appSecret: open('appSecret'), verifyToken: open('verifyToken') };
  }

  const seal = (organization: string, id: string, secrets: Partial<MetaSecrets>): Partial<SealedSecrets> =>
    Object.fromEntries(
      Object.entries(secrets).map(([field, secret]) => [
        field,
        keyring.seal(secret, { organization, field: `${id}/${field}` }),
      ]),
    );

  const withOpened = (row: ChannelRow): ChannelWithSecrets => ({ ...channelOf(row), secrets: openSecrets(row) });

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
    async byPhoneNumberId(phoneNumberId: string): Promise<ChannelWithSecrets | null> {
      const [row] = await enabledMeta({ phoneNumberId });
      return row ? withOpened(row) : null;
    },

    /** For webhook fields that name the business account only, such as a template's review. */
    async byBusinessAccountId(businessAccountId: string): Promise<ChannelWithSecrets[]> {
      return (await enabledMeta({ businessAccountId })).map(withOpened);
    },

    /** For a webhook whose sender cannot be read: whichever number's secret signed it. */
    async enabledMeta(): Promise<ChannelWithSecrets[]> {
      return (await enabledMeta({})).map(withOpened);
    },

    async metaVerifyTokens(): Promise<string[]> {
      return (await enabledMeta({})).flatMap((row) => openSecrets(row)?.verifyToken ?? []);
    },

    /** Every token is compared, each in constant time: how long it takes tells nothing of any. */
    async matchesVerifyToken(token: string): Promise<boolean> {
      const tokens = await store.metaVerifyTokens();
      return tokens.map((one) => sameText(one, token)).some(Boolean);
    },

    async heardFrom(id: string, at: Date): Promise<void> {
      await acrossOrganizations(channels.updateOne({ _id: id }, { $max: { heardFromAt: at } }));
    },

    /** Oldest first; an organization has tens of channels. */
    async enabledIds(organization: string): Promise<string[]> {
      const rows = await channels
        .find({ organization, enabled: true }, { _id: 1 })
        .sort({ createdAt: 1, _id: 1 })
        .lean();
      return rows.map(({ _id }) => _id);
    },

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
        enabled: true,
        address: null,
        settings: DEFAULT_SETTINGS,
        check: UNCHECKED,
        sealed: secrets && (seal(given.organization, id, secrets) as SealedSecrets),
        heardFromAt: null,
        createdAt: at,
        updatedAt: at,
      };
      await channels.create(row);
      return channelOf(row);
    },

    async change(
      organization: string,
      id: string,
      { secrets = {}, ...fields }: ChannelChange,
    ): Promise<Channel | null> {
      const sealed = Object.entries(seal(organization, id, secrets)).map(([field, text]) => [`sealed.${field}`, text]);
      const change = { ...fields, ...Object.fromEntries(sealed), updatedAt: now() };
      const row = await channels
        .findOneAndUpdate({ organization, _id: id }, { $set: change }, { returnDocument: 'after' })
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

function channelOf({ sealed: _sealed, ...row }: ChannelRow): Channel {
  return { ...plain(row), phoneNumberId: row.phoneNumberId ?? null };
}

const sameText = (one: string, other: string) => timingSafeEqual(digest(one), digest(other));
const digest = (text: string) => createHash('sha256').update(text).digest();

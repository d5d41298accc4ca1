import type { Connection } from 'mongoose';
import type { Listed, ToldTemplate } from '../../channels/whatsapp/meta/templates.ts';
import { derivedId } from '../../storage/ids.ts';
import type { Index } from '../../storage/indexes.ts';
import { type Page, type PageRequest, readPage } from '../../storage/page.ts';
import { plain, type TenantRow, tenantModel } from '../../storage/tenancy.ts';

/** A template of a channel, as its provider told it last. */
export interface StoredTemplate extends ToldTemplate {
  id: string;
  organization: string;
  channel: string;
  syncedAt: Date;
  createdAt: Date;
}
interface TemplateRow extends TenantRow, Omit<StoredTemplate, 'id' | 'organization'> {}

/** What a provider's news changes of a template. */
export type TemplateChange = Partial<Pick<ToldTemplate, 'status' | 'quality' | 'category' | 'reason'>>;

export const templateIndexes: Index[] = [
  { collection: 'templates', keys: { organization: 1, createdAt: -1, _id: -1 } },
  { collection: 'templates', keys: { organization: 1, channel: 1, name: 1 } },
];

export type TemplateStore = ReturnType<typeof createTemplateStore>;

export function createTemplateStore(connection: Connection, now: () => Date = () => new Date()) {
  const templates = tenantModel<TemplateRow>(connection, 'templates', {
    organization: String,
    channel: { type: String, required: true },
    providerId: { type: String, required: true },
    name: { type: String, required: true },
    language: { type: String, required: true },
    category: { type: String, default: null },
    status: { type: String, required: true },
    quality: { type: String, default: null },
    reason: { type: String, default: null },
    components: { type: [Object], required: true },
    syncedAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
  });

  return {
    list: async (
      organization: string,
      filter: { channel?: string; status?: string; language?: string },
      page: PageRequest,
    ): Promise<Page<StoredTemplate>> => {
      const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
      const found = await readPage(templates, { organization, ...given }, page, { search: ['name'] });
      return { ...found, items: found.items.map(plain) };
    },

    /** Of one channel, without the long parts. */
    async ofChannel(organization: string, channel: string): Promise<Omit<StoredTemplate, 'components'>[]> {
      const rows = await templates.find({ organization, channel }, { components: 0 }).lean<TemplateRow[]>();
      return rows.map(plain);
    },

    /** Of these channels, those of these names, in every language. */
    async named(
      organization: string,
      channels: readonly string[],
      names: readonly string[],
    ): Promise<StoredTemplate[]> {
      const rows = await templates
        .find({ organization, channel: { $in: channels }, name: { $in: names } })
        .lean<TemplateRow[]>();
      return rows.map(plain);
    },

    /** Whether anything is known of the channel's templates. */
    async hasAny(organization: string, channel: string): Promise<boolean> {
      return (await templates.findOne({ organization, channel }, { _id: 1 }).lean()) !== null;
    },

    async find(organization: string, id: string): Promise<StoredTemplate | null> {
      const row = await templates.findOne({ organization, _id: id }).lean<TemplateRow>();
      return row && plain(row);
    },

    /**
     * Puts what the provider told in the place of what was known of the channel. The ids come from the provider's, so
     * two who read at once agree. `whole`: what was not told is gone there, and goes here.
     */
    async replace(
      organization: string,
      channel: string,
      { templates: told, whole }: Listed,
      begun: Date,
    ): Promise<void> {
      const at = now();
      const rows = told.map((template) => ({ id: idOf(channel, template.providerId), template }));
      if (rows.length > 0) {
        await templates.bulkWrite(
          rows.map(({ id, template }) => ({
            updateOne: {
              filter: { organization, _id: id },
              update: { $set: { ...template, channel, syncedAt: at }, $setOnInsert: { organization, createdAt: at } },
              upsert: true,
            },
          })),
        );
      }
      if (!whole) return;
      // Not those that another reading has brought since this one began
      await templates.deleteMany({
        organization,
        channel,
        _id: { $nin: rows.map(({ id }) => id) },
        syncedAt: { $lte: begun },
      });
    },

    /** False where no such template is known yet. */
    async change(organization: string, channel: string, providerId: string, change: TemplateChange): Promise<boolean> {
      const { matchedCount } = await templates.updateOne(
        { organization, channel, _id: idOf(channel, providerId) },
        { $set: change },
      );
      return matchedCount === 1;
    },

    async add(organization: string, channel: string, template: ToldTemplate): Promise<void> {
      const at = now();
      await templates.updateOne(
        { organization, _id: idOf(channel, template.providerId) },
        { $set: { ...template, channel }, $setOnInsert: { organization, syncedAt: at, createdAt: at } },
        { upsert: true },
      );
    },

    async removeOf(organization: string, channel: string): Promise<void> {
      await templates.deleteMany({ organization, channel });
    },
  };
}

const idOf = (channel: string, providerId: string) => derivedId('tpl', `${channel}:${providerId}`);

import type { Connection } from 'mongoose';
import { type Index, isDuplicate } from '../storage/indexes.ts';
import { acrossOrganizations, type TenantRow, tenantModel } from '../storage/tenancy.ts';

/** `pending`: to be fetched. `failed`: the provider has it no more. `refused`: it may not be kept, such as one too large. */
export type MediaState = 'pending' | 'ready' | 'failed' | 'refused';

/** A file of an organization: what a customer sent, or what was uploaded to be sent. Its bytes lie in `Files`. */
export interface MediaRow extends TenantRow {
  /** Null for an upload: it may go out on any channel. */
  channel: string | null;
  conversation: string | null;
  message: string | null;
  direction: 'INBOUND' | 'OUTBOUND';
  /** Where the provider holds it, while it is to be fetched. */
  providerId: string | null;
  providerUrl: string | null;
  /** What the bytes are; until they are here, what the provider said. */
  contentType: string;
  declaredType: string | null;
  filename: string | null;
  /** Bytes; null until they are here. */
  size: number | null;
  /** Hex, of what is kept; until then what the provider announced, as it wrote it. */
  sha256: string | null;
  state: MediaState;
  /** For people: why it is failed or refused, or what stood in the way of the last try. */
  reason: string | null;
  attempts: number;
  /** When the next try is due, which is also how long a try that is under way keeps others off. */
  nextAt: Date | null;
  /** In `Files`. */
  key: string | null;
  thumbnailKey: string | null;
  /** Seconds, of audio and video. */
  duration: number | null;
  /** Pixels. */
  width: number | null;
  height: number | null;
  voice: boolean;
  animated: boolean;
  /** By channel: Meta's own id of the file there, and until when it may be used. */
  providerIds: Record<string, { id: string; until: Date }>;
  createdAt: Date;
}

export type Media = Omit<MediaRow, '_id'> & { id: string };
/** What is known of a file as soon as its bytes are here. */
export type Kept = Pick<
  MediaRow,
  'contentType' | 'filename' | 'size' | 'sha256' | 'key' | 'thumbnailKey' | 'duration' | 'width' | 'height' | 'animated'
>;

export const mediaIndexes: Index[] = [
  { collection: 'media', keys: { state: 1, nextAt: 1 } },
  { collection: 'media', keys: { organization: 1, message: 1 } },
];

export const MEDIA_ID = /^med_[0-9A-HJKMNP-TV-Z]{26}$/;

export type MediaStore = ReturnType<typeof createMediaStore>;

/** A row with what is seldom given left empty. */
export const mediaRow = (
  given: Partial<MediaRow> & Pick<MediaRow, '_id' | 'organization' | 'direction' | 'contentType' | 'createdAt'>,
): MediaRow => ({
  channel: null,
  conversation: null,
  message: null,
  providerId: null,
  providerUrl: null,
  declaredType: null,
  filename: null,
  size: null,
  sha256: null,
  state: 'pending',
  reason: null,
  attempts: 0,
  nextAt: null,
  key: null,
  thumbnailKey: null,
  duration: null,
  width: null,
  height: null,
  voice: false,
  animated: false,
  providerIds: {},
  ...given,
});

/** Files by their ids, and which of them are still to be fetched. */
export function createMediaStore(connection: Connection) {
  const media = tenantModel<MediaRow>(connection, 'media', {
    organization: String,
    channel: { type: String, default: null },
    conversation: { type: String, default: null },
    message: { type: String, default: null },
    direction: { type: String, required: true },
    providerId: { type: String, default: null },
    providerUrl: { type: String, default: null },
    contentType: { type: String, required: true },
    declaredType: { type: String, default: null },
    filename: { type: String, default: null },
    size: { type: Number, default: null },
    sha256: { type: String, default: null },
    state: { type: String, required: true },
    reason: { type: String, default: null },
    attempts: { type: Number, required: true },
    nextAt: { type: Date, default: null },
    key: { type: String, default: null },
    thumbnailKey: { type: String, default: null },
    duration: { type: Number, default: null },
    width: { type: Number, default: null },
    height: { type: Number, default: null },
    voice: { type: Boolean, required: true },
    animated: { type: Boolean, required: true },
    providerIds: { type: Object, required: true },
    createdAt: { type: Date, required: true },
  });
  const shown = (row: MediaRow | null): Media | null => row && asMedia(row);

  return {
    /** The same id again adds nothing. */
    async add(row: MediaRow): Promise<void> {
      try {
        await media.create(row);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },

    async find(organization: string, id: string): Promise<Media | null> {
      return shown(await media.findOne({ organization, _id: id }).lean<MediaRow>());
    },

    /** In any order; what is unknown or foreign is left out. For the attachments of a page of messages. */
    async findMany(organization: string, ids: readonly string[]): Promise<Media[]> {
      if (ids.length === 0) return [];
      const rows = await media.find({ organization, _id: { $in: [...ids] } }).lean<MediaRow[]>();
      return rows.map(asMedia);
    },

    /** For an address that this server signed itself: the signature says that its reader may have it. */
    async findSigned(id: string): Promise<Media | null> {
      return shown(await acrossOrganizations(media.findOne({ _id: id })).lean<MediaRow>());
    },

    /**
     * Takes the file that is longest due, and keeps others off until `until`. A try that takes longer, or dies, is taken
     * over; `attempts` then tells the two apart.
     */
    async claim(now: Date, until: Date): Promise<Media | null> {
      const due = media.findOneAndUpdate(
        { state: 'pending', nextAt: { $lte: now } },
        { $set: { nextAt: until }, $inc: { attempts: 1 } },
        { sort: { nextAt: 1 }, returnDocument: 'after' },
      );
      return shown(await acrossOrganizations(due).lean<MediaRow>());
    },

    /** What became of a claimed try; nothing where another took it over meanwhile. */
    async finish(
      { organization, id, attempts }: Media,
      change: Partial<Kept> & Pick<MediaRow, 'state' | 'reason' | 'nextAt'>,
    ): Promise<boolean> {
      const { modifiedCount } = await media.updateOne(
        { organization, _id: id, state: 'pending', attempts },
        { $set: change },
      );
      return modifiedCount === 1;
    },

    /** Remembers a provider's own id of the file. Channels have no dots in their ids. */
    async keepProviderId(organization: string, id: string, channel: string, known: { id: string; until: Date }) {
      await media.updateOne({ organization, _id: id }, { $set: { [`providerIds.${channel}`]: known } });
    },

    async remove(organization: string, id: string): Promise<boolean> {
      const { deletedCount } = await media.deleteOne({ organization, _id: id });
      return deletedCount === 1;
    },
  };
}

const asMedia = ({ _id, ...row }: MediaRow): Media => ({ ...row, id: _id });

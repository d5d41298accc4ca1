import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { type Index, isDuplicate } from '../../../storage/indexes.ts';
import { type TenantRow, tenantModel } from '../../../storage/tenancy.ts';

interface ContentRow extends TenantRow {
  accountSid: string;
  shape: string;
  state: 'making' | 'ready';
  /** `HX…`; null while it is being made. */
  sid: string | null;
  claimedAt: Date;
  usedAt: Date;
}

/** Where a resource belongs: one of this shape in this account. */
export interface Place {
  organization: string;
  accountSid: string;
  shape: string;
}

export type Claim = { is: 'ready'; sid: string } | { is: 'ours'; since: Date } | { is: 'making' };

const LOST_AFTER = 60_000; // ms; no call lasts longer: the claim belongs to a process that died
const NOTED_EVERY = 24 * 60 * 60 * 1000; // ms; the day of the last use is enough for tidying up
const UNUSED_AFTER = 30 * NOTED_EVERY; // ms
const MOST_KEPT = 1000; // resources of an account; Twilio sets no limit, its lists get long

export const twilioContentIndexes: Index[] = [
  { collection: 'twiliocontents', keys: { organization: 1, accountSid: 1, usedAt: 1 } },
];

export type TwilioContentStore = ReturnType<typeof createTwilioContentStore>;

/** Content resources made at Twilio, by account and shape: each is made once, by whoever claims it first. */
export function createTwilioContentStore(connection: Connection, now: () => Date) {
  const rows = tenantModel<ContentRow>(connection, 'twiliocontents', {
    organization: String,
    accountSid: { type: String, required: true },
    shape: { type: String, required: true },
    state: { type: String, required: true },
    sid: { type: String, default: null },
    claimedAt: { type: Date, required: true },
    usedAt: { type: Date, required: true },
  });

  /** The insert decides who makes it: the id is made of the place. */
  async function claim(place: Place): Promise<Claim> {
    const { organization } = place;
    const _id = idOf(place);
    const found = await rows.findOne({ _id, organization }).lean();
    if (found) return claimFound(found);
    const since = now();
    try {
      await rows.create({ ...place, _id, state: 'making', sid: null, claimedAt: since, usedAt: since });
      return { is: 'ours', since };
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return { is: 'making' };
    }
  }

  async function claimFound({ _id, organization, sid, claimedAt, usedAt }: ContentRow): Promise<Claim> {
    const since = now();
    if (sid !== null) {
      if (since.getTime() - usedAt.getTime() > NOTED_EVERY)
        await rows.updateOne({ _id, organization, sid }, { $set: { usedAt: since } });
      return { is: 'ready', sid };
    }
    if (since.getTime() - claimedAt.getTime() <= LOST_AFTER) return { is: 'making' };
    const taken = await rows.updateOne({ _id, organization, sid: null, claimedAt }, { $set: { claimedAt: since } });
    return taken.modifiedCount === 1 ? { is: 'ours', since } : { is: 'making' };
  }

  return {
    claim,

    async keep(place: Place, since: Date, sid: string): Promise<void> {
      const { organization } = place;
      const mine = { _id: idOf(place), organization, sid: null, claimedAt: since };
      await rows.updateOne(mine, { $set: { state: 'ready', sid, usedAt: now() } });
    },

    /** Nothing came of it: the next send may try. */
    async release(place: Place, since: Date): Promise<void> {
      await rows.deleteOne({ _id: idOf(place), organization: place.organization, sid: null, claimedAt: since });
    },

    /** It is gone at Twilio. Only this one: somebody else may have made another. */
    async forget(place: Place, sid: string): Promise<void> {
      await rows.deleteOne({ _id: idOf(place), organization: place.organization, sid });
    },

    /** The sid of one that nobody has used for a month, where the account holds more than enough; forgotten here. */
    async dropUnused({ organization, accountSid }: Place): Promise<string | null> {
      if ((await rows.countDocuments({ organization, accountSid })) <= MOST_KEPT) return null;
      const before = new Date(now().getTime() - UNUSED_AFTER);
      const row = await rows
        .findOne({ organization, accountSid, state: 'ready', usedAt: { $lt: before } })
        .sort({ usedAt: 1 })
        .lean();
      if (row) await rows.deleteOne({ _id: row._id, organization, sid: row.sid });
      return row?.sid ?? null;
    },
  };
}

const idOf = ({ organization, accountSid, shape }: Place): string =>
  `twc_${createHash('sha256').update(`${organization}/${accountSid}/${shape}`).digest('hex')}`;

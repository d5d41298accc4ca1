import type { Connection } from 'mongoose';
import type { Index } from '../../storage/indexes.ts';
import { acrossOrganizations, type TenantRow, tenantModel } from '../../storage/tenancy.ts';

/** How far an occurrence has come: behind which contact of the audience. */
export interface Run {
  due: Date;
  after: string | null;
}

/** One schedule trigger of an active flow. */
export interface ScheduleRow extends TenantRow {
  flow: string;
  node: string;
  /** Null: it is over. */
  nextAt: Date | null;
  run: Run | null;
  /** Until then one worker is at it. Two at once do no harm: what they accept has the same ids. */
  heldUntil: Date;
  /** Why the last occurrence reached nobody. */
  problem: string | null;
}

export const scheduleIndexes: Index[] = [
  {
    collection: 'schedules',
    keys: { nextAt: 1 },
    options: { partialFilterExpression: { nextAt: { $type: 'date' } } },
  },
  { collection: 'schedules', keys: { organization: 1, flow: 1 } },
];

export type ScheduleStore = ReturnType<typeof createScheduleStore>;

export function createScheduleStore(connection: Connection, now: () => Date) {
  const schedules = tenantModel<ScheduleRow>(connection, 'schedules', {
    organization: String,
    flow: { type: String, required: true },
    node: { type: String, required: true },
    nextAt: { type: Date, default: null },
    run: { type: Object, default: null },
    heldUntil: { type: Date, required: true },
    problem: { type: String, default: null },
  });

  const one = ({ _id, organization }: ScheduleRow) => ({ _id, organization });

  return {
    /** The flow's rows become these. An occurrence that is due and has not run yet is left to run. */
    async follow(organization: string, flow: string, wanted: { node: string; nextAt: Date | null }[]): Promise<void> {
      for (const { node, nextAt } of wanted) {
        const row = { _id: `${flow}.${node}`, organization };
        const fresh = { flow, node, nextAt, run: null, heldUntil: new Date(0), problem: null };
        await schedules.updateOne(row, { $setOnInsert: fresh }, { upsert: true });
        const undue = { $or: [{ nextAt: null }, { nextAt: { $gt: now() } }] };
        await schedules.updateOne({ ...row, ...undue }, { $set: { nextAt } });
      }
      const kept = wanted.map(({ node }) => `${flow}.${node}`);
      await schedules.deleteMany({ organization, flow, _id: { $nin: kept } });
    },

    /** Of all organizations: the scheduler serves the whole instance. What somebody is at is left out. */
    due: (limit: number): Promise<ScheduleRow[]> =>
      acrossOrganizations(
        schedules
          .find({ nextAt: { $lte: now() }, heldUntil: { $lte: now() } })
          .sort({ nextAt: 1 })
          .limit(limit),
      ).lean<ScheduleRow[]>(),

    /** Null: another worker has it, or it is done. */
    hold: (row: ScheduleRow, until: Date): Promise<ScheduleRow | null> =>
      schedules
        .findOneAndUpdate(
          { ...one(row), nextAt: row.nextAt, heldUntil: { $lte: now() } },
          { $set: { heldUntil: until } },
          { returnDocument: 'after' },
        )
        .lean<ScheduleRow>(),

    /** False: another worker has taken it meanwhile. */
    async progress(row: ScheduleRow, run: Run, until: Date): Promise<boolean> {
      const filter = { ...one(row), nextAt: row.nextAt, heldUntil: row.heldUntil };
      const { matchedCount } = await schedules.updateOne(filter, { $set: { run, heldUntil: until } });
      return matchedCount === 1;
    },

    async finish(row: ScheduleRow, nextAt: Date | null, problem: string | null): Promise<void> {
      const filter = { ...one(row), nextAt: row.nextAt, heldUntil: row.heldUntil };
      await schedules.updateOne(filter, { $set: { nextAt, run: null, heldUntil: new Date(0), problem } });
    },

    async forget(row: ScheduleRow): Promise<void> {
      await schedules.deleteOne({ ...one(row), heldUntil: row.heldUntil });
    },

    of: (organization: string, flow: string): Promise<ScheduleRow[]> =>
      schedules.find({ organization, flow }).lean<ScheduleRow[]>(),
  };
}

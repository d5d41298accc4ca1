import type { Connection } from 'mongoose';
import { type TenantRow, tenantModel } from '../../storage/tenancy.ts';

/** How far the messages of one channel (its id) were compared with Twilio's list. */
export interface ReconcileRow extends TenantRow {
  /** Up to then nothing is missing; null before the first look. */
  reached: Date | null;
  nextAt: Date;
  /** Until then one process is at it. Two at once do no harm: what they accept has the same ids. */
  heldUntil: Date;
}

export type ReconcileStore = ReturnType<typeof createReconcileStore>;

export function createReconcileStore(connection: Connection) {
  const rows = tenantModel<ReconcileRow>(connection, 'twilio_reconciliations', {
    organization: String,
    reached: { type: Date, default: null },
    nextAt: { type: Date, required: true },
    heldUntil: { type: Date, required: true },
  });

  return {
    /** The row of a channel, made where there is none yet. */
    async ensure({ id, organization }: { id: string; organization: string }): Promise<void> {
      const fresh = { reached: null, nextAt: new Date(0), heldUntil: new Date(0) };
      await rows.updateOne({ _id: id, organization }, { $setOnInsert: fresh }, { upsert: true });
    },

    /** Null: another process has it, or it is not due. `atOnce` asks for no time. */
    claim(
      { id, organization }: { id: string; organization: string },
      { now, until, atOnce }: { now: Date; until: Date; atOnce: boolean },
    ): Promise<ReconcileRow | null> {
      const free = { _id: id, organization, heldUntil: { $lte: now } };
      const due = atOnce ? free : { ...free, nextAt: { $lte: now } };
      return rows
        .findOneAndUpdate(due, { $set: { heldUntil: until } }, { returnDocument: 'after' })
        .lean<ReconcileRow>();
    },

    /** Nothing, where another process has taken it meanwhile. */
    async finish({ _id, organization, heldUntil }: ReconcileRow, done: Pick<ReconcileRow, 'reached' | 'nextAt'>) {
      await rows.updateOne({ _id, organization, heldUntil }, { $set: { ...done, heldUntil: new Date(0) } });
    },
  };
}

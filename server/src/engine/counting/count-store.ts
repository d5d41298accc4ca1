import type { AnyBulkWriteOperation, Collection, Document } from 'mongodb';
import type { Connection } from 'mongoose';
import type { Index } from '../../storage/indexes.ts';
import { unpackEvent } from '../codec.ts';
import type { EventRow } from '../documents.ts';
import { isDuplicate, onlyDuplicates } from '../store/collections.ts';
import { encodeKey } from './count-key.ts';
import { type HourTally, KEPT_PASSINGS, type NodePassings } from './tally.ts';

/** One an organization: which batch of journal rows is being added up. `number` only rises. */
interface Ledger {
  _id: string;
  number: number;
  batch: string[] | null;
}

/** A flow version's hour or day; `batch` is the newest that is in it. */
interface CountRow extends Document {
  _id: string;
  batch: number;
}

const DAY = 86_400_000; // ms
export const HOURS_KEPT = 90; // days; older ranges are summed from whole days
const DAYS_KEPT = 800; // days: two years and the one that is being compared

export const countIndexes: Index[] = [
  { collection: 'flow_counts', keys: { organization: 1, flow: 1, unit: 1, at: 1 } },
  { collection: 'flow_counts', keys: { expiresAt: 1 }, options: { expireAfterSeconds: 0 } },
  { collection: 'flow_passings', keys: { organization: 1, flow: 1 } },
];

export type CountStore = ReturnType<typeof createCountStore>;

/** The writes of decisions/counts.md: each to one document, each harmless when it comes again or late. */
export function createCountStore({ db }: Connection) {
  if (!db) throw new Error('the connection is not open');
  const durable = { writeConcern: { w: 'majority', journal: true } } as const;
  const ledgers = db.collection<Ledger>('count_ledgers', durable);
  const counts = db.collection<CountRow>('flow_counts', durable);
  const passings = db.collection<CountRow>('flow_passings', durable);
  const events = db.collection<EventRow>('events', durable);

  return {
    /** The organization's ledger, made where there is none. */
    async ledger(organization: string): Promise<Pick<Ledger, 'number' | 'batch'>> {
      const known = await ledgers.findOne({ _id: organization });
      if (known) return known;
      try {
        await ledgers.insertOne({ _id: organization, number: 0, batch: null });
      } catch (error) {
        if (!isDuplicate(error)) throw error; // two workers at once: the other made it
      }
      return (await ledgers.findOne({ _id: organization })) ?? { number: 0, batch: null };
    },

    /** Ids of journal rows that are in no sum yet. To be read after the ledger, never beside it. */
    async uncounted(organization: string, limit: number): Promise<string[]> {
      const found = events.find({ organization, uncounted: true }, { projection: { _id: 1 } });
      return (await found.sort({ _id: 1 }).limit(limit).toArray()).map(({ _id }) => _id);
    },

    /** In the order in which they happened. */
    async rows(organization: string, ids: string[]): Promise<EventRow[]> {
      const fields = { organization: 1, conversation: 1, payload: 1, step: 1 };
      const found = events.find({ organization, _id: { $in: ids } }, { projection: fields });
      const rows = await found.map(unpackEvent).toArray();
      return rows.sort((one, other) => timeOf(one) - timeOf(other));
    },

    /** False where another worker has begun a batch since the ledger was read: then these rows may be in it. */
    async open(organization: string, number: number, batch: string[]): Promise<boolean> {
      const filter = { _id: organization, number, batch: null };
      const { matchedCount } = await ledgers.updateOne(filter, { $set: { number: number + 1, batch } });
      return matchedCount === 1;
    },

    /** Adds the batch to every hour and day that lacks it. */
    addHours: (organization: string, batch: number, hours: readonly HourTally[]): Promise<void> =>
      addEach(
        counts,
        [
          ...byDay(hours),
          ...hours.map((tally) => ({ unit: 'hour', at: tally.hour, tally, additions: additionsOf(tally) })),
        ].map(({ unit, at, tally, additions }) => {
          const { flow, version } = tally;
          const keep = unit === 'hour' ? HOURS_KEPT : DAYS_KEPT;
          const expiresAt = new Date(at.getTime() + keep * DAY);
          return {
            id: `${flow}.${version}.${unit}.${at.toISOString()}`,
            fresh: { organization, flow, version, unit, at, expiresAt },
            update: { $inc: additions },
          };
        }),
        batch,
      ),

    /** Who came by last, for each node that the batch touched. */
    addPassings: (organization: string, batch: number, nodes: readonly NodePassings[]): Promise<void> =>
      addEach(
        passings,
        nodes.map(({ flow, node, ways }) => {
          const newest = ([way, list]: [string, object[]]) =>
            [`ways.${encodeKey(way)}`, { $each: list, $slice: -KEPT_PASSINGS }] as const;
          const push = Object.fromEntries([...ways].map(newest));
          return { id: `${flow} ${node}`, fresh: { organization, flow, node }, update: { $push: push } };
        }),
        batch,
      ),

    /** The rows of a batch are in every sum. */
    async mark(organization: string, ids: string[]): Promise<void> {
      await events.updateMany({ organization, _id: { $in: ids } }, { $unset: { uncounted: '' } });
    },

    async close(organization: string, number: number): Promise<void> {
      await ledgers.updateOne({ _id: organization, number }, { $set: { batch: null } });
    },

    /** Organizations with rows that nobody added up, in their order; walks the index from one to the next. */
    async waiting(limit: number): Promise<string[]> {
      const found: string[] = [];
      while (found.length < limit) {
        const after = found.at(-1) ?? '';
        const [row] = await events
          .find({ uncounted: true, organization: { $gt: after } }, { projection: { organization: 1 } })
          .sort({ organization: 1 })
          .limit(1)
          .toArray();
        if (!row) break;
        found.push(row.organization);
      }
      return found;
    },
  };
}

const timeOf = ({ step }: EventRow): number => step?.at?.getTime() ?? 0;

interface Addition {
  id: string;
  fresh: object;
  update: object;
}

/**
 * Batches are added in their order, one after the other, so the newest number in a row says which ones it holds. Where the
 * row has this one already, the filter finds nothing and the insert that follows meets the row: a duplicate, and right.
 */
async function addEach(rows: Collection<CountRow>, additions: Addition[], batch: number): Promise<void> {
  if (additions.length === 0) return;
  const operations = additions.map(({ id, fresh, update }) => ({
    updateOne: {
      filter: { _id: id, batch: { $lt: batch } },
      update: { ...update, $set: { batch }, $setOnInsert: fresh },
      upsert: true,
    },
  }));
  try {
    await rows.bulkWrite(operations as AnyBulkWriteOperation<CountRow>[], { ordered: false });
  } catch (error) {
    if (!onlyDuplicates(error)) throw error;
  }
}

/** One addition for a day, however many of its hours a batch holds: a row takes a batch once. */
function byDay(hours: readonly HourTally[]) {
  const days = new Map<string, { unit: 'day'; at: Date; additions: Record<string, number>; tally: HourTally }>();
  for (const tally of hours) {
    const at = new Date(Math.floor(tally.hour.getTime() / DAY) * DAY);
    const key = `${tally.flow} ${tally.version} ${at.getTime()}`;
    const known = days.get(key);
    if (!known) {
      days.set(key, { unit: 'day', at, tally, additions: additionsOf(tally) });
      continue;
    }
    for (const [path, count] of Object.entries(additionsOf(tally)))
      known.additions[path] = (known.additions[path] ?? 0) + count;
  }
  return [...days.values()];
}

function additionsOf({ began, ended, nodes, ports }: HourTally): Record<string, number> {
  const all: Record<string, number> = {};
  const add = (path: string, count = 0) => {
    if (count > 0) all[path] = count;
  };
  add('began', began);
  for (const [how, count] of Object.entries(ended)) add(`ended.${how}`, count);
  for (const [node, { entered, left = {} }] of nodes) {
    add(`nodes.${encodeKey(node)}.entered`, entered);
    for (const [how, count] of Object.entries(left)) add(`nodes.${encodeKey(node)}.left.${how}`, count);
  }
  for (const [node, taken] of ports) {
    for (const [port, count] of taken) add(`ports.${encodeKey(node)}.${encodeKey(port)}`, count);
  }
  return all;
}

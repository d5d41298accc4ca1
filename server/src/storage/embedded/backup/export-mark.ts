import type { Db } from 'mongodb';

const MARK = 'parley_export'; // a collection that the target holds as long as an export is not done

interface Mark {
  _id: 'unfinished';
  /** Collections that are being filled, with their ids in the source. */
  collections: { name: string; id: string }[];
}

/** Which collections of the target are what an earlier, unfinished export of the same ones has left. */
export async function copiedBefore(target: Db, source: ReadonlyMap<string, string>): Promise<Set<string>> {
  const mark = await target.collection<Mark>(MARK).findOne({ _id: 'unfinished' });
  const same = (mark?.collections ?? []).filter(({ name, id }) => source.get(name) === id);
  return new Set(same.map(({ name }) => name));
}

export async function markStarted(target: Db, source: ReadonlyMap<string, string>): Promise<void> {
  const collections = [...source].map(([name, id]) => ({ name, id }));
  const options = { upsert: true, writeConcern: { w: 'majority' as const } };
  await target.collection<Mark>(MARK).updateOne({ _id: 'unfinished' }, { $set: { collections } }, options);
}

export const markDone = (target: Db): Promise<boolean> => target.collection(MARK).drop();

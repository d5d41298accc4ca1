import { openEngine } from '@parley/server/src/storage/embedded/commands/engine.ts';
import type { Collection } from '@parley/server/src/storage/embedded/store/collection.ts';
import { checkFile, type Finding, verifyCollection } from '@parley/server/src/storage/embedded/store/verify.ts';
import mongoose from '@parley/server/src/storage/embedded/testing/mongoose.ts';
import type { Found } from './store-model.ts';
import type { Row } from './store-operations.ts';

const CHUNK = 500; // rows read at once

export interface Inspection extends Found {
  /** Index entries that a full rebuild would not have, or would have and are missing. */
  wrongEntries: Finding[];
  /** What SQLite's own check says of the file. */
  damage: Finding[];
}

/** Opens the store as the next start would, and reads and checks everything in it. */
export function inspect(directory: string): Inspection {
  const engine = openEngine(directory);
  try {
    const wrongEntries: Finding[] = [];
    const damage: Finding[] = [];
    for (const collection of engine.catalog.list()) {
      for (const _step of verifyCollection(engine.disk, collection, new Date(), (one) => wrongEntries.push(one)));
    }
    checkFile(engine.disk, (one) => damage.push(one));
    const find = (name: string): Collection | undefined => engine.catalog.find('parley', name);
    const rows = read(find('rows')) as (Row & { steps?: number[] })[];
    const counters = read(find('counters')) as { _id: string; n: number }[];
    const side = read(find('side')) as { _id: string }[];
    return {
      wrongEntries,
      damage,
      rows: new Map(rows.map((row) => [row._id, row])),
      counters: new Map(counters.map(({ _id, n }) => [_id, n])),
      side: new Set(side.map(({ _id }) => _id)),
      extraIndex: find('rows')?.indexes.some(({ spec }) => spec.name === 'extra') ?? false,
    };
  } finally {
    engine.close();
  }
}

function read(collection: Collection | undefined): unknown[] {
  const found: unknown[] = [];
  let place = -1;
  for (;;) {
    const rows = collection?.rowsAfter(place, CHUNK) ?? [];
    for (const { raw } of rows) found.push(mongoose.mongo.BSON.deserialize(raw));
    place = rows.at(-1)?.rid ?? place;
    if (rows.length < CHUNK) return found;
  }
}

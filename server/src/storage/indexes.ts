import type { Connection } from 'mongoose';

/** What each store exports beside itself; the start makes them all. */
export interface Index {
  collection: string;
  keys: Record<string, 1 | -1>;
  options?: {
    unique?: boolean;
    expireAfterSeconds?: number;
    partialFilterExpression?: Record<string, unknown>;
    name?: string;
  };
}

/** Makes the indexes that are not there yet. Two processes may do it at the same time. */
export async function ensureIndexes(connection: Connection, indexes: readonly Index[]): Promise<void> {
  for (const { collection, keys, options } of indexes) {
    await connection.collection(collection).createIndex(keys, options ?? {});
  }
}

const DUPLICATE_KEY = 11_000;

/** Whether a write failed because a unique index (optionally: this one of its fields) holds the value already. */
export function isDuplicate(error: unknown, field?: string): boolean {
  if (!(error instanceof Error) || !('code' in error) || error.code !== DUPLICATE_KEY) return false;
  if (field === undefined) return true;
  return (
    'keyPattern' in error &&
    typeof error.keyPattern === 'object' &&
    error.keyPattern !== null &&
    field in error.keyPattern
  );
}

import type { IndexSpec } from '../index/spec.ts';

/** An index and where it lies: its own table, or for `_id` the unique column of the documents' table. */
export interface StoredIndex {
  id: number;
  spec: IndexSpec;
  multikey: boolean;
  table: string;
  column: 'k' | 'id';
}

export interface StoredRow {
  rid: number;
  raw: Buffer;
}

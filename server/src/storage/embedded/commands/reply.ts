import { type Doc, doc, type Value } from '../bson/value.ts';

/** A batch whose documents are handed on as they are stored, without being decoded. */
export class CursorReply {
  readonly id: bigint;
  readonly namespace: string;
  readonly field: 'firstBatch' | 'nextBatch';
  readonly rows: Buffer[];
  constructor(id: bigint, namespace: string, field: 'firstBatch' | 'nextBatch', rows: Buffer[]) {
    this.id = id;
    this.namespace = namespace;
    this.field = field;
    this.rows = rows;
  }
}

export type Reply = Doc | CursorReply;

/** `ok` is a double: strict drivers compare the type. */
export const ok = (fields: Record<string, Value | undefined> = {}): Doc => doc({ ...fields, ok: 1 });

import { type Doc, doc, int, type Value } from '../bson/value.ts';
import { Refusal } from '../errors.ts';

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

/** Runs the statements of one bulk; an ordered one ends at its first error, an unordered one goes on. */
export function runStatements<Statement>(
  statements: Statement[],
  ordered: boolean,
  run: (statement: Statement, index: number) => void,
): Value[] | undefined {
  const errors: Value[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      errors.push(
        new Map<string, Value>([
          ['index', int(index)],
          ['code', int(error.code)],
          ['errmsg', error.message],
          ...error.details,
        ]),
      );
      if (ordered) break;
    }
  }
  return errors.length > 0 ? errors : undefined;
}

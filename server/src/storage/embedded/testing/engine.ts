import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import type { Doc } from '../bson/value.ts';
import { type Engine, openEngine } from '../commands/engine.ts';
import { CursorReply } from '../commands/reply.ts';
import { run } from '../commands/run.ts';
import { errorReply, Refusal } from '../errors.ts';

const { BSON } = mongoose.mongo;

export type Fields = Record<string, unknown>;

/** An engine without thread and socket, spoken to in plain objects. */
export interface TestEngine {
  engine: Engine;
  /** The reply as a driver would read it; a cursor's rows are under `rows`. */
  command(body: Fields): Promise<Fields>;
  /** Closes the store and opens it again: `engine` is another one then. */
  reopen(): Promise<void>;
  close(): void;
}

export const toDoc = (fields: Fields): Doc => decode(Buffer.from(BSON.serialize(fields)));
export const fromDoc = (value: Doc): Fields => BSON.deserialize(encode(value));

export function temporaryDirectory(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'parley-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export function openTestEngine(now?: () => Date): TestEngine {
  const directory = temporaryDirectory();
  const command = async (body: Fields): Promise<Fields> => {
    try {
      const reply = await run(test.engine, toDoc({ ...body, $db: body.$db ?? 'test' }));
      test.engine.commit();
      if (!(reply instanceof CursorReply)) return fromDoc(reply);
      return { ok: 1, id: reply.id, rows: reply.rows.map((row) => BSON.deserialize(row)) };
    } catch (error) {
      if (error instanceof Refusal) return fromDoc(errorReply(error));
      throw error;
    }
  };
  const reopen = async () => {
    test.engine.close();
    test.engine = openEngine(directory.path, now);
  };
  const close = () => {
    test.engine.close();
    directory.remove();
  };
  const test: TestEngine = { engine: openEngine(directory.path, now), command, reopen, close };
  return test;
}

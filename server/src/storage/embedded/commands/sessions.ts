import { Binary, type Doc } from '../bson/value.ts';
import { Refusal } from '../errors.ts';
import { Memory } from '../store/retries.ts';
import type { Command } from './command.ts';
import type { Engine } from './engine.ts';
import { ok } from './reply.ts';
import { mayBeSentAgain, RETRYABLE } from './retryable.ts';

/** Runs a retryable write once: of its repetition only the statements that the first one did not come to. */
export async function onlyOnce(
  engine: Engine,
  command: Command,
  run: (memory: Memory | null) => Promise<Doc>,
): Promise<Doc> {
  const number = command.body.get('txnNumber');
  const session = command.session;
  if (typeof number !== 'bigint' || session === undefined) return run(null);
  // A driver whose connection broke asks again while the first attempt may still be at work.
  for (let busy = engine.writing.get(session); busy; busy = engine.writing.get(session)) await busy;
  const { promise, resolve } = Promise.withResolvers<void>();
  engine.writing.set(session, promise);
  try {
    const memory = memoryOf(engine, Buffer.from(session, 'hex'), number);
    engine.failPoints?.watch(memory, command.body);
    return await run(memory);
  } catch (error) {
    if (error instanceof Refusal && mayBeSentAgain(error.code)) error.details.set('errorLabels', [RETRYABLE]);
    throw error;
  } finally {
    engine.writing.delete(session);
    resolve();
  }
}

function memoryOf(engine: Engine, session: Buffer, number: bigint): Memory {
  const last = engine.retries.last(session);
  if (last && number < last.number) {
    throw new Refusal(
      225,
      `Retryable write with txnNumber ${number} is prohibited; ${last.number} has already started`,
    );
  }
  return new Memory(engine.retries, session, number, engine.clock.now);
}

export function endSessions(engine: Engine, command: Command): Doc {
  for (const session of command.docs('endSessions')) {
    const id = session.get('id');
    if (id instanceof Binary) engine.retries.forget(id.bytes);
  }
  return ok();
}

import { Binary, type Doc } from '../bson/value.ts';
import { Refusal } from '../errors.ts';
import type { Command } from './command.ts';
import type { Engine } from './engine.ts';
import { ok } from './reply.ts';

const MAX_REMEMBERED = 10_000; // sessions; the one that wrote longest ago is forgotten first

/** Runs a retryable write once: its repetition is answered with what the first one was told. */
export function onlyOnce(engine: Engine, command: Command, run: () => Doc): Doc {
  const number = command.body.get('txnNumber');
  const session = command.session;
  if (typeof number !== 'bigint' || session === undefined) return run();
  const last = engine.retries.get(session);
  if (last && number === last.number) return last.reply;
  if (last && number < last.number) {
    throw new Refusal(
      225,
      `Retryable write with txnNumber ${number} is prohibited; ${last.number} has already started`,
    );
  }
  const reply = run();
  engine.retries.delete(session);
  engine.retries.set(session, { number, reply });
  if (engine.retries.size > MAX_REMEMBERED) {
    const [oldest] = engine.retries.keys();
    if (oldest !== undefined) engine.retries.delete(oldest);
  }
  return reply;
}

export function endSessions(engine: Engine, command: Command): Doc {
  for (const session of command.docs('endSessions')) {
    const id = session.get('id');
    if (id instanceof Binary) engine.retries.delete(id.bytes.toString('hex'));
  }
  return ok();
}

import { Refusal } from '../errors.ts';
import { isCorrupt, StoreDamaged } from '../store/damage.ts';
import { DATA_CORRUPTION_DETECTED, unreadable } from '../store/stored.ts';
import { StoreBroken } from '../store/trouble.ts';
import type { Command } from './command.ts';
import type { Engine } from './engine.ts';

/**
 * Runs a command and puts into words when it meets bytes that cannot be right. A read is answered with
 * DataCorruptionDetected and the store goes on with what is sound; a write stops it, for its pages may not be trusted.
 */
export async function namingDamage<Result>(
  engine: Engine,
  command: Command,
  run: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const cause = error instanceof StoreBroken ? error.cause : error;
    const undecodable = error instanceof Refusal && error.code === DATA_CORRUPTION_DETECTED;
    if (undecodable) throw new Refusal(error.code, `${placeOf(command)}: ${error.message}`);
    if (!isCorrupt(cause)) throw error;
    const why = cause instanceof Error ? cause.message : String(cause);
    const place = placeOf(command);
    if (error instanceof StoreBroken)
      throw new StoreBroken(new StoreDamaged(engine.disk.file, `${place}: ${why}`, cause));
    throw unreadable(`${engine.disk.file}: ${place}`, why);
  }
}

/** The collection that a command is about; a getMore names it in an option. */
function placeOf(command: Command): string {
  for (const name of [command.body.get(command.name), command.body.get('collection')]) {
    if (typeof name === 'string') return `met by ${command.name} on ${command.db}.${name}`;
  }
  return `met by ${command.name}`;
}

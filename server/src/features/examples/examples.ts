import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Log } from '../../plugins/log.ts';
import { type Line, playExample } from './play-example.ts';
import { type Example, readExample } from './read-example.ts';

/** Where the examples lie, in this repository and in an installation alike. */
const EXAMPLES = fileURLToPath(new URL('../../../../examples', import.meta.url));

export interface ShownExample extends Example {
  conversation: Line[];
}

export interface Examples {
  all(): Promise<readonly ShownExample[]>;
  find(name: string): Promise<ShownExample | null>;
}

/** The examples, read and played when somebody first asks. One that cannot be read is left out, and the log says so. */
export function openExamples(log: Log, room = EXAMPLES): Examples {
  let read: Promise<readonly ShownExample[]> | null = null;
  const all = () => (read ??= readAll());
  async function readAll(): Promise<ShownExample[]> {
    const folders = await readdir(room, { withFileTypes: true }).catch(() => []);
    const names = folders.flatMap((one) => (one.isDirectory() && one.name !== 'node_modules' ? [one.name] : []));
    const examples: ShownExample[] = [];
    // One after the other: the first look must not hold up the messages that arrive meanwhile
    for (const name of names.sort()) {
      try {
        const example = await readExample(room, name);
        examples.push({ ...example, conversation: await playExample(example) });
      } catch (error) {
        log.warn({ err: error, example: name }, 'an example cannot be shown');
      }
    }
    return examples;
  }
  return { all, find: async (name) => (await all()).find((one) => one.name === name) ?? null };
}

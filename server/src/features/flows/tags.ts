import { z } from 'zod';

const MAX_TAGS = 20; // of one flow; more than these are no order any more
const MAX_TAG = 40; // characters: a tag stands on one line of a phone

export const Tag = z.string().trim().min(1, 'Give the tag a name.').max(MAX_TAG);

/** Tags of one flow: trimmed, each once whatever its case. */
export const Tags = z
  .array(Tag)
  .transform((tags) => eachOnce(tags))
  .pipe(z.array(z.string()).max(MAX_TAGS));

/** The same tag, however it is written. */
export const tagKey = (tag: string): string => tag.normalize('NFC').toLowerCase();

function eachOnce(tags: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const tag of tags) if (!byKey.has(tagKey(tag))) byKey.set(tagKey(tag), tag);
  return [...byKey.values()];
}

/** Tags out of a file: what does not fit is dropped rather than refused. */
export const tagsOfFile = (tags: readonly string[]): string[] =>
  eachOnce(tags.flatMap((tag) => Tag.safeParse(tag).data ?? [])).slice(0, MAX_TAGS);

/** How many flows have each tag, by the spelling that was met first, in the order of the alphabet. */
export function countTags(lists: readonly (readonly string[])[]): { tag: string; count: number }[] {
  const counts = new Map<string, { tag: string; count: number }>();
  for (const tag of lists.flat()) {
    const known = counts.get(tagKey(tag));
    if (known) known.count += 1;
    else counts.set(tagKey(tag), { tag, count: 1 });
  }
  return [...counts.values()].sort((a, b) => a.tag.localeCompare(b.tag));
}

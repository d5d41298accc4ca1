import { fieldReader } from '../bson/decode.ts';
import { type Doc, isDoc } from '../bson/value.ts';
import type { Sort } from './sort.ts';

const MAX_ROOTS = 8; // fields: to look for more costs as much as to read them all

/** The top-level fields that a filter and a sort look at; null when that cannot be told, or would be too many. */
export function rootsOf(filter: Doc, sort: Sort = []): Set<string> | null {
  const roots = new Set(sort.map(({ path }) => path[0] ?? ''));
  return gather(filter, roots) && roots.size <= MAX_ROOTS ? roots : null;
}

function gather(filter: Doc, roots: Set<string>): boolean {
  for (const [name, operand] of filter) {
    if (name === '$comment') continue;
    if (!name.startsWith('$')) roots.add(name.split('.', 1)[0] ?? '');
    else if (name === '$expr' || !Array.isArray(operand)) return false;
    else for (const branch of operand) if (!isDoc(branch) || !gather(branch, roots)) return false;
  }
  return true;
}

/** Reads no more of a document than a filter and a sort ask for; null when they ask for all of it. */
export function readerFor(filter: Doc, sort: Sort): ((raw: Buffer) => Doc) | null {
  const roots = rootsOf(filter, sort);
  return roots && fieldReader(roots);
}

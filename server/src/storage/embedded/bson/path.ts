import { type Doc, isDoc, type Value } from './value.ts';

export type Path = readonly string[];

export const splitPath = (path: string): Path => path.split('.');

export const isIndex = (part: string): boolean => /^(0|[1-9]\d{0,9})$/.test(part);

/**
 * Calls `visit` with every value that a dotted path names, looking into arrays on the way as a query does, and stops at
 * the first `true`. `undefined` stands for a field that is missing. The array at the end of a path is visited whole.
 */
export function visitPath(from: Doc, path: Path, visit: (value: Value | undefined) => boolean, at = 0): boolean {
  const part = path[at];
  if (part === undefined) return visit(from);
  const value = from.get(part);
  return at === path.length - 1 ? visit(value) : visitInside(value, path, visit, at + 1);
}

function visitInside(
  value: Value | undefined,
  path: Path,
  visit: (value: Value | undefined) => boolean,
  at: number,
): boolean {
  if (isDoc(value)) return visitPath(value, path, visit, at);
  if (!Array.isArray(value)) return visit(undefined);
  const part = path[at] ?? '';
  if (isIndex(part)) {
    const element = value[Number(part)];
    if (element !== undefined) {
      if (at === path.length - 1 ? visit(element) : visitInside(element, path, visit, at + 1)) return true;
    }
  }
  // Elements that are no documents have no such field, but do not count as missing either.
  for (const element of value) if (isDoc(element) && visitPath(element, path, visit, at)) return true;
  return false;
}

/** The value at a path without looking into arrays, except by a numeric part. */
export function valueAt(from: Doc, path: Path): Value | undefined {
  let value: Value | undefined = from;
  for (const part of path) {
    if (isDoc(value)) value = value.get(part);
    else if (Array.isArray(value) && isIndex(part)) value = value[Number(part)];
    else return undefined;
  }
  return value;
}

/** Every value under a path, the elements of arrays one by one: what `distinct` lists and a sort chooses from. */
export function leaves(from: Doc, path: Path): Value[] {
  const found: Value[] = [];
  visitPath(from, path, (value) => {
    if (Array.isArray(value)) found.push(...value);
    else if (value !== undefined) found.push(value);
    return false;
  });
  return found;
}

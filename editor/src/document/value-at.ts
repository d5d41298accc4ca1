import { isObject } from '@parley/runtime';

/** What stands at a path inside of a config; undefined where nothing does. */
export function valueAt(values: unknown, path: readonly (string | number)[]): unknown {
  let at = values;
  for (const part of path) {
    if (Array.isArray(at)) at = at[Number(part)];
    else if (isObject(at) && Object.hasOwn(at, part)) at = at[part];
    else return undefined;
  }
  return at;
}

/** The parts of a JSON pointer (RFC 6901), all as texts. */
export const pointerParts = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

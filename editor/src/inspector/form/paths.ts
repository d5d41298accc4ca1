import { isObject } from '@parley/runtime';

export type Path = readonly (string | number)[];
type Values = Record<string, unknown>;

/** What stands at a path; undefined where nothing does. */
export function valueAt(values: unknown, path: Path): unknown {
  let at = values;
  for (const part of path) {
    if (Array.isArray(at)) at = at[Number(part)];
    else if (isObject(at) && Object.hasOwn(at, part)) at = at[part];
    else return undefined;
  }
  return at;
}

/** The same values with another one at the path; undefined takes a key away. Whatever else is there stays, known or not. */
export function withValue(values: Values, path: Path, value: unknown): Values {
  const changed = changedAt(values, path, value);
  return isObject(changed) ? changed : {};
}

function changedAt(at: unknown, [part, ...rest]: Path, value: unknown): unknown {
  if (part === undefined) return value;
  if (typeof part === 'number') {
    const list = Array.isArray(at) ? [...at] : [];
    list[part] = changedAt(list[part], rest, value);
    return list;
  }
  const object: Values = isObject(at) ? { ...at } : {};
  const inner = changedAt(object[part], rest, value);
  if (inner === undefined) delete object[part];
  else object[part] = inner;
  return object;
}

import { isObject } from '@parley/runtime';

export type Path = readonly (string | number)[];
type Values = Record<string, unknown>;

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

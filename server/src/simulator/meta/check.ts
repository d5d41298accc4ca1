import type { z } from 'zod';
import { GraphError } from './errors.ts';

/** Reads what was sent, or refuses it in Graph's words: 131008 for what is missing, 100 for what is too much, else 131009. */
export function readOr<Schema extends z.ZodType>(schema: Schema, value: unknown, name: string): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const path = issue ? wholePath(name, issue.path) : name;
  if (issue?.code === 'unrecognized_keys')
    throw new GraphError(100, `Unexpected key "${issue.keys[0]}" on param "${path}".`);
  if (issue?.code === 'invalid_type' && valueAt(value, issue.path) === undefined)
    throw new GraphError(131008, `Parameter '${path}' is mandatory.`);
  throw new GraphError(131009, `Parameter '${path}': ${issue?.message ?? 'is not valid'}.`);
}

const wholePath = (name: string, path: readonly PropertyKey[]) =>
  [name, ...path.map((part) => `['${String(part)}']`)].join('');

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found: unknown = value;
  for (const part of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<PropertyKey, unknown>)[part];
  }
  return found;
}

import { type Path, splitPath } from '../bson/path.ts';
import { Refusal } from '../errors.ts';

const MAX_PARTS = 200; // MongoDB's limit, the depth that BSON may have

/**
 * Splits a path as stages, projections and expressions read it: `a.b`. Refused with MongoDB's codes: nothing at all
 * (40352), a dot at the end (40353), more than 200 parts (15), an empty part (15998), `$` (16410), a null byte (16411).
 */
export function fieldPath(path: string): Path {
  if (path === '') throw new Refusal(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) throw new Refusal(40353, "FieldPath must not end with a '.'.");
  const parts = splitPath(path);
  if (parts.length > MAX_PARTS) throw new Refusal(15, 'FieldPath is too long');
  for (const part of parts) checkPart(part);
  return parts;
}

function checkPart(part: string): void {
  if (part === '') throw new Refusal(15998, 'FieldPath field names may not be empty strings.');
  if (part.startsWith('$')) {
    throw new Refusal(
      16410,
      `FieldPath field names may not start with '$', given '${part}'. Consider using $getField or $setField.`,
    );
  }
  if (part.includes('\0')) throw new Refusal(16411, "FieldPath field names may not contain '\\0'.");
}

/** The name of a field that an expression makes. A dot in it is refused as well (16412). */
export function checkFieldName(name: string): void {
  checkPart(name);
  if (name.includes('.')) {
    throw new Refusal(16412, "FieldPath field names may not contain '.'. Consider using $getField or $setField.");
  }
}

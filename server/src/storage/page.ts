import type { Model, QueryFilter } from 'mongoose';
import { z } from 'zod';
import type { TenantRow } from './tenancy.ts';
import { loosePattern } from './text-pattern.ts';

/** What a list's address may ask: see plugins/paging.ts, which reads it from the query. */
export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
  /** A field, with `-` before it for descending. */
  sort: string;
  q?: string | undefined;
  count: boolean;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total?: number;
}

/** The caller sent a cursor that this list did not give out. */
export class CursorError extends Error {
  override name = 'CursorError';
}

interface Options<T> {
  /** Fields that `q` looks into. */
  search: (keyof T & string)[];
  /** What `q` finds besides: another condition that may hold instead. */
  or?: object[];
  /** Fields that the list leaves in the store. */
  without?: (keyof T & string)[];
}

const Cursor = z.tuple([z.string(), z.union([z.string(), z.number(), z.null()]), z.string()]);

/**
 * One page by key, not by offset: it costs the same at any depth, and rows that come and go meanwhile shift nothing.
 * The id breaks ties.
 */
export async function readPage<T extends TenantRow>(
  rows: Model<T>,
  filter: QueryFilter<T> & { organization: string },
  { limit, cursor, sort, q, count }: PageRequest,
  { search, or = [], without = [] }: Options<T>,
): Promise<Page<T>> {
  const field = sort.replace(/^-/, '');
  const direction = sort.startsWith('-') ? -1 : 1;
  const conditions: object[] = [];
  if (q) conditions.push({ $or: [...search.map((name) => ({ [name]: containing(q) })), ...or] });
  const matching = conditions.length > 0 ? { ...filter, $and: [...conditions] } : filter;
  if (cursor !== undefined) conditions.push(after(cursor, sort, field, direction));
  const paged = conditions.length > 0 ? { ...filter, $and: conditions } : filter;
  const found = (await rows
    .find(paged as QueryFilter<T>, Object.fromEntries(without.map((name) => [name, 0])))
    .sort({ [field]: direction, _id: direction })
    .limit(limit + 1)
    .lean()) as unknown as T[];
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const page: Page<T> = { items, next: found.length > limit && last ? cursorOf(last, sort, field) : null };
  return count ? { ...page, total: await rows.countDocuments(matching as QueryFilter<T>) } : page;
}

function cursorOf(row: TenantRow, sort: string, field: string): string {
  const value = (row as unknown as Record<string, unknown>)[field];
  return Buffer.from(JSON.stringify([sort, value ?? null, row._id])).toString('base64url');
}

function after(cursor: string, sort: string, field: string, direction: 1 | -1): object {
  const [cursorSort, value, id] = readCursor(cursor);
  if (cursorSort !== sort) throw new CursorError('this cursor belongs to another sorting');
  const compare = direction === 1 ? '$gt' : '$lt';
  const at = field.endsWith('At') && typeof value === 'string' ? new Date(value) : value;
  const rest = { $or: [{ [field]: { [compare]: at } }, { [field]: at, _id: { [compare]: id } }] };
  // Says the same once more, so that a store walks its index from there on and not from the beginning
  return at === null ? rest : { [field]: { [`${compare}e`]: at }, ...rest };
}

function readCursor(cursor: string): z.infer<typeof Cursor> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new CursorError('this cursor is not one of ours', { cause });
  }
}

/** Any text that holds this one, in large or small letters, with or without accents. */
export const containing = (text: string) => ({ $regex: loosePattern(text), $options: 'i' });

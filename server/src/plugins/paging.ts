import { z } from 'zod';
import { CursorError, type Page } from '../storage/page.ts';
import { invalidField } from './errors.ts';

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;

/** The query of a list: `?limit=50&cursor=&sort=-createdAt&q=&count=true`. `sorts` are the fields it may go by. */
export const listQuery = <const S extends readonly [string, ...string[]]>(sorts: S) =>
  z.strictObject({
    limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
    cursor: z.string().min(1).max(1_000).optional(),
    sort: z.enum(sorts.flatMap((sort) => [sort, `-${sort}`])).default('-createdAt'),
    q: z.string().trim().max(100).optional(),
    count: z
      .enum(['true', 'false'])
      .default('false')
      .transform((text) => text === 'true'),
  });

/** The answer of a list. `total` is there only when it was asked for. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.number().int().optional() });

/** Shapes a store's page for the answer; a cursor that is not ours is the caller's mistake. */
export async function answerPage<T, A>(page: Promise<Page<T>>, present: (item: T) => A): Promise<Page<A>> {
  try {
    const { items, ...rest } = await page;
    return { items: items.map(present), ...rest };
  } catch (error) {
    if (error instanceof CursorError)
      throw invalidField('/cursor', 'invalid_cursor', 'Leave the cursor out to begin again.');
    throw error;
  }
}

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { issueText, plainIssues } from './parse-flow.ts';
import { pointer } from './problem.ts';

const file = z.strictObject({ kind: z.enum(['image', 'video']), url: z.string().min(1) });
const schema = z.object({
  header: z.union([z.string().max(3), file]),
  items: z.array(z.union([z.string().max(2), z.object({ id: z.union([z.literal('a'), z.number().max(5)]) })])),
});
const issuesOf = (value: unknown) =>
  (schema.safeParse(value).error?.issues ?? [])
    .flatMap(plainIssues)
    .map((one) => `${pointer(one.path)} ${issueText(one)}`);

describe('what is wrong with a value that may be of several sorts', () => {
  it('is said of the sort that it is', () => {
    expect(issuesOf({ header: 'long', items: [] })).toEqual(['/header Shorten header to 3 characters.']);
    expect(issuesOf({ header: { kind: 'image', url: '' }, items: [] })).toEqual(['/header/url Fill in url.']);
    expect(issuesOf({ header: { kind: 'gif', url: 'x' }, items: [] })[0]).toContain('/header/kind kind: ');
  });
  it('also where sorts are inside of sorts', () =>
    expect(issuesOf({ header: '', items: ['ok', 'long', { id: 9 }] })).toEqual([
      '/items/1 Shorten items to 2 characters.',
      '/items/2/id id: Too big: expected number to be <=5',
    ]));
  it('is said of the whole where it is of none', () =>
    expect(issuesOf({ header: 7, items: [] })).toEqual(['/header header: Invalid input']));
});

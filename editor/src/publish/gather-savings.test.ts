import { expect, it } from 'vitest';
import type { SavedChange } from '../api/versions.ts';
import { gatherSavings } from './gather-savings.ts';

const saved = (revision: number, minute: number, author: string, places: SavedChange['places']): SavedChange => ({
  revision,
  at: new Date(Date.UTC(2026, 2, 2, 9, minute)).toISOString(),
  author,
  places,
});

it('tells one sitting of one person as one', () => {
  const gathered = gatherSavings([
    saved(5, 40, 'Ana', [{ what: 'layout' }]),
    saved(4, 12, 'Ben', [{ what: 'changed', node: 'ask' }]),
    saved(3, 10, 'Ana', [
      { what: 'changed', node: 'new' },
      { what: 'removed', node: 'odd' },
    ]),
    saved(2, 9, 'Ana', [
      { what: 'added', node: 'new' },
      { what: 'added', node: 'odd' },
    ]),
  ]);
  expect(gathered).toMatchObject([
    { revision: 5, author: 'Ana' },
    { revision: 4, author: 'Ben' },
    { revision: 3, author: 'Ana', places: [{ what: 'added', node: 'new' }] },
  ]);
});

it('keeps apart what earlier releases kept without a time', () => {
  const old = { ...saved(1, 0, 'Ana', []), at: null };
  expect(gatherSavings([old, { ...old, revision: 2 }])).toHaveLength(2);
});

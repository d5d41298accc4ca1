import { expect, it } from 'vitest';
import { complaints, killRounds, table } from './store-rounds.ts';

const ROUNDS = 10; // tests/faults/store-kill.ts plays 200
const FULL = 2;

it('a store killed under eight writers loses nothing it acknowledged', { timeout: 120_000 }, async () => {
  const tallies = await killRounds({ rounds: ROUNDS, full: FULL, seed: 5 });
  console.log(table(tallies));
  expect(complaints(tallies)).toEqual([]);
  expect(tallies.get('with the disk full')?.refused).toBeGreaterThan(0);
});

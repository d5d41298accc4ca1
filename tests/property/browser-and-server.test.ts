import { expect, it } from 'vitest';
import { compareSides } from './compare-sides.ts';

const CASES = Number(process.env.PARLEY_PROPERTY_CASES ?? 500);
const SEED = Number(process.env.PARLEY_PROPERTY_SEED ?? 1);
const SHOWN = 3; // differences that are printed whole
const PATIENCE = CASES * 2_400; // ms; a case takes some 200 on a machine that does nothing else

/** What the simulator shows is what production does: the same flow and inputs, the same effects. */
it(
  `has the same effects in a browser and on the server (${CASES} cases, seed ${SEED})`,
  async () => {
    const { differences, seen } = await compareSides({ cases: CASES, seed: SEED });
    console.log(seen);
    console.log(`${CASES} cases, ${differences.length} differences`);
    expect(differences.slice(0, SHOWN)).toEqual([]);
  },
  PATIENCE,
);

import { claims } from './claims.ts';
import { faultsOf, isScript } from './judge.ts';

/** `npm run claims`: each feature, our answer and what proves it; every script that is named is played. */
const known = new Map<string, string[]>();
let faults = 0;
let section = '';

for (const one of claims) {
  if (one.section !== section) console.log(`\n${one.section}`);
  section = one.section;
  const found = await faultsOf(one, known);
  faults += found.length;
  const answer = one.claim === null ? `not claimed: ${one.why}` : `${one.claim} [${one.proof.join(', ')}]`;
  console.log(`${found.length > 0 ? 'BROKEN' : one.claim === null ? '    no' : '   yes'}  ${one.feature}: ${answer}`);
  for (const fault of found) console.log(`        ${fault}`);
}

const claimed = claims.filter(({ claim }) => claim !== null);
const byScripts = claimed.filter(({ proof }) => proof.some(isScript)).length;
const played = [...known.keys()].filter(isScript).length;
console.log(
  `\n${claims.length} features: ${claimed.length} claimed, ${byScripts} of them with scripts and ${claimed.length - byScripts} ` +
    `by named tests; ${claims.length - claimed.length} not claimed. ${played} scripts played; ${faults} faults.`,
);
process.exitCode = faults > 0 ? 1 : 0;

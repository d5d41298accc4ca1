import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { claims } from './claims.ts';
import { faultsOf } from './judge.ts';

const known = new Map<string, string[]>();
const named = claims.map((one) => ({ ...one, name: `${one.section}: ${one.feature}` }));

describe('what we claim of the flow language', () => {
  it.each(named)('$name', async (one) => expect(await faultsOf(one, known)).toEqual([]));

  it('says of every feature what we have, or why not', () => {
    expect(named.filter(({ claim, why }) => (claim === null) === (why === null))).toEqual([]);
    expect(new Set(named.map(({ name }) => name)).size).toBe(named.length);
  });

  it('answers each of the 42 wishes', () => {
    const wishes = named
      .filter(({ section }) => section.startsWith('3 '))
      .map(({ feature }) => Number.parseInt(feature, 10));
    expect([...new Set(wishes)]).toEqual(Array.from({ length: 42 }, (_, index) => index + 1));
  });

  it('has no script that proves nothing', () => {
    const files = readdirSync(new URL('scripts/', import.meta.url)).map(
      (file) => `claims/${file.replace('.json', '')}`,
    );
    const used = new Set(claims.flatMap(({ proof }) => proof));
    expect(files.filter((file) => !used.has(file))).toEqual([]);
  });
});

describe('a claim that does not hold', () => {
  const claim = { section: 's', feature: 'f', claim: 'ours', why: null };
  it.each([
    [[], 'nothing proves it'],
    [['chat/send/no-such-script'], 'there is no such script'],
    [['no/such.test.ts: words'], 'there is no such test file'],
    [['tests/claims/claims.test.ts: words of no test'.replace('no test', 'n0 test')], 'the file has no such test'],
  ])('%j', async (proof, fault) => expect((await faultsOf({ ...claim, proof })).join()).toContain(fault));
});

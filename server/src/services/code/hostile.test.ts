import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildFence } from './fence.ts';
import { type CodeRunners, createCodeRunners } from './service.ts';
import { type Runner, startRunner } from './start-runner.ts';
import { attacks, LOG_LIMITS } from './testing/attacks.ts';

const input = { variables: { a: 1 }, contact: {}, message: null, now: '2026-03-02T09:00:00.000Z' };
const asking = (source: string) => ({ source, input, chance: 0.5 });
const PATIENT = { start: 15_000, run: 5_000 }; // ms, for a machine that runs other tests beside these
const fence = buildFence();
const fair = asking('return variables.a + 1');

let runners: CodeRunners;
beforeAll(() => {
  runners = createCodeRunners({ start: () => startRunner(fence, PATIENT) });
});
afterAll(() => runners.stop());

const outcomeOf = (source: string) =>
  runners.run('org_hostile', asking(source)).then(
    ({ value, logs }) => ({ value, logs, error: null }),
    (error: Error) => ({ value: null, logs: [] as string[], error: error.message }),
  );

describe('code that means harm', () => {
  it.each(attacks)('$id $name', async ({ source, ends }) => {
    const { value, error, logs } = await outcomeOf(source);
    if ('value' in ends) expect({ value, error }).toEqual({ value: ends.value, error: null });
    else expect(error).toMatch(ends.error);
    expect(logs.length).toBeLessThanOrEqual(LOG_LIMITS.lines);
    expect(logs.join('').length).toBeLessThanOrEqual(LOG_LIMITS.characters);
    // Whoever comes next, the same organization or another, finds everything as it should be
    const after = await Promise.all([runners.run('org_hostile', fair), runners.run('org_other', fair)]);
    expect(after.map((one) => one.value)).toEqual([2, 2]);
  });

  it('A18: a thousand at once hold nobody else up', async () => {
    const flood = Array.from({ length: 1_000 }, () => outcomeOf('for (let i = 0; i < 1e4; i++); return 1'));
    let ended = 0;
    for (const one of flood) void one.then(() => ended++);
    expect((await runners.run('org_other', fair)).value).toBe(2);
    const refusedAtOnce = 1_000 - 250 - 1;
    expect(ended).toBeLessThan(refusedAtOnce + 200);
    const all = await Promise.all(flood);
    expect(all.filter(({ value }) => value === 1)).toHaveLength(251);
    expect(all.filter(({ error }) => error?.startsWith('Too much code is waiting'))).toHaveLength(refusedAtOnce);
  });
});

describe('a runner', () => {
  let runner: Runner;
  beforeAll(async () => {
    runner = await startRunner(fence);
  });
  afterAll(() => runner.kill());

  it('keeps the modules of organizations apart and forgets the oldest', async () => {
    for (const organization of ['a', 'b', 'c', 'd', 'e', 'f', 'a'])
      expect(await runner.run({ organization, request: fair })).toMatchObject({ ok: true, value: 2 });
  });

  it('that is gone says so, and does not hang', async () => {
    const asked = runner.run({ organization: 'a', request: asking('for (;;);') });
    await Promise.all([runner.kill(), expect(asked).rejects.toThrow('ended before the code did')]);
    await expect(runner.run({ organization: 'a', request: fair })).rejects.toThrow('ended before the code did');
  });
});

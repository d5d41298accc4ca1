import { describe, expect, it } from 'vitest';
import { clients } from './clients.ts';

describe.each(clients)('$name', ({ run, calls }) => {
  it(`gets what it wants from the simulator, in ${calls} calls`, async () => {
    const outcomes = await run();
    expect(outcomes).toHaveLength(calls);
    expect(outcomes.filter(({ trouble }) => trouble !== null)).toEqual([]);
  });
});

import { startTestApp } from '@parley/server/src/testing/app.ts';
import { expect, it } from 'vitest';
import { fuzzWebhooks } from '../conformance/fuzz/run.ts';
import { META_SAMPLES, TWILIO_SAMPLES } from '../conformance/fuzz/samples.ts';

/** The short form of `npm run fuzz:webhooks`, over samples of our own. */
it('loses nothing of 2,000 mutated webhooks, and answers none with 5xx', async () => {
  const test = await startTestApp();
  try {
    const { problems, mutants, marks } = await fuzzWebhooks(
      test,
      { meta: META_SAMPLES, twilio: TWILIO_SAMPLES },
      2_000,
      7,
    );
    expect(problems).toEqual([]);
    expect(mutants).toBe(2_000);
    expect(marks).toBeGreaterThan(1_000);
  } finally {
    await test.close();
  }
});

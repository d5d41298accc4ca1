import { defineConfig } from 'vitest/config';

const ROOT = new URL('..', import.meta.url).pathname;

const STORED = ['server', 'tests', 'browser'];

const room = (name: string, include: string[], timeout = 20_000) => ({
  test: {
    name,
    root: ROOT,
    include,
    environment: 'node' as const,
    testTimeout: timeout,
    hookTimeout: timeout,
    // What a page shows comes when a busy machine has time for it; the test's own limit still holds
    expect: { poll: { timeout: timeout / 2 } },
    // Whatever is sent to the store in a test has to be on its allow-list.
    globalSetup: name === 'browser' ? ['tests/browser/support/build-editor.ts'] : [],
    setupFiles: STORED.includes(name) ? ['server/src/testing/record-shapes.ts'] : [],
  },
});

/** Every room's tests beside its code; what crosses rooms lives in tests/. `faults` kills real processes and runs by itself. */
export default defineConfig({
  test: {
    // One a core: most of a browser test is waiting for a page, which leaves a core idle
    maxWorkers: 2,
    // `npm run coverage`: what has no test of its own room is shown; test support is no product
    coverage: {
      provider: 'v8',
      include: ['runtime/src/**/*.ts', 'nodes/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing/**', '**/*.d.ts'],
      reporter: ['text-summary', 'json-summary'],
      reportsDirectory: 'node_modules/.cache/coverage',
      reportOnFailure: true,
      thresholds: {
        'runtime/src/**': { lines: 90, branches: 90 },
        'nodes/src/**': { lines: 90, branches: 90 },
      },
    },
    projects: [
      room('runtime', ['runtime/src/**/*.test.ts']),
      // Instrumented for coverage, sessions at random take three times as long
      room('nodes', ['nodes/src/**/*.test.ts'], 60_000),
      // Some start programs one after the other, which takes seconds each where another program keeps the machine busy
      room('server', ['server/src/**/*.test.ts'], 60_000),
      room('editor', ['editor/src/**/*.test.ts']),
      room('tests', ['tests/*.test.ts', 'tests/{claims,api,property,clients,conformance}/**/*.test.ts'], 60_000),
      room('browser', ['tests/browser/**/*.test.ts'], 120_000),
      room('faults', ['tests/faults/**/*.test.ts'], 300_000),
    ],
  },
});

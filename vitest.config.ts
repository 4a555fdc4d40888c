import { defineConfig } from 'vitest/config';

/** Folders of tests that start no server, no Java and no browser. */
const UNIT = ['bounds', 'contract', 'domain', 'functions', 'http', 'infra', 'sweeps', 'web'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    // Functions log and count as they do on Lambda; a test run has nobody to read it.
    env: {
      POWERTOOLS_SERVICE_NAME: 'inmail-credits',
      POWERTOOLS_METRICS_NAMESPACE: 'InMailCredits',
      POWERTOOLS_METRICS_DISABLED: 'true',
      POWERTOOLS_LOG_LEVEL: 'SILENT',
    },
    // Every processor: left out, one is kept for an editor, and of two that is half.
    maxWorkers: '100%',
    // DynamoDB Local takes a second or two to start on a busy machine; no test measures time.
    testTimeout: 120_000,
    // What is waited for is a browser, a server, Java: one second is not long for them on such a machine.
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 120_000,
    projects: [
      // Each of these makes a world of its own, so that they can share a process, and what it has loaded.
      { extends: true, test: { name: 'unit', include: UNIT, isolate: false } },
      { extends: true, test: { name: 'system', include: ['test/**/*.test.ts'], exclude: UNIT } },
    ],
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
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
  },
});

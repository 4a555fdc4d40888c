import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/** A browser looks at the page. */
const PAGE = ['test/page/**/*.test.ts'];

/** DynamoDB Local and Java. Without Java they are skipped, and say so. */
const DYNAMODB = ['test/dynamodb/**/*.test.ts'];

/** These start a server or a program, or keep a processor busy for long. All others are unit tests. */
const SYSTEM = [
  'test/abuse/*.test.ts',
  'test/artifact/*.test.ts',
  'test/bench/*.test.ts',
  'test/locale/*.test.ts',
  'test/{infra/{checks,page},events/infra}.test.ts',
  'test/{contract,events,local,tools}/{client-package,command,crashes,demo,end-of-time,examples,kernel-lock,local-feed}.test.ts',
  'test/{local,tools}/{many-at-once,member-ids,page-build,replay}.test.ts',
  'test/{local,tools}/{report,restart,sockets,start,strangers,sweeps-by-hand,system,two-systems}.test.ts',
  'test/documents/walk.test.ts',
  'test/recover/{commands,drill}.test.ts',
  'test/{regexes,supply-chain}.test.ts',
];

const SHARED = ['test/support/global-setup.ts'];

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
    // A program takes a second or two to start on a busy machine; no test measures time.
    testTimeout: 120_000,
    // What is waited for is a browser, a server, Java: one second is not long for them on such a machine.
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 120_000,
    sequence: { sequencer: LongestFirst },
    // Each file makes a world of its own, so that files can share a process, and what it has loaded.
    isolate: false,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: [...SYSTEM, ...PAGE, ...DYNAMODB] },
      },
      { extends: true, test: { name: 'system', include: SYSTEM, globalSetup: SHARED } },
      { extends: true, test: { name: 'dynamodb', include: DYNAMODB, globalSetup: SHARED } },
      { extends: true, test: { name: 'page', include: PAGE, globalSetup: SHARED } },
    ],
  },
});

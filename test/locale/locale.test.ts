/** Nothing depends on a machine's place or language. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const STORY = fileURLToPath(new URL('./tell-story.ts', import.meta.url));

/** 14 hours ahead, so half of every day is another date there. In the language, the capital of `i` is not `I`. */
const ELSEWHERE = { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' };
const PLAIN = { TZ: 'UTC', LC_ALL: 'C', LANG: 'C' };

const node = (args: readonly string[], place: typeof PLAIN) =>
  run(process.execPath, ['--import', 'tsx', ...args], { env: { ...process.env, ...place }, maxBuffer: 2 ** 26 });

describe('another clock and another language', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'inmail-credits-locale-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('the responses and the contract are the same bytes under another clock and another language', async () => {
    const [here, there] = await Promise.all([PLAIN, ELSEWHERE].map((place) => node([STORY], place)));
    // Both places were the intended ones. Otherwise the comparison would show nothing.
    expect([here?.stderr, there?.stderr]).toEqual([expect.stringContaining('UTC'), 'tr-TR Pacific/Kiritimati']);
    const { told, violations } = JSON.parse(here?.stdout.slice(0, here.stdout.indexOf('\n}') + 2) ?? '');
    expect([told.length, violations]).toEqual([46, []]);
    expect(there?.stdout === here?.stdout).toBe(true);
  });

  it('a replay writes the same books under another clock and another language', async () => {
    const [messages, subscriptions] = ['messages.txt', 'subscriptions.csv'].map((name) => join(folder, name)) as [
      string,
      string,
    ];
    const start = Date.UTC(2024, 0, 31, 10, 30) / 1_000;
    writeFileSync(messages, [`I i ${start}`, `i I ${start + 90_000}`, `I i ${start + 5_000_000}`, ''].join('\n'));
    const lines = ['at,memberId,product,plan', '2024-01-31T10:00:00Z,I,premium,premium-career'];
    writeFileSync(
      subscriptions,
      [...lines, '2024-01-31T11:00:00Z,i,sales-navigator,sales-navigator-core', ''].join('\n'),
    );
    const books = await Promise.all(
      [PLAIN, ELSEWHERE].map(async (place) => {
        const out = join(folder, place.LC_ALL);
        const files = ['--messages', messages, '--subscriptions', subscriptions, '--out', out];
        await node(['tools/replay/main.ts', ...files, '--as-of', '2024-12-31T23:30:00Z'], place);
        return Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]));
      }),
    );
    expect(Object.keys(books[0] ?? {}).sort()).toEqual(['ledger.csv', 'summary.json', 'wallets.csv']);
    expect(books[0]?.['ledger.csv']?.split('\n').length).toBeGreaterThan(20);
    expect(books[1]).toEqual(books[0]);
  });
});

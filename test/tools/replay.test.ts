import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instant } from '../../shared/domain/instant.ts';
import { readArguments } from '../../tools/options.ts';
import { independent } from '../../tools/replay/driver.ts';
import { OPTIONS } from '../../tools/replay/options.ts';

const run = promisify(execFile);
const SUBSCRIPTIONS = `at,memberId,product,plan
2024-01-31T15:00:00Z,ada,premium,premium-career
2024-01-31T15:00:00Z,bob,sales-navigator,sales-navigator-core
2024-03-05T10:00:00Z,ada,premium,premium-business
2024-04-10T10:00:00Z,bob,sales-navigator,
`;
const seconds = (at: string) => Date.parse(at) / 1000;
const MESSAGES = [
  `ada bob ${seconds('2024-01-31T15:00:00Z')}`,
  `ada bob ${seconds('2024-02-01T15:00:00Z')}`,
  `bob ada ${seconds('2024-02-02T15:00:00Z')}`,
  `bob ada ${seconds('2024-02-03T15:00:00Z')}`,
  `ada carol ${seconds('2024-02-04T15:00:00Z')}`,
  `carol ada ${seconds('2024-03-06T15:00:00Z')}`,
  `carol dave ${seconds('2024-03-07T15:00:00Z')}`,
  `ada ada ${seconds('2024-03-08T15:00:00Z')}`,
].map((line) => `${line}\n`);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
});
afterEach(() => rm(folder, { recursive: true }));

type Files = { messages?: string; subscriptions?: string };

async function replay({ messages = MESSAGES.join(''), subscriptions = SUBSCRIPTIONS }: Files, ...more: string[]) {
  await writeFile(join(folder, 'messages.txt.gz'), gzipSync(messages));
  await writeFile(join(folder, 'subscriptions.csv'), subscriptions);
  const options = ['--messages', 'messages.txt.gz', '--subscriptions', 'subscriptions.csv', '--out', 'books'];
  return command([...options, '--as-of', '2024-07-01T00:00:00Z', ...more]);
}

const root = process.cwd();

async function command(args: readonly string[]) {
  const main = [join(root, 'node_modules/.bin/tsx'), join(root, 'tools/replay/main.ts'), ...args];
  const done = await run(process.execPath, main, { cwd: folder }).catch((error) => error);
  return { code: done.code ?? 0, stdout: String(done.stdout), stderr: String(done.stderr) };
}

const book = (name: string) => readFile(join(folder, 'books', name), 'utf8');

describe('a replay', () => {
  it('a replay leaves the books that the rules make', async () => {
    const { code, stdout, stderr } = await replay({});
    expect([code, stdout, stderr]).toEqual([0, 'books: 16 entries, 3 InMails, audit clean\n', '']);
    expect(JSON.parse(await book('summary.json'))).toEqual({
      asOf: '2024-07-01T00:00:00.000Z',
      inmails: { sent: 3, respondedInTime: 2, respondedLate: 0, pending: 0, expired: 1, reminded: 2 },
      refused: { 'response-pending': 1, 'no-active-subscription': 1, 'self-inmail': 1 },
      credits: {
        granted: 5 + 5 + 15 * 5 + 50 * 4,
        spent: 3,
        returned: 1,
        forfeited: { 'renewal-over-cap': 15 + 15 + 49, 'return-over-cap': 0, 'plan-change': 9, cancellation: 150 },
        notReturned: { late: 0, 'subscription-ended': 1 },
        balance: 45,
      },
    });
    expect(await book('wallets.csv')).toBe(
      'memberId,product,plan,balance\nada,premium,premium-business,45\nbob,sales-navigator,,0\n',
    );
    const ledger = (await book('ledger.csv')).split('\n');
    expect(ledger.slice(0, 4)).toEqual([
      'memberId,product,seq,at,type,delta,balance,forfeited',
      'ada,premium,1,2024-01-31T15:00:00.000Z,subscribed,5,5,0',
      'ada,premium,2,2024-01-31T15:00:00.000Z,sent,-1,4,0',
      'ada,premium,3,2024-02-02T15:00:00.000Z,returned,1,5,0',
    ]);
    expect(ledger).toHaveLength(1 + 16 + 1);
  });

  it('a replay with a limit plays only the first messages, while time goes on', async () => {
    await replay({}, '--limit', '1');
    const { inmails, credits } = JSON.parse(await book('summary.json'));
    expect([inmails.sent, inmails.expired, inmails.reminded, credits.balance]).toEqual([1, 1, 1, 45]);
  });

  it.each<[string, Files, string]>([
    [
      'a cancel of what never was',
      { subscriptions: `${SUBSCRIPTIONS}2024-04-11T10:00:00Z,zed,premium,\n` },
      'subscriptions.csv:6: zed has no premium to cancel: it was never subscribed to',
    ],
    ['an empty log', { messages: '' }, 'messages.txt.gz: the file is empty'],
  ])('a replay plays nothing of %s', async (_, files, fault) => {
    const { code, stderr } = await replay(files);
    expect([code, stderr]).toEqual([2, `replay: ${fault}\n`]);
    expect((await readdir(folder)).sort()).toEqual(['messages.txt.gz', 'subscriptions.csv']);
  });

  it('a bad line stops a replay with one line of text, before it writes anything', async () => {
    const { code, stderr } = await replay({ messages: 'a b 200\nb a 100\n' });
    const fault = 'goes back in time, from 1970-01-01T00:03:20.000Z to 1970-01-01T00:01:40.000Z';
    expect([code, stderr]).toEqual([2, `replay: messages.txt.gz:2: ${fault}\n`]);
    expect((await readdir(folder)).sort()).toEqual(['messages.txt.gz', 'subscriptions.csv']);
  });
});

describe('events played at once', () => {
  const at = (second: number) => instant(second * 1_000);
  const message = (second: number, senderId: string, recipientId: string) =>
    ({ kind: 'message', at: at(second), senderId, recipientId, line: second }) as const;
  it.each([
    ['share no member', [message(1, 'a', 'b'), message(2, 'c', 'd'), message(3, 'b', 'e')], 9, 2],
    ['do not follow one with oneself', [message(1, 'a', 'a'), message(2, 'a', 'b')], 9, 1],
    ['are before the next sweep', [message(1, 'a', 'b'), message(2, 'c', 'd')], 2, 1],
    ['may be all there are', [message(1, 'a', 'b'), message(2, 'c', 'd')], 3, 2],
  ])('events that a replay plays at once %s', (_, events, until, count) => {
    expect(independent(events, at(until))).toEqual(events.slice(0, count));
  });
});

describe('the command line', () => {
  const needed = ['--messages', 'm', '--subscriptions', 's', '--as-of', '2024-07-01T00:00:00Z', '--out', 'o'];
  it('a replay takes the options that it needs, and has defaults for the others', () => {
    expect(readArguments(OPTIONS, needed)?.values).toEqual({
      messages: 'm',
      subscriptions: 's',
      asOf: '2024-07-01T00:00:00.000Z',
      out: 'o',
      engine: undefined,
      queues: false,
      limit: undefined,
    });
  });

  it.each([
    [['--engine', 'paper'], '--engine wants sqlite or dynamodb, not "paper"'],
    [['--limit', '0'], '--limit wants a whole number from 1, not "0"'],
    [['--limit', '1.5'], '--limit wants a whole number from 1, not "1.5"'],
    [['--as-of', '2024-07-01'], '--as-of wants an instant with a zone, such as 2004-12-31T00:00:00Z, not "2024-07-01"'],
    [['--as-of', '2024-13-01T00:00:00Z'], 'not "2024-13-01T00:00:00Z"'],
    [['--out', ''], '--out wants DIR, not ""'],
  ])('a replay refuses the options %j', (more, fault) => {
    expect(() => readArguments(OPTIONS, [...needed, ...more])).toThrow(fault);
  });

  it('a replay names the options that are missing', () => {
    expect(() => readArguments(OPTIONS, needed.slice(2, -2))).toThrow(/^--messages FILE, --out DIR are needed$/);
  });
});

const DATA = join(root, '..', 'shared');
const data = (name: string) => join(DATA, 'data', name);
const isHere = existsSync(join(DATA, 'data', 'college-messages.txt.gz'));

describe.skipIf(!isHere)(`the college log (skipped where ../shared is absent)`, () => {
  // The whole log takes half a minute, and a minute through queues, so that both are CI's.
  it('the first 1,000 messages of the college log give the same books with sweeps through queues', async () => {
    const [header, ...rows] = (await readFile(data('college-subscriptions.csv'), 'utf8')).split('\n');
    const recent = rows.filter((row) => row >= '2004-04-01' && !row.endsWith(','));
    await writeFile(join(folder, 'recent.csv'), [header, ...recent].join('\n'));
    const files = ['--messages', data('college-messages.txt.gz'), '--subscriptions', 'recent.csv'];
    const books: string[][] = [];
    for (const way of [[], ['--queues']]) {
      const until = ['--limit', '1000', '--as-of', '2004-04-30T00:00:00Z', '--out', 'books'];
      expect((await command([...files, ...until, ...way])).code).toBe(0);
      books.push(await Promise.all(['summary.json', 'wallets.csv', 'ledger.csv'].map(book)));
    }
    expect(JSON.parse(books[0]?.[0] ?? '').inmails.reminded).toBeGreaterThan(20);
    expect(books[1]).toEqual(books[0]);
  });
});

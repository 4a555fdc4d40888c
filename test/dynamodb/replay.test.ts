import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command.ts';
import { HAS_JAVA, NEEDS_JAVA } from '../support/java.ts';

describe.skipIf(!HAS_JAVA)(`a replay on DynamoDB Local ${NEEDS_JAVA}`, () => {
  it('a replay gives the same books on both engines', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'replay-'));
    const inFolder = (name: string) => join(folder, name);
    const seconds = (at: string) => Date.parse(at) / 1_000;
    const lines = [`ada bob ${seconds('2024-02-01T15:00:00Z')}`, `bob ada ${seconds('2024-02-02T15:00:00Z')}`];
    writeFileSync(inFolder('messages.txt'), lines.join('\n'));
    const rows = ['at,memberId,product,plan', '2024-01-31T15:00:00Z,ada,premium,premium-career'];
    writeFileSync(inFolder('subscriptions.csv'), rows.join('\n'));
    const files = ['--messages', inFolder('messages.txt'), '--subscriptions', inFolder('subscriptions.csv')];
    const books: string[][] = [];
    for (const engine of ['sqlite', 'dynamodb']) {
      const until = ['--as-of', '2024-02-06T00:00:00Z', '--out', inFolder(engine), '--engine', engine];
      expect(await runCommand('replay/main', [...files, ...until], {}).ended).toMatchObject({ code: 0, err: '' });
      books.push(
        ['summary.json', 'wallets.csv', 'ledger.csv'].map((name) => readFileSync(join(folder, engine, name), 'utf8')),
      );
    }
    rmSync(folder, { recursive: true });
    expect(JSON.parse(books[0]?.[0] ?? '').inmails).toMatchObject({ sent: 1, respondedInTime: 1 });
    expect(books[0]).toEqual(books[1]);
  });
});

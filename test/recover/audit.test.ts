/** The audit of all the books, and of one member's, in tables that are written to meanwhile. */
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteInMemory } from '../../local/sqlite/sqlite-engine.ts';
import { instant } from '../../shared/domain/instant.ts';
import type { Entry } from '../../shared/domain/ledger.ts';
import type { Database, DocumentClient } from '../../shared/store/database.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { dueKey, inmailKey } from '../../shared/store/keys.ts';
import { auditMember, auditSource } from '../../tools/audit/audit-source.ts';
import { OPTIONS } from '../../tools/audit/options.ts';
import { ledgerText, textOf } from '../../tools/audit/print.ts';
import type { Source } from '../../tools/books/source.ts';
import { readArguments } from '../../tools/options.ts';
import { storyBooks } from '../domain/story.ts';
import { entry } from '../support/books.ts';

const BOOKS = storyBooks();
let tables: ReturnType<typeof sqliteInMemory>;
let database: Database;

const put = (table: 'ledger' | 'inmails', Item: object) =>
  database.client.send(new PutCommand({ TableName: database.tables[table], Item: { ...Item } }));
const removeEntry = (walletId: string, seq: number) =>
  database.client.send(new DeleteCommand({ TableName: database.tables.ledger, Key: { walletId, seq } }));

beforeEach(async () => {
  tables = sqliteInMemory();
  database = tables;
  for (const one of BOOKS.entries) await put('ledger', one);
  for (const one of BOOKS.inmails) {
    await put('inmails', { ...one, ...inmailKey(one), ...(one.status === 'pending' && dueKey(one.inmailId)) });
  }
});
afterEach(() => tables[Symbol.dispose]());

const sourceOf = (segments = 1, client: DocumentClient = database.client): Source => ({
  database: { ...database, client },
  now: instant('2025-01-01T00:00:00Z'),
  segments,
  [Symbol.asyncDispose]: async () => {},
});

describe('an audit of all the books', () => {
  it.each([1, 3])('clean books read in %i parts have their counts and no violation', async (segments) => {
    let read = 0;
    const { violations, ...counts } = await auditSource(sourceOf(segments), (_, done) => {
      read = done;
    });
    expect(violations).toEqual([]);
    expect(counts).toEqual({
      wallets: new Set(BOOKS.entries.map(({ walletId }) => walletId)).size,
      entries: BOOKS.entries.length,
      inmails: BOOKS.inmails.length,
    });
    expect(read).toBe(BOOKS.entries.length + BOOKS.inmails.length);
  });

  it('a lost entry is told with its invariant, and so is the InMail that it paid for', async () => {
    const lost = BOOKS.entries.find(({ walletId, type }) => walletId === 'ada#premium' && type === 'sent');
    await removeEntry('ada#premium', lost?.seq ?? 0);
    const { violations } = await auditSource(sourceOf());
    expect(new Set(violations.map(({ invariant }) => invariant))).toContain('I1');
    expect(violations).toContainEqual({ invariant: 'I6', where: lost?.inmailId, what: 'paid 0 times' });
    expect(textOf({ wallets: 1, entries: 2, inmails: 3, violations })).toContain(`I6 ${lost?.inmailId}: paid 0 times`);
  });

  it('an entry of a wallet that no member can have is told, although no member is read for it', async () => {
    await put('ledger', { ...entry('ada#premium', 1), walletId: 'ada#nothing' });
    const { violations } = await auditSource(sourceOf());
    expect(violations.map(({ where }) => where)).toContain('ada#nothing 1');
  });

  it('a write between the two scans is no violation, because the member is read again', async () => {
    const isTail = ({ walletId, seq }: Entry) =>
      !BOOKS.entries.some((one) => one.walletId === walletId && one.seq > seq);
    const last = BOOKS.entries.find((one) => one.type === 'sent' && isTail(one)) as Entry;
    await removeEntry(last.walletId, last.seq);
    expect((await auditSource(sourceOf())).violations.length).toBeGreaterThan(0);
    let scans = 0;
    const writing = {
      send: async (command: { input: { TableName?: string } }, ...rest: []) => {
        const isScan = command.constructor.name === 'ScanCommand';
        const answer = await database.client.send(command as never, ...rest);
        if (isScan) scans += 1;
        if (isScan && scans === 2) await put('ledger', last);
        return answer;
      },
    } as unknown as DocumentClient;
    expect((await auditSource(sourceOf(1, writing))).violations).toEqual([]);
    expect(scans).toBe(2);
  });
});

describe('an audit of one member', () => {
  it('a member is audited with all wallets and InMails, and no other member is read', async () => {
    await removeEntry('cyd#premium', 1);
    const ada = await auditMember(database, 'ada');
    expect([ada.wallets, ada.violations]).toEqual([2, []]);
    const cyd = await auditMember(database, 'cyd');
    expect(cyd.violations.length).toBeGreaterThan(0);
    expect(cyd.violations.every(({ where }) => where.startsWith('cyd'))).toBe(true);
  });

  it('the entries of a wallet are a table, oldest first', () => {
    const lines = ledgerText('dan#premium', BOOKS.entries.toReversed()).split('\n');
    expect(lines.map((line) => line.split(/ +/)[0])).toEqual(['dan#premium', 'seq', '1', '2']);
    expect(lines[3]).toMatch(/^2 +2024-03-07T10:00:00\.000Z +cancelled +premium-career +2 +-5 +0 +5$/);
    expect(ledgerText('zoe#premium', BOOKS.entries)).toBe('zoe#premium has no entries');
  });

  it('a member whose books are gone has nothing to audit', async () => {
    const store = dynamoStore(database);
    expect(await store.ledger.tail('zoe#premium')).toBeUndefined();
    expect(await auditMember(database, 'zoe')).toMatchObject({ wallets: 0, entries: 0, inmails: 0, violations: [] });
  });
});

describe('the command line of the audit', () => {
  it('the audit lists violations up to the hundredth, and counts the others by their invariant', () => {
    const violations = Array.from(
      { length: 101 },
      (_, n) => ({ invariant: 'I3', where: `m${n}#premium 1`, what: 'odd' }) as const,
    );
    const lines = textOf({ wallets: 101, entries: 101, inmails: 0, violations }).split('\n');
    expect(lines.slice(3, 5).map((line) => line.replaceAll(/ +/g, ' '))).toEqual(['violations 101', ' of I3 101']);
    expect(lines.slice(-2)).toEqual(['I3 m99#premium 1: odd', '… and 1 more']);
  });

  it.each(['ada', 'ada#gold', '#premium', 'ada#premium#1'])('the audit refuses %j as a wallet', (wallet) => {
    const fault = `--wallet wants a wallet such as ada#premium, not "${wallet}"`;
    expect(() => readArguments(OPTIONS, ['--wallet', wallet])).toThrow(fault);
  });
});

/** The bounds of the store, each at one less, at the bound and at one more, on a DynamoDB with its own limits. */
import { type BatchGetCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { inmailIdOf } from '../../shared/domain/inmail.ts';
import { getItems, type Item, type TableNames } from '../../shared/store/database.ts';
import { inmailsTable } from '../../shared/store/inmails-table.ts';
import { repeatLostRaces } from '../../shared/store/race.ts';
import { BusyError, LostRaceError } from '../../shared/store/store.ts';
import { entriesNewestFirst } from '../../shared/store/wallets.ts';
import { entry } from '../support/books.ts';
import { MemoryStore } from '../support/memory-store.ts';

const TABLES: TableNames = { subscriptions: 'S', ledger: 'L', inmails: 'I', connections: 'C' };
const countTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

/** Acts like DynamoDB on a batch: it takes at most 100 keys, reads at most `atOnce`, and leaves the rest for later. */
function batchTable(atOnce = 100) {
  const batches: number[] = [];
  const send = async ({ input }: BatchGetCommand) => {
    const keys = input.RequestItems?.I?.Keys ?? [];
    batches.push(keys.length);
    if (keys.length > 100) throw Object.assign(new Error('Too many items'), { name: 'ValidationException' });
    const left = keys.slice(atOnce);
    return { Responses: { I: keys.slice(0, atOnce) }, UnprocessedKeys: left.length > 0 ? { I: { Keys: left } } : {} };
  };
  const client = { send } as unknown as DynamoDBDocumentClient;
  return { database: { client, tables: TABLES }, batches };
}

const keysTo = (count: number): Item[] => countTo(count).map((n) => ({ n }));

describe('a batch of keys', () => {
  it.each([
    [0, []],
    [1, [1]],
    [99, [99]],
    [100, [100]],
    [101, [100, 1]],
    [200, [100, 100]],
    [201, [100, 100, 1]],
  ])('a batch of %i keys is read in calls of %j, because DynamoDB takes 100', async (count, batches) => {
    const table = batchTable();
    const items = await getItems(table.database, { TableName: 'I', keys: keysTo(count), maxRounds: 5 });
    expect(items).toEqual(keysTo(count));
    expect(table.batches).toEqual(batches);
  });

  it.each([
    [3, true],
    [4, true],
    [5, true],
    [6, false],
  ])('a batch of keys that takes %i rounds of five is read: %s', async (rounds, isRead) => {
    const { database } = batchTable(10);
    const reading = getItems(database, { TableName: 'I', keys: keysTo(rounds * 10), maxRounds: 5 });
    if (isRead) expect(await reading).toHaveLength(rounds * 10);
    else await expect(reading).rejects.toThrow(BusyError);
  });
});

describe("a search for a key among a pair's InMails", () => {
  /** A pair with so many pages of results, and the key is on none of them. */
  const pairOf = (pages: number) => {
    let read = 0;
    const send = async (command: unknown) => {
      if (!(command instanceof QueryCommand)) throw new Error('no query');
      read += 1;
      return { Items: [], LastEvaluatedKey: read < pages ? { n: read } : undefined };
    };
    return inmailsTable({ client: { send } as unknown as DynamoDBDocumentClient, tables: TABLES });
  };

  it.each([99, 100])('a search for a key ends after %i pages of results without it', async (pages) => {
    expect(await pairOf(pages).withKey('ada', 'bob', 'key')).toBeUndefined();
  });

  it('a search for a key is given up before the 101st page of results, instead of finding nothing', async () => {
    await expect(pairOf(101).withKey('ada', 'bob', 'key')).rejects.toThrow(RangeError);
  });
});

describe('a ledger read newest first', () => {
  it.each([0, 1, 99, 100, 101, 199, 200, 201])(
    'a ledger read newest first has each of its %i entries once, in pages of results of 100',
    async (count) => {
      const store = new MemoryStore();
      for (const seq of countTo(count))
        await store.transact([{ kind: 'append-entry', entry: entry('ada#premium', seq) }]);
      const seqs: number[] = [];
      for await (const { seq } of entriesNewestFirst(store, 'ada#premium')) seqs.push(seq);
      expect(seqs).toEqual(countTo(count).reverse());
    },
  );

  it.each([1, 99, 100, 101, 200])('a ledger read from entry %i down has that entry and all before it', async (from) => {
    const store = new MemoryStore();
    for (const seq of countTo(201)) await store.transact([{ kind: 'append-entry', entry: entry('ada#premium', seq) }]);
    const seqs: number[] = [];
    for await (const { seq } of entriesNewestFirst(store, 'ada#premium', from)) seqs.push(seq);
    expect(seqs).toEqual(countTo(from).reverse());
  });
});

describe('changes at once', () => {
  it.each([
    [99, true],
    [100, true],
    [101, false],
  ])('a transaction of %i changes is written: %s', async (count, isWritten) => {
    const store = new MemoryStore();
    const changes = countTo(count).map((seq) => ({ kind: 'append-entry', entry: entry('ada#premium', seq) }) as const);
    const writing = store.transact(changes);
    if (isWritten) await writing;
    else await expect(writing).rejects.toThrow(RangeError);
    expect(store.books().entries).toHaveLength(isWritten ? count : 0);
  });
});

describe('a lost race', () => {
  it.each([
    [14, 'won', 15],
    [15, 'won', 16],
    [16, 'busy', 16],
    [17, 'busy', 16],
  ])('a race after %i losses is %s in %i attempts', async (losses, outcome, attempts) => {
    let made = 0;
    const attempt = async () => {
      made += 1;
      if (made <= losses) throw new LostRaceError('lost');
      return 'won';
    };
    const racing = repeatLostRaces(attempt, { random: () => 1, pause: async () => {} });
    expect(await racing.catch((error: unknown) => (error instanceof BusyError ? 'busy' : error))).toBe(outcome);
    expect(made).toBe(attempts);
  });
});

describe("the number of a pair's InMail", () => {
  it.each([999_998, 999_999])("the number of a pair's InMail may be %i", (n) => {
    expect(inmailIdOf({ senderId: 'ada', recipientId: 'bob', n })).toBe(`ada~bob~${n}`);
  });

  it("the number of a pair's InMail may not be 1,000,000, because that would sort before its elders", () => {
    expect(() => inmailIdOf({ senderId: 'ada', recipientId: 'bob', n: 1_000_000 })).toThrow(RangeError);
  });
});

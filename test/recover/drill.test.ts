/**
 * The restore drill (I21, F19): books, a copy at an instant, damage after it, the copy in their place, and later requests
 * again. The copy stands for AWS's point-in-time recovery.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { respondToInMail } from '../../functions/respond-to-inmail.ts';
import { sendInMail } from '../../functions/send-inmail.ts';
import { sweepDirectly } from '../../local/queues/direct.ts';
import { restoreSnapshot, snapshotBefore, takeSnapshot } from '../../local/snapshots.ts';
import { openSqlite, sqliteInMemory } from '../../local/sqlite/sqlite-engine.ts';
import { makeFolder } from '../../local/state-folder.ts';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { audit } from '../../shared/domain/audit.ts';
import type { Books } from '../../shared/domain/books.ts';
import { type InMail, isAnswered, type ResponseGiven } from '../../shared/domain/inmail.ts';
import { type Instant, instant, plusHours } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { scanBooks } from '../../shared/store/books.ts';
import type { Database } from '../../shared/store/database.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { inmailKey } from '../../shared/store/keys.ts';
import type { Store } from '../../shared/store/store.ts';
import { ReplayDriver, type ReplayEvent } from '../../tools/replay/driver.ts';
import { eventsOfBooks } from '../../tools/republish/events-of-books.ts';
import { requestOf } from '../support/explore.ts';
import { madeStory, STORIES } from './stories.ts';

const scratch = mkdtempSync(join(tmpdir(), 'inmail-credits-drill-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Clients that know what they have asked for, and whose service can be switched over to other tables. */
class Clients {
  readonly driver: ReplayDriver;
  #database: Database;

  constructor(database: Database, start: Instant) {
    this.#database = database;
    const store = this.#switched();
    this.driver = new ReplayDriver({
      ...{ store, rules: RULES, start },
      runSweep: (message) => sweepDirectly(message, { store, rules: RULES, now: message.scheduledAt }),
    });
  }

  switchTo(database: Database): void {
    this.#database = database;
  }

  async play(events: readonly ReplayEvent[]): Promise<void> {
    await this.driver.playAll(events, () => {});
    await this.driver.sweepUntil(events.at(-1)?.at as Instant);
  }

  #switched(): Store {
    const now = () => dynamoStore(this.#database);
    return {
      get ledger() {
        return now().ledger;
      },
      get inmails() {
        return now().inmails;
      },
      get subscriptions() {
        return now().subscriptions;
      },
      get connections() {
        return now().connections;
      },
      transact: (changes) => now().transact(changes),
    };
  }
}

const byName = (one: object, other: object) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

/** All the books, in an order of their own. */
async function booksIn(database: Database): Promise<Books> {
  const { entries, inmails } = await scanBooks(database);
  return { entries: entries.toSorted(byName), inmails: inmails.toSorted(byName) };
}

/** What a bad release might do: entries are lost and changed, and so are InMails. */
async function damage({ client, tables }: Database): Promise<void> {
  const { entries, inmails } = await scanBooks({ client, tables });
  for (const [index, entry] of entries.entries()) {
    const { walletId, seq } = entry;
    if (index % 7 === 3) await client.send(new DeleteCommand({ TableName: tables.ledger, Key: { walletId, seq } }));
    if (index % 7 === 5)
      await client.send(new PutCommand({ TableName: tables.ledger, Item: { ...entry, balance: 99 } }));
  }
  for (const [index, inmail] of inmails.entries()) {
    if (index % 5 === 2) await client.send(new DeleteCommand({ TableName: tables.inmails, Key: inmailKey(inmail) }));
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** I17: granted + returned = sent + forfeited + balances. */
function holdsTogether({ entries }: Books): boolean {
  const of = (...types: string[]) => entries.filter(({ type }) => types.includes(type));
  const granted = sum(of('subscribed', 'renewed', 'plan-changed').map(({ delta, forfeited }) => delta + forfeited));
  const forfeited = sum(entries.map((entry) => entry.forfeited));
  const tails = new Map(entries.toSorted((one, other) => one.seq - other.seq).map((entry) => [entry.walletId, entry]));
  const balances = sum([...tails.values()].map(({ balance }) => balance));
  return granted + of('returned').length === of('sent').length + forfeited + balances;
}

/** The send of an InMail and its response, as its members asked for them. */
function requestsOf(inmail: InMail) {
  const { senderId, recipientId, product, subject, body, idempotencyKey, inmailId } = inmail;
  const send = requestOf(sendInMail, { senderId, recipientId, product, subject, body, idempotencyKey }, inmail.sentAt);
  if (!isAnswered(inmail)) return [send];
  const response = { type: 'reply', text: inmail.response.text ?? '' } satisfies ResponseGiven;
  return [send, requestOf(respondToInMail, { inmailId, responderId: recipientId, response }, inmail.response.at)];
}

describe.each(STORIES)('books of $name that were damaged', ({ name, isThere, read }) => {
  const dataDir = join(scratch, name.replaceAll(/\W/g, '-'));
  const restoredDir = `${dataDir}-restored`;
  const cleanup = new AsyncDisposableStack();
  let before: ReplayEvent[];
  let later: ReplayEvent[];
  let end: Instant;
  /** The books at the instant of the copy, at the end, damaged, and restored. */
  let atCopy: Books;
  let atEnd: Books;
  let damaged: Books;
  let restored: Database;

  beforeAll(async () => {
    if (!isThere) return;
    const events = await read();
    const middle = Math.floor(0.6 * events.length);
    [before, later] = [events.slice(0, middle), events.slice(middle)];
    end = events.at(-1)?.at as Instant;
    makeFolder(dataDir);
    const engine = openSqlite(dataDir, { isDraft: true });
    cleanup.defer(engine.stop);
    const clients = new Clients(engine, events[0]?.at as Instant);
    await clients.play(before);
    atCopy = await booksIn(engine);
    takeSnapshot(dataDir);
    await clients.play(later);
    atEnd = await booksIn(engine);
    await damage(engine);
    damaged = await booksIn(engine);
    restoreSnapshot(snapshotBefore(dataDir, instant(Date.now())), dataDir, restoredDir);
    const copy = openSqlite(restoredDir, { isDraft: true });
    cleanup.defer(copy.stop);
    restored = copy;
  });
  afterAll(() => cleanup.disposeAsync());

  it.skipIf(!isThere)(
    `books of ${name}: the audit sees the damage, and not a trace of it in the restored books`,
    async () => {
      expect(audit(atEnd, RULES)).toEqual([]);
      expect(audit(damaged, RULES).length).toBeGreaterThan(100);
      expect(await booksIn(restored)).toEqual(atCopy);
      expect(audit(atCopy, RULES)).toEqual([]);
      expect(atCopy.entries.length).toBeLessThan(atEnd.entries.length);
    },
  );

  it.skipIf(!isThere)(
    `books of ${name}: later requests in their order bring back all that was lost, byte for byte`,
    async () => {
      using scratchTables = sqliteInMemory();
      const clients = new Clients(scratchTables, before[0]?.at as Instant);
      await clients.play(before);
      clients.switchTo(restored);
      await clients.play(later);
      expect(await booksIn(restored)).toEqual(atEnd);
    },
  );

  it.skipIf(!isThere)(`books of ${name}: later requests once more change nothing (I1 to I20)`, async () => {
    const store = dynamoStore(restored);
    const copied = new Set(atCopy.inmails.map(({ inmailId }) => inmailId));
    const lost = atEnd.inmails.filter(({ inmailId }) => !copied.has(inmailId));
    expect(lost.length).toBeGreaterThan(50);
    for (const request of lost.flatMap(requestsOf)) {
      expect(await request(store)).toMatchObject({ kind: 'response' });
    }
    for (const { name: sweep } of SWEEPS) {
      const message = { sweep, scheduledAt: end, lookBackHours: 24 * 365 };
      const report = await sweepDirectly(message, { store, rules: RULES, now: end });
      expect([sweep, report.written, report.failed]).toEqual([sweep, 0, 0]);
    }
    const books = await booksIn(restored);
    expect(books).toEqual(atEnd);
    expect(holdsTogether(books)).toBe(true);
    const range = { from: instant('2000-01-01T00:00:00Z'), to: plusHours(end, 1) };
    const ids = eventsOfBooks(books, range, end, RULES).events.map(({ eventId }) => eventId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => /#\d+$/.test(id))).toHaveLength(books.entries.length);
  });
});

describe('clients that only try again', () => {
  it('later sends in any order, much later and twice, are each done once or refused', async () => {
    const events = madeStory();
    const middle = Math.floor(0.6 * events.length);
    using tables = sqliteInMemory();
    using whole = sqliteInMemory();
    await new Clients(tables, events[0]?.at as Instant).play(events.slice(0, middle));
    await new Clients(whole, events[0]?.at as Instant).play(events);
    const known = new Set((await scanBooks(tables)).inmails.map(({ inmailId }) => inmailId));
    const lost = (await booksIn(whole)).inmails.filter(({ inmailId }) => !known.has(inmailId));
    const store = dynamoStore(tables);
    const now = plusHours(events.at(-1)?.at as Instant, 24);
    const tryAgain = async () => {
      const outcomes = [];
      for (const { senderId, recipientId, product, subject, body, idempotencyKey } of lost.toReversed()) {
        const input = { senderId, recipientId, product, subject, body, idempotencyKey };
        outcomes.push(await requestOf(sendInMail, input, now)(store));
      }
      return outcomes as { kind: string; body?: unknown }[];
    };
    const first = await tryAgain();
    const books = await booksIn(tables);
    const second = await tryAgain();
    expect(first.filter(({ kind }) => kind === 'response').length).toBeGreaterThan(10);
    expect(second.map(({ kind, body }) => [kind, body])).toEqual(first.map(({ kind, body }) => [kind, body]));
    expect(await booksIn(tables)).toEqual(books);
    expect(audit(books, RULES)).toEqual([]);
    expect(holdsTogether(books)).toBe(true);
    const keys = books.inmails.map(({ senderId, idempotencyKey }) => `${senderId} ${idempotencyKey}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

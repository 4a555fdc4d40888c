/** The events of the books are those that the streams made. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishEvents } from '../../functions/publish-events.ts';
import { sweepDirectly } from '../../local/queues/direct.ts';
import { openSqlite } from '../../local/sqlite/sqlite-engine.ts';
import { type DomainEvent, EVENT_SOURCES, EVENTS } from '../../shared/contract/events.ts';
import type { Books } from '../../shared/domain/books.ts';
import { type InMail, isAnswered } from '../../shared/domain/inmail.ts';
import { type Instant, instant, plusHours } from '../../shared/domain/instant.ts';
import type { Entry } from '../../shared/domain/ledger.ts';
import { RULES } from '../../shared/domain/rules.ts';
import type { EventBus } from '../../shared/events/event-bus.ts';
import { scanBooks } from '../../shared/store/books.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { ReplayDriver } from '../../tools/replay/driver.ts';
import { eventsOfBooks } from '../../tools/republish/events-of-books.ts';
import { putEvents } from '../../tools/republish/put.ts';
import { inmail } from '../support/books.ts';
import { madeStory } from './stories.ts';

const EVER = { from: instant('2000-01-01T00:00:00Z'), to: instant('2100-01-01T00:00:00Z') };

const patient = { random: () => 0, pause: async () => {}, rules: RULES };
/** A bus that keeps what it takes. */
function keepingBus() {
  const taken: DomainEvent[] = [];
  const bus: EventBus = {
    put: async (events) => {
      taken.push(...events);
      return [];
    },
  };
  return { taken, world: { ...patient, bus } };
}

const byId = (events: readonly DomainEvent[]) =>
  events.toSorted((one, other) => (one.eventId < other.eventId ? -1 : Number(one.eventId > other.eventId)));

describe('the events of a story', () => {
  const engine = openSqlite(undefined);
  afterAll(engine.stop);
  let published: DomainEvent[];
  let books: Books;
  let end: Instant;

  beforeAll(async () => {
    const story = madeStory();
    const store = dynamoStore(engine);
    end = story.at(-1)?.at as Instant;
    const driver = new ReplayDriver({
      ...{ store, rules: RULES, start: story[0]?.at as Instant },
      runSweep: (message) => sweepDirectly(message, { store, rules: RULES, now: message.scheduledAt }),
    });
    await driver.playAll(story, () => {});
    await driver.sweepUntil(end);
    books = await scanBooks(engine);
    const { taken, world } = keepingBus();
    for (const source of await engine.openSources()) {
      for (let batches = await source.next(); batches.length > 0; batches = await source.next()) {
        for (const { table, records, settle } of batches) {
          const change = EVENT_SOURCES.find((known) => known.table === table)?.change;
          const news = records.filter(({ eventName }) => eventName === change);
          expect(await publishEvents(news, world)).not.toHaveProperty('failure');
          settle();
        }
      }
    }
    published = taken;
  });

  /** All events, also the reminders that nobody needs any more. */
  const again = () => {
    const { events, lateReminders, unreadable } = eventsOfBooks(books, EVER, end, RULES);
    return { events, lateReminders, unreadable };
  };

  it('the books make the events of the streams, with the same ids and details', () => {
    const { events, lateReminders, unreadable } = again();
    expect(unreadable).toEqual([]);
    const types = new Set(published.map(({ type }) => type));
    expect([...types].sort()).toEqual(EVENTS.map(({ type }) => type).sort());
    const reminders = published.filter(({ type }) => type === 'InMailReminderDue');
    const others = published.filter(({ type }) => type !== 'InMailReminderDue');
    expect(byId(events.filter(({ type }) => type !== 'InMailReminderDue'))).toEqual(byId(others));
    expect(lateReminders).toBeGreaterThan(20);
    expect(reminders).toHaveLength(lateReminders + events.filter(({ type }) => type === 'InMailReminderDue').length);
  });

  it('a reminder that is still of use is the same one, and any other is left out', () => {
    let sent = 0;
    for (const event of published) {
      if (event.type !== 'InMailReminderDue') continue;
      const found = books.inmails.find(({ inmailId }) => inmailId === event.inmailId) ?? expect.fail(event.inmailId);
      const { events } = eventsOfBooks({ entries: [], inmails: [found] }, EVER, event.at as Instant, RULES);
      const reminders = events.filter(({ type }) => type === 'InMailReminderDue');
      expect(reminders).toEqual(isAnswered(found) || found.status !== 'pending' ? [] : [event]);
      sent += reminders.length;
    }
    expect(sent).toBeGreaterThan(0);
  });

  it('a range has the events with an `at` within it, both its ends included, and ranges together have all', () => {
    const { events } = again();
    const middle = events[Math.floor(events.length / 2)]?.at as Instant;
    const first = eventsOfBooks(books, { ...EVER, to: middle }, end, RULES).events;
    const second = eventsOfBooks(books, { ...EVER, from: middle }, end, RULES).events;
    const exactly = eventsOfBooks(books, { from: middle, to: middle }, end, RULES).events;
    expect(exactly.length).toBeGreaterThan(0);
    expect(first.length + second.length).toBe(events.length + exactly.length);
    expect(exactly.every(({ at }) => at === middle)).toBe(true);
  });

  it('a consumer that had every event before has nothing new, and one that had none has 1…n of every wallet (I19)', () => {
    const { events } = again();
    const seen = new Set(published.map(({ eventId }) => eventId));
    expect(events.filter(({ eventId }) => !seen.has(eventId))).toEqual([]);
    const ids = new Set(events.map(({ eventId }) => eventId));
    for (const { walletId, seq } of books.entries) expect(ids).toContain(`${walletId}#${seq}`);
    const movements = events.filter((event) => 'delta' in event);
    for (const own of Map.groupBy(movements, ({ walletId }) => walletId).values()) {
      expect(own.map(({ seq }) => seq)).toEqual(own.map((_, index) => index + 1));
    }
  });
});

describe('a reminder that is sent again', () => {
  const sentAt = instant('2024-03-01T10:00:00Z');
  const remindedAt = plusHours(sentAt, 71);
  const reminded = (more: Partial<InMail> = {}) =>
    inmail({ sentAt, remindedAt, ...more } as Partial<InMail & { status: 'pending' }>);

  it.each<[string, InMail, number, number]>([
    ['is told 96 hours after the send', reminded(), 96, 1],
    ['is told no later', reminded(), 97, 0],
    ['is not told of a hidden InMail', reminded({ hiddenByRecipient: true }), 72, 0],
    ['is not told where there was none', inmail({ sentAt }), 72, 0],
  ])('a reminder %s', (_, one, hours, count) => {
    const { events, lateReminders } = eventsOfBooks(
      { entries: [], inmails: [one] },
      EVER,
      plusHours(sentAt, hours),
      RULES,
    );
    expect(events.filter(({ type }) => type === 'InMailReminderDue')).toHaveLength(count);
    expect(lateReminders).toBe(one.remindedAt ? 1 - count : 0);
  });
});

describe('books that make no event', () => {
  it('an entry of an unknown type is named, and stops no other event', () => {
    const odd = { walletId: 'ada#premium', seq: 7, type: 'adjusted', at: EVER.from, forfeited: 0 } as unknown as Entry;
    const { events, unreadable } = eventsOfBooks(
      { entries: [odd], inmails: [inmail({ status: 'expired' })] },
      EVER,
      EVER.to,
      RULES,
    );
    expect(events.map(({ type }) => type)).toEqual(['InMailExpired']);
    expect(unreadable).toEqual([{ where: 'ada#premium 7', what: 'ada#premium 7: unknown type adjusted' }]);
  });
});

describe('a bus that is throttled', () => {
  const expired = (n: number) =>
    eventsOfBooks({ entries: [], inmails: [inmail({ n, status: 'expired' })] }, EVER, EVER.to, RULES).events;
  const events = Array.from({ length: 45 }, (_, index) => expired(index + 1)).flat();

  it('a bus that takes one event of a call gets all of them in the end, each once', async () => {
    const { taken, world } = keepingBus();
    const bus: EventBus = {
      put: async ([first, ...rest]) => {
        if (first) taken.push(first);
        return rest;
      },
    };
    const counts: number[] = [];
    await putEvents(events, { ...world, bus }, (count) => counts.push(count));
    expect(byId(taken)).toEqual(byId(events));
    expect(counts.at(-1)).toBe(45);
  });

  it('a bus that takes nothing ends the command with the names of the events, and no text of theirs', async () => {
    const { world } = keepingBus();
    const bus: EventBus = { put: async () => Promise.reject(new Error('throttled')) };
    await expect(putEvents(events, { ...world, bus }, () => {})).rejects.toThrow(/the bus did not take ada~bob~0000/);
  });
});

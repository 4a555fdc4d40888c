import { inspect } from 'node:util';
import type { Context, DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { handler } from '../../functions/publish-events.ts';
import type { DomainEvent } from '../../shared/contract/events.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { type EventBus, MAX_PUT } from '../../shared/events/event-bus.ts';
import { NotTakenError } from '../../shared/events/put-all.ts';
import type { PublisherRuntime } from '../../shared/events/runtime.ts';
import { UnreadableImageError } from '../../shared/events/unreadable-image.ts';
import { anEntry, anInMail } from '../support/domain-builders.ts';
import { appended, inmailRecord, sequenceNumberOf, unreadable } from './records.ts';

/** The world of the publisher, with the latest bus. */
let runtime: PublisherRuntime;

/** Takes the events that `takes` allows, and remembers them. `calls` are the ids of each put. */
class TestBus implements EventBus {
  readonly taken: string[] = [];
  readonly calls: string[][] = [];
  readonly pauses: number[] = [];

  constructor(readonly takes: (event: DomainEvent, call: number) => boolean = () => true) {
    const pause = async (millis: number) => {
      this.pauses.push(millis);
    };
    runtime = { rules: RULES, bus: this, random: () => 1, pause };
  }

  async put(events: readonly DomainEvent[]): Promise<readonly DomainEvent[]> {
    this.calls.push(events.map(({ eventId }) => eventId));
    const call = this.calls.length;
    const refused = events.filter((event) => !this.takes(event, call));
    this.taken.push(...events.filter((event) => !refused.includes(event)).map(({ eventId }) => eventId));
    return refused;
  }
}

const CONTEXT = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 60_000 } as Context;
const invoke = (records: readonly DynamoDBRecord[]) => handler.on(runtime)({ Records: [...records] }, CONTEXT);
const failureAt = (record: DynamoDBRecord | undefined) => ({
  batchItemFailures: [{ itemIdentifier: sequenceNumberOf(record) }],
});
const ALL_DONE = { batchItemFailures: [] };

const entryRecord = (seq: number, forfeited = 0) =>
  appended(anEntry({ seq, type: 'renewed', delta: 5, balance: 15, forfeited }));
const entryRecords = (count: number) => Array.from({ length: count }, (_, index) => entryRecord(index + 1));
const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `ada#premium#${index + 1}`);

describe('the publisher', () => {
  it('the publisher puts all events in order, ten at a time', async () => {
    const bus = new TestBus();
    expect(await invoke(entryRecords(23))).toEqual(ALL_DONE);
    expect(bus.taken).toEqual(idsOf(23));
    expect(bus.calls.map(({ length }) => length)).toEqual([MAX_PUT, MAX_PUT, 3]);
    expect(bus.pauses).toEqual([]);
  });

  it('the publisher puts nothing if there is no news', async () => {
    const bus = new TestBus();
    expect(await invoke([inmailRecord(anInMail())])).toEqual(ALL_DONE);
    expect(bus.calls).toEqual([]);
  });

  it('the publisher repeats only the events that the bus did not take, a little later', async () => {
    const bus = new TestBus(({ eventId }, call) => call > 2 || !/#[25]$/.test(eventId));
    expect(await invoke(entryRecords(6))).toEqual(ALL_DONE);
    expect(bus.calls).toEqual([idsOf(6), ['ada#premium#2', 'ada#premium#5'], ['ada#premium#2', 'ada#premium#5']]);
    expect(bus.pauses).toEqual([100, 200]);
  });

  it('the publisher repeats a call that failed, because its outcome is unknown', async () => {
    const bus = new TestBus();
    const put = bus.put.bind(bus);
    let failed = false;
    const once: EventBus = {
      put: async (events) => {
        const taken = await put(events);
        if (failed) return taken;
        failed = true;
        throw new Error('the answer is lost');
      },
    };
    runtime = { rules: RULES, bus: once, random: () => 0, pause: async () => {} };
    expect(await invoke(entryRecords(2))).toEqual(ALL_DONE);
    expect(bus.taken).toEqual([...idsOf(2), ...idsOf(2)]);
  });

  it('the publisher gives up after three attempts, and names the first record that is not published in full', async () => {
    const records = entryRecords(25);
    const bus = new TestBus(({ eventId }) => !/#1[46]$/.test(eventId));
    expect(await invoke(records)).toEqual(failureAt(records[13]));
    expect(bus.calls).toHaveLength(1 + 3);
    expect(bus.taken).not.toContain('ada#premium#21');
  });

  it('the publisher counts a record as unpublished if only the second of its events failed', async () => {
    const records = [entryRecord(1), entryRecord(2, 3), entryRecord(3)];
    new TestBus(({ type }) => type !== 'CreditsForfeited');
    expect(await invoke(records)).toEqual(failureAt(records[1]));
  });

  it('the publisher publishes all records before an unreadable one, and begins anew at that one', async () => {
    const records = [...entryRecords(2), unreadable(), entryRecord(8)];
    const bus = new TestBus();
    expect(await invoke(records)).toEqual(failureAt(records[2]));
    expect(bus.taken).toEqual(idsOf(2));
  });

  it.each([
    ['is unreadable', () => new TestBus(), [unreadable(), entryRecord(8)], UnreadableImageError],
    ['the bus will not take', () => new TestBus(() => false), entryRecords(2), NotTakenError],
  ])(
    'the publisher throws if the first record is one that %s, so that Lambda halves the batch',
    async (_, provide, records, error) => {
      provide();
      await expect(invoke(records)).rejects.toThrow(error);
    },
  );

  it('the publisher names a reminder that was not taken by its id, without the written text', async () => {
    new TestBus(() => false);
    const before = anInMail({ subject: 'secret subject', body: 'secret body' });
    const error = await invoke([inmailRecord({ ...before, remindedAt: before.sentAt }, before)]).catch(
      (thrown) => thrown,
    );
    expect(inspect(error, { depth: 10, showHidden: true })).toContain('ada~bob~000001#reminded');
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('secret');
  });

  it('the publisher reaches all records except an unreadable one, as Lambda halves and repeats', async () => {
    const bad = unreadable();
    const records = [...entryRecords(40), bad, ...Array.from({ length: 59 }, (_, index) => entryRecord(index + 41))];
    const bus = new TestBus();
    const { lost, invocations } = await asLambdaDoes(records);
    expect(lost).toEqual([bad]);
    expect(bus.taken).toEqual(idsOf(99));
    expect(invocations).toBeLessThan(30);
  });

  it('the publisher loses nothing in an outage that ends before Lambda gives up', async () => {
    const bus = new TestBus((_, call) => call > 20);
    const { lost } = await asLambdaDoes(entryRecords(8));
    expect(lost).toEqual([]);
    expect([...new Set(bus.taken)]).toEqual(idsOf(8));
  });
});

/**
 * An event source mapping with bisect on error and reported failures (docs.aws.amazon.com,
 * services-ddb-batchfailurereporting). An error halves the batch, at no cost in retries. A reported failure begins anew
 * there. A record that fails five more times is lost.
 */
async function asLambdaDoes(records: readonly DynamoDBRecord[]) {
  const waiting = [{ batch: records, retries: 5 }];
  const lost: DynamoDBRecord[] = [];
  let invocations = 0;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { batch, retries } = next;
    invocations += 1;
    if (invocations > 200) throw new Error('it never ends');
    const answer = await invoke(batch).catch(() => 'error' as const);
    if (answer === 'error' && batch.length > 1) {
      const middle = Math.ceil(batch.length / 2);
      waiting.unshift({ batch: batch.slice(0, middle), retries }, { batch: batch.slice(middle), retries });
    } else if (answer === 'error') {
      if (retries > 0) waiting.unshift({ batch, retries: retries - 1 });
      else lost.push(...batch);
    } else {
      const [failed] = answer.batchItemFailures;
      const from = batch.findIndex((record) => sequenceNumberOf(record) === failed?.itemIdentifier);
      if (from >= 0) waiting.unshift({ batch: batch.slice(from), retries });
    }
  }
  return { lost, invocations };
}

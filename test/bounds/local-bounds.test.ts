/** The bounds of the system on one machine and of its commands, each at one less, at the bound and at one more. */
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAgenda } from '../../local/clock/agenda.ts';
import { readAwaited } from '../../local/clock/awaited.ts';
import { streamSource } from '../../local/dynamodb/stream-source.ts';
import { sweepDirectly } from '../../local/queues/direct.ts';
import { pollOnce } from '../../local/queues/event-source.ts';
import { deliver } from '../../local/streams/deliver.ts';
import { EventLog, type Gap } from '../../local/streams/event-log.ts';
import { eventStream } from '../../local/streams/server-sent.ts';
import type { DomainEvent } from '../../shared/contract/events.ts';
import { dateOf, instant, millisOf, monthOf } from '../../shared/domain/instant.ts';
import { renewalDaysOn } from '../../shared/domain/renewals.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { ReplayDriver } from '../../tools/replay/driver.ts';
import { Findings } from '../../tools/report/findings.ts';
import { textOf } from '../../tools/report/print.ts';
import { day } from '../support/domain-builders.ts';
import { MemoryStore } from '../support/memory-store.ts';

const countTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
const NOW = instant('2027-01-01T00:00:00Z');

describe('the kept events', () => {
  it.each([
    [999, '1', false],
    [1_000, '1', false],
    [1_001, '2', false],
    [1_001, '1', true],
    [1_002, '2', true],
  ])('a reader of %i events after event %s is told of a gap: %s', async (count, had, isGap) => {
    const log = new EventLog();
    await log.put(countTo(count).map((n) => ({ eventId: String(n) }) as DomainEvent));
    const [ids, gaps]: [string[], Gap[]] = [[], []];
    log.follow(had, { onEvent: ({ eventId }) => ids.push(eventId), onGap: (gap) => gaps.push(gap) });
    const oldest = Math.max(1, count - 999);
    expect(gaps).toEqual(isGap ? [{ lastEventId: had, oldestKept: String(oldest) }] : []);
    expect(ids).toEqual(
      countTo(count)
        .slice(isGap ? oldest - 1 : Number(had))
        .map(String),
    );
  });

  it.each([
    [-1, false],
    [0, false],
    [1, true],
  ])('a reader that waits with 16 MiB and %i bytes is let go: %s', async (more, isGone) => {
    const log = new EventLog();
    const stream = eventStream(log);
    const frame = (text: string) => `id: 1\nevent: X\ndata: ${JSON.stringify({ eventId: '1', type: 'X', text })}\n\n`;
    const empty = ': events\n\n'.length + frame('').length;
    const text = 'x'.repeat(16 * 1024 * 1024 - empty + more);
    await log.put([{ eventId: '1', type: 'X', text } as unknown as DomainEvent]);
    expect(stream.destroyed).toBe(isGone);
    stream.destroy();
  });
});

describe('the shards of a stream', () => {
  const shardsOf = (pages: number) => {
    let read = 0;
    const send = async () => {
      read += 1;
      const LastEvaluatedShardId = read < pages ? String(read) : undefined;
      return { StreamDescription: { Shards: [{ ShardId: `s${read}` }], LastEvaluatedShardId } };
    };
    return streamSource({ send } as unknown as DynamoDBStreamsClient, 'arn').shards();
  };

  it.each([9, 10])("a stream's shards are read from %i listings", async (pages) => {
    expect(await shardsOf(pages)).toHaveLength(pages);
  });

  it('a stream with eleven listings of shards is refused with a reason', async () => {
    await expect(shardsOf(11)).rejects.toThrow('more than 10 pages');
  });
});

describe('repeated deliveries', () => {
  beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
  afterEach(() => void vi.restoreAllMocks());

  it.each([
    [4, true],
    [5, true],
    [6, false],
  ])('a record that fails %i times is done in the end: %s', async (failures, isDone) => {
    let calls = 0;
    let done = false;
    await deliver([{ dynamodb: { SequenceNumber: '1' } } as DynamoDBRecord], async () => {
      calls += 1;
      if (calls <= failures) throw new Error('failed');
      done = true;
      return { batchItemFailures: [] };
    });
    expect(done).toBe(isDone);
    expect(calls).toBe(6 - (failures < 5 ? 5 - failures : 0));
  });

  it.each([
    [7, 'retrying'],
    [8, 'givenUp'],
    [9, 'givenUp'],
  ] as const)('a message that fails for the %ith time is %s', async (times, fate) => {
    const message: Message = { MessageId: 'm', Attributes: { ApproximateReceiveCount: String(times) } };
    const client = { send: async () => ({ Messages: [message] }) } as unknown as SQSClient;
    const invoke = async () => ({ batchItemFailures: [{ itemIdentifier: 'm' }] });
    expect((await pollOnce({ client, queueUrl: 'q', batchSize: 10, invoke }))[fate]).toEqual(['m']);
  });
});

describe('the pending work', () => {
  const pendingOf = (pages: number) => {
    const read = { renewals: 0, due: 0 };
    const send = async ({ input: { IndexName } }: { input: { IndexName: 'renewals' | 'due' } }) => {
      read[IndexName] += 1;
      const LastEvaluatedKey = read[IndexName] < pages ? { n: read[IndexName] } : undefined;
      return { Items: [{ renewalDay: 1, sentAt: NOW }], LastEvaluatedKey };
    };
    const tables = { subscriptions: 'S', ledger: 'L', inmails: 'I', connections: 'C' };
    return readAwaited({ client: { send } as unknown as DynamoDBDocumentClient, tables });
  };

  it.each([999, 1_000])('the pending work is read from %i pages of results', async (pages) => {
    expect((await pendingOf(pages)).sentAts).toHaveLength(pages);
  });

  it('pending work of 1,001 pages of results is refused with a reason', async () => {
    await expect(pendingOf(1_001)).rejects.toThrow('more than 1000 pages');
  });

  it('the pending work includes every renewal within 31 days, whatever the day and the month', () => {
    const wrong: unknown[] = [];
    for (const renewalDay of countTo(31)) {
      const agenda = createAgenda({ renewalDays: new Set([renewalDay]), sentAts: [] }, RULES);
      for (const n of countTo(4 * 366)) {
        const covered = instant(millisOf(NOW) + n * 24 * 3_600_000);
        const next = agenda('renew-wallets', covered);
        if (!next) throw new Error(`day ${renewalDay} after ${covered} is never`);
        const isItsDay = renewalDaysOn(dateOf(next)).includes(renewalDay);
        const isSoon = next > covered && millisOf(next) - millisOf(covered) <= 31 * 24 * 3_600_000;
        if (!isItsDay || !isSoon) wrong.push([renewalDay, covered, next]);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('a replay', () => {
  it.each([15, 16, 17, 33])('a replay plays each of %i independent events once', async (count) => {
    const store = new MemoryStore();
    const driver = new ReplayDriver({
      store,
      rules: RULES,
      start: NOW,
      runSweep: (message) => sweepDirectly(message, { store, rules: RULES, now: message.scheduledAt }),
    });
    const events = countTo(count).map((n) => ({
      ...({ kind: 'subscription', at: NOW, product: 'premium', plan: 'premium-career' } as const),
      ...{ memberId: `m${n}`, line: n + 1 },
    }));
    let played = 0;
    await driver.playAll(events, () => {
      played += 1;
    });
    expect([played, store.books().entries.length]).toEqual([count, count]);
  });
});

describe('a report', () => {
  it.each([
    [99, 99, undefined],
    [100, 100, undefined],
    [101, 100, '… and 1 more'],
    [201, 100, '… and 101 more'],
  ])('a report of %i faults lists %i of them and counts the rest', (faults, listed, more) => {
    const findings = new Findings({ month: monthOf(day('2027-01-01')), until: NOW, writtenUntil: NOW });
    for (const n of countTo(faults)) findings.addFault({ kind: 'gap', walletId: `m${n}#premium`, what: 'not written' });
    const lines = textOf(findings.report()).split('\n');
    expect(lines.filter((line) => line.startsWith('gap '))).toHaveLength(listed);
    expect(lines.find((line) => line.startsWith('…'))).toBe(more);
  });
});

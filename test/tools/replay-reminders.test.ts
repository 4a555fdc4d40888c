import { describe, expect, it } from 'vitest';
import { sweepDirectly } from '../../local/queues/direct.ts';
import type { ListingMessage } from '../../shared/contract/sweep-messages.ts';
import { instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { REMINDER, sentWithin } from '../../shared/sweeps/listings.ts';
import { NOTHING_DONE } from '../../shared/sweeps/worker.ts';
import { ReplayDriver } from '../../tools/replay/driver.ts';
import type { MessageEvent, SubscriptionEvent } from '../../tools/replay/log.ts';
import { SweepTimetable } from '../../tools/replay/sweep-timetable.ts';
import { MemoryStore } from '../support/memory-store.ts';

const START = instant('2024-03-01T00:00:00Z');

/** When Bob was reminded of an InMail sent and answered at these instants, seconds included. */
async function remindedAt(sentAt: string, answeredAt: string): Promise<string | undefined> {
  const store = new MemoryStore();
  const driver = new ReplayDriver({
    store,
    rules: RULES,
    start: START,
    runSweep: (message) => sweepDirectly(message, { store, rules: RULES, now: message.scheduledAt }),
  });
  const subscribed: SubscriptionEvent = {
    ...{ kind: 'subscription', at: START, memberId: 'ada', product: 'premium', plan: 'premium-career', line: 2 },
  };
  const message = (at: string, senderId: string, recipientId: string, line: number): MessageEvent => ({
    ...{ kind: 'message', at: instant(at), senderId, recipientId, line },
  });
  await driver.playAll([subscribed, message(sentAt, 'ada', 'bob', 1), message(answeredAt, 'bob', 'ada', 2)], () => {});
  return store.books().inmails[0]?.remindedAt;
}

describe('reminders of a replay count at full hours', () => {
  it.each<[string, string, string, string | undefined]>([
    ['answered before its 71 h', '2024-03-01T09:20:00Z', '2024-03-04T08:19:59Z', undefined],
    ['answered between its 71 h and the full hour', '2024-03-01T09:20:00Z', '2024-03-04T08:40:00Z', undefined],
    ['answered a second before the full hour', '2024-03-01T09:20:00Z', '2024-03-04T08:59:59Z', undefined],
    ['answered at the full hour', '2024-03-01T09:20:00Z', '2024-03-04T09:00:00Z', '2024-03-04T09:00:00.000Z'],
    ['sent at a full hour', '2024-03-01T09:00:00Z', '2024-03-04T08:00:00Z', '2024-03-04T08:00:00.000Z'],
    ['sent a second after a full hour', '2024-03-01T09:00:01Z', '2024-03-04T09:00:00Z', '2024-03-04T09:00:00.000Z'],
    ['sent before midnight', '2024-03-01T23:59:59Z', '2024-03-05T00:00:00Z', '2024-03-04T23:00:00.000Z'],
  ])('a replay runs reminders at full hours for an InMail %s', async (_, sentAt, answeredAt, expected) => {
    expect(await remindedAt(sentAt, answeredAt)).toBe(expected);
  });

  it('each reminder run of a replay sees all that came due since the last run', async () => {
    const runs: ListingMessage[] = [];
    const timetable = new SweepTimetable(RULES, START, async (message) => {
      runs.push(message);
      return NOTHING_DONE;
    });
    for (let hour = 0; hour < 24; hour += 1) timetable.noteSent(instant(Date.parse(START) + hour * 3_600_000));
    await timetable.runUntil(instant('2024-03-06T00:00:00Z'));
    const reminders = runs.filter(({ sweep }) => sweep === 'remind-recipients');
    expect(reminders.length).toBeGreaterThanOrEqual(24);
    for (const [index, { scheduledAt, lookBackHours }] of reminders.entries()) {
      expect(scheduledAt).toMatch(/T\d\d:00:00\.000Z$/);
      const { from } = sentWithin(REMINDER, { until: scheduledAt, lookBackHours }, RULES);
      const before = reminders[index - 1];
      if (!before) continue;
      const { to } = sentWithin(REMINDER, { until: before.scheduledAt, lookBackHours }, RULES);
      expect(from <= to).toBe(true);
    }
  });
});

/** Passing over idle runs is compared with running every one. The books must not differ. */

import { describe, expect, it } from 'vitest';
import { putSubscription } from '../../functions/put-subscription.ts';
import { respondToInMail } from '../../functions/respond-to-inmail.ts';
import { sendInMail } from '../../functions/send-inmail.ts';
import { createAgenda, everyRun } from '../../local/clock/agenda.ts';
import { readAwaited } from '../../local/clock/awaited.ts';
import { LocalClock } from '../../local/clock/clock.ts';
import { Gate } from '../../local/clock/gate.ts';
import { Timekeeper } from '../../local/clock/timekeeper.ts';
import { Timetable } from '../../local/clock/timetable.ts';
import { sweepDirectly } from '../../local/queues/direct.ts';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { audit } from '../../shared/domain/audit.ts';
import { instant, millisOf, plusHours } from '../../shared/domain/instant.ts';
import type { Product } from '../../shared/domain/plans.ts';
import { RULES as USUAL_RULES } from '../../shared/domain/rules.ts';
import { MemoryStore } from '../support/memory-store.ts';

const START = instant('2027-12-29T13:17:11.123Z');
const PLANS: readonly (readonly [string, Product, string])[] = [
  ['ada', 'premium', 'premium-career'],
  ['bob', 'sales-navigator', 'sales-navigator-core'],
  ['cyd', 'recruiter', 'recruiter-lite'],
];

/** With a window of a month, all that can become of an InMail fits into two. */
const RULES = { ...USUAL_RULES, returnWindowHours: 30 * 24 };

/** Two months, with members who subscribe on the last days of a month, send, and sometimes answer. */
async function twoMonths(passOver: boolean) {
  const store = new MemoryStore();
  const clock = new LocalClock(() => millisOf(START));
  const deps = () => ({ store, rules: RULES, now: clock.now() });
  const timekeeper = new Timekeeper({
    clock,
    gate: new Gate(),
    timetable: new Timetable(SWEEPS, START),
    readAgenda: async () => (passOver ? createAgenda(await readAwaited(store.database), RULES) : everyRun),
    runSweep: (message) => sweepDirectly(message, deps()),
    save: () => {},
  });
  let ran = 0;
  let passedOver = 0;
  const wait = async (hours: number) => {
    const moved = await timekeeper.move((now) => plusHours(now, hours));
    ran += moved.ran.length;
    passedOver += moved.passedOver;
  };
  for (const [memberId, product, plan] of PLANS) {
    await putSubscription({ memberId, product, plan }, deps());
    await wait(25.5);
  }
  for (const [index, [senderId, product]] of [...PLANS, ...PLANS].entries()) {
    const recipientId = `r${index}`;
    const text = { subject: 'Hi', body: 'Hello', idempotencyKey: `k${index}` };
    await sendInMail({ senderId, recipientId, product, ...text }, deps());
    await wait(7.3);
    const inmailId = `${senderId}~${recipientId}~000001`;
    if (index % 3 === 0)
      await respondToInMail({ inmailId, responderId: recipientId, response: { type: 'accept' } }, deps());
    await wait(23 * index);
  }
  await wait(24 * 45);
  return { books: store.books(), now: clock.now(), ran, passedOver };
}

describe('passing over the runs that would find nothing', () => {
  it('a clock that passes over idle runs leaves the same books as one that runs them all', async () => {
    const few = await twoMonths(true);
    const all = await twoMonths(false);
    expect(few.books).toEqual(all.books);
    expect(few.now).toBe(all.now);
    expect(few.ran + few.passedOver).toBe(all.ran);
    expect(all.passedOver).toBe(0);
    expect(few.ran).toBeLessThan(40);
    expect(audit(few.books, RULES)).toEqual([]);
    expect(new Set(few.books.inmails.map(({ status }) => status))).toEqual(new Set(['accepted', 'expired']));
    expect(few.books.inmails.filter(({ remindedAt }) => remindedAt)).toHaveLength(4);
    expect(few.books.entries.filter(({ type }) => type === 'renewed').length).toBeGreaterThan(4);
  });
});

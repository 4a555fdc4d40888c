/** A worker trusts its queue about the id of an InMail, and about nothing else. */
import { describe, expect, it } from 'vitest';
import { type Instant, instant, plusHours } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { feed } from '../support/sweeping.ts';
import { TestSystem } from '../support/system.ts';

const SENT_AT = instant('2024-03-01T12:00:00Z');
const INMAIL_ID = 'ada~bob~000001';
const PARTS = { senderId: 'ada', recipientId: 'bob', n: 1 };

async function sentSystem(): Promise<TestSystem> {
  const system = new TestSystem(SENT_AT);
  await system.subscribe('ada', 'premium-career');
  await system.send('ada', 'bob');
  return system;
}

/** The InMail at `now`, after the work on a message that says it was sent at `sentAt`. */
async function work(system: TestSystem, name: 'remind-recipients' | 'expire-inmails', sentAt: Instant, now: Instant) {
  system.now = now;
  const failed = await feed(name, [JSON.stringify({ keys: [{ ...PARTS, sentAt }] })], system.runtime);
  expect(failed).toEqual([]);
  return system.books.inmails.get(PARTS);
}

const hours = (count: number, millis = 0) => instant(Date.parse(plusHours(SENT_AT, count)) + millis);
const LIES = [SENT_AT, hours(-24 * 365), hours(-71), hours(1), hours(71), hours(24 * 90)];

describe('the remind worker', () => {
  const moments: [string, Instant, boolean][] = [
    ['a millisecond before 71 h', hours(71, -1), false],
    ['at 71 h', hours(71), true],
    ['at 96 h', hours(96), true],
    ['a millisecond after 96 h', hours(96, 1), false],
    ['12 days after the send', hours(12 * 24), false],
    ['after the InMail expired', hours(90 * 24, 1), false],
  ];
  it.each(moments)(
    'the remind worker %s decides by the stored send time, whatever its message says',
    async (_, now, reminds) => {
      for (const sentAt of LIES) {
        const inmail = await work(await sentSystem(), 'remind-recipients', sentAt, now);
        expect([sentAt, inmail?.remindedAt]).toEqual([sentAt, reminds ? now : undefined]);
      }
    },
  );

  it.each(['answered', 'hidden by its recipient', 'reminded already'])(
    'the remind worker leaves alone an InMail that is %s',
    async (what) => {
      const system = await sentSystem();
      if (what === 'answered') await system.respond('bob', INMAIL_ID);
      if (what === 'hidden by its recipient')
        await system.call('hide-inmail', { as: 'bob', path: { inmailId: INMAIL_ID } });
      if (what === 'reminded already') await work(system, 'remind-recipients', SENT_AT, hours(71));
      const before = await system.books.inmails.get(PARTS);
      expect(await work(system, 'remind-recipients', SENT_AT, hours(72))).toEqual(before);
    },
  );
});

describe('the expire worker', () => {
  const moments: [string, Instant, 'pending' | 'expired'][] = [
    ['a day after the send', hours(24), 'pending'],
    ['at the last returnable instant', hours(RULES.returnWindowHours), 'pending'],
    ['a millisecond later', hours(RULES.returnWindowHours, 1), 'expired'],
    ['a year later', hours(366 * 24), 'expired'],
  ];
  it.each(moments)(
    'the expire worker %s decides by the stored send time, whatever its message says',
    async (_, now, status) => {
      for (const sentAt of LIES) {
        const inmail = await work(await sentSystem(), 'expire-inmails', sentAt, now);
        expect([sentAt, inmail?.status]).toEqual([sentAt, status]);
      }
    },
  );
});

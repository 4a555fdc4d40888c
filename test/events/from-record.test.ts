import { describe, expect, it } from 'vitest';
import { RULES } from '../../shared/domain/rules.ts';
import { eventsOfRecord } from '../../shared/events/from-record.ts';
import { anEntry, anInMail } from '../support/domain-builders.ts';
import { appended, inmailRecord, recordOf, unreadable } from './records.ts';

const entry = anEntry({ seq: 3 });
const key = { walletId: entry.walletId, seq: entry.seq };

describe('a record', () => {
  it('a record of an appended entry becomes its event', () => {
    const [event] = eventsOfRecord(appended(entry), RULES);
    expect(event).toMatchObject({ type: 'SubscriptionStarted', eventId: 'ada#premium#3', at: entry.at, delta: 5 });
  });

  it('a record of a changed InMail becomes the event of the change', () => {
    const before = anInMail();
    const [event] = eventsOfRecord(inmailRecord({ ...before, remindedAt: before.sentAt }, before), RULES);
    expect(event).toMatchObject({ type: 'InMailReminderDue', eventId: 'ada~bob~000001#reminded', subject: 'A role' });
  });

  it.each([
    ['an InMail that was created', inmailRecord(anInMail())],
    ['an entry that was removed, though no role may do that', recordOf({ keys: key, before: entry })],
    ['an entry that was changed, though no role may do that', recordOf({ keys: key, before: entry, after: entry })],
    ['an item of another table', recordOf({ keys: { memberId: 'ada', otherId: 'bob' }, after: { memberId: 'ada' } })],
    ['an item that has a wallet and is no entry', recordOf({ keys: { walletId: 'ada#premium' }, after: {} })],
    ['nothing at all', {}],
  ])('a record of %s becomes no event', (_, record) => {
    expect(eventsOfRecord(record, RULES)).toEqual([]);
  });

  it.each([
    ['an entry of a future type', unreadable()],
    ['an entry without a balance', recordOf({ keys: key, after: { ...entry, balance: undefined } })],
    ['an entry with half a credit', recordOf({ keys: key, after: { ...entry, delta: 0.5 } })],
    ['an entry without a valid time', recordOf({ keys: key, after: { ...entry, at: 'soon' } })],
    [
      'an InMail with an unknown state',
      inmailRecord({ ...anInMail(), status: 'lost', response: {} } as never, anInMail()),
    ],
  ])('a record of %s is refused instead of passed over', (_, record) => {
    expect(() => eventsOfRecord(record, RULES)).toThrow();
  });

  it('a refused record puts nothing that a member wrote into a log', () => {
    const before = anInMail({ subject: 'secret subject', body: 'secret body' });
    const record = inmailRecord({ ...before, remindedAt: 'soon' } as never, before);
    const thrown = thrownBy(() => eventsOfRecord(record, RULES));
    expect(thrown).toContain('ZodError');
    expect(thrown).not.toContain('secret');
  });
});

/** All that a log could say of an error. */
function thrownBy(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    const { name, stack } = error as Error;
    return JSON.stringify([name, stack, error]);
  }
  return 'nothing';
}

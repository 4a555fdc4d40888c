import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer, inmailIdOf, isAnswered, partsOfInMailId, seenAt } from '../../shared/domain/inmail.ts';
import { instant } from '../../shared/domain/instant.ts';
import { isMemberId } from '../../shared/domain/member-id.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { anInMail, RESPONSES, wordsOf } from '../support/domain-builders.ts';

const SENT_AT = instant('2024-03-01T12:00:00Z');
const inmail = anInMail({ sentAt: SENT_AT });

describe('the state of an InMail (R16)', () => {
  it.each([
    ['2024-03-01T12:00:00.000Z', 'pending'],
    ['2024-05-30T11:59:59.999Z', 'pending'],
    ['2024-05-30T12:00:00.000Z', 'pending'],
    ['2024-05-30T12:00:00.001Z', 'expired'],
    ['2034-01-01T00:00:00.000Z', 'expired'],
  ])('an unanswered InMail at %s is %s, whether or not the job has run', (now, status) => {
    const seen =
      status === 'pending'
        ? { status: 'pending', credit: 'pending' }
        : { status: 'expired', credit: 'lost', creditReason: 'expired' };
    expect(seenAt(inmail, instant(now), RULES)).toEqual(seen);
  });

  it('an InMail is expired by every clock once the job has written its expiry', () => {
    const expired = anInMail({ sentAt: SENT_AT, status: 'expired' });
    expect(seenAt(expired, instant('2024-05-30T12:00:00.000Z'), RULES)).toEqual({
      status: 'expired',
      credit: 'lost',
      creditReason: 'expired',
    });
  });

  const outcomes = [
    { credit: 'returned' },
    { credit: 'lost', creditReason: 'late' },
    { credit: 'lost', creditReason: 'term-ended' },
    { credit: 'lost', creditReason: 'at-cap' },
  ] as const;
  const statuses = { accept: 'accepted', decline: 'declined', reply: 'replied', 'quick-reply': 'quick-replied' };
  const answers = RESPONSES.flatMap((response) =>
    outcomes.map((outcome) => [wordsOf(response), Object.values(outcome).join(', '), response, outcome] as const),
  );

  it.each(answers)(
    'an InMail answered by %s, with its credit %s, stays so for ever',
    (_answer, _credit, response, outcome) => {
      const answered = answer(inmail, { ...response, at: SENT_AT }, outcome);
      for (const now of [SENT_AT, instant('2024-05-30T12:00:00.001Z'), instant('2034-01-01T00:00:00Z')]) {
        expect(seenAt(answered, now, RULES)).toEqual({ status: statuses[response.type], ...outcome });
      }
    },
  );

  it('a pending or expired InMail counts as neither accepted nor declined (R12)', () => {
    expect(isAnswered(inmail)).toBe(false);
    expect(isAnswered(anInMail({ status: 'expired' }))).toBe(false);
    expect(isAnswered(answer(inmail, { type: 'decline', at: SENT_AT }, { credit: 'returned' }))).toBe(true);
  });

  it('a response changes nothing else of the InMail', () => {
    const reminded = anInMail({ remindedAt: SENT_AT, hiddenBySender: true });
    const answered = answer(reminded, { type: 'reply', text: 'Yes', at: SENT_AT }, { credit: 'returned' });
    expect(answered).toEqual({
      ...reminded,
      status: 'replied',
      response: { type: 'reply', text: 'Yes', at: SENT_AT },
      credit: 'returned',
    });
  });
});

describe('the id of an InMail', () => {
  it.each([
    ['ada', 'bob', 1, 'ada~bob~000001'],
    ['ada', 'bob', 999_999, 'ada~bob~999999'],
    ['A-1', '_', 42, 'A-1~_~000042'],
  ])('the id of the InMail from %s to %s with number %i is %s', (senderId, recipientId, n, inmailId) => {
    expect(inmailIdOf({ senderId, recipientId, n })).toBe(inmailId);
    expect(partsOfInMailId(inmailId)).toEqual({ senderId, recipientId, n });
  });

  it.each([
    '',
    'ada~bob',
    'ada~bob~1',
    'ada~bob~00001',
    'ada~bob~0000001',
    'ada~bob~00000a',
    'ada~~000001',
    '~bob~000001',
    'ada~bob~000001~',
    ' ada~bob~000001',
    'ada~bob~000001\n',
    'ada~b ob~000001',
    'ada~b#ob~000001',
    'ada~..~000001',
    '__proto__~bob~000001',
    `${'a'.repeat(129)}~bob~000001`,
    `ada~${'b'.repeat(129)}~000001`,
  ])('%j is not the id of an InMail', (text) => {
    expect(partsOfInMailId(text)).toBeUndefined();
  });

  it('ids sort as their numbers do, and each names one pair and number only', () => {
    const member = fc.stringMatching(/^[A-Za-z0-9._:@|+-]{1,128}$/).filter(isMemberId);
    const number = fc.integer({ min: 1, max: 999_999 });
    fc.assert(
      fc.property(member, member, number, number, (senderId, recipientId, n, other) => {
        const pair = { senderId, recipientId };
        const [one, two] = [inmailIdOf({ ...pair, n }), inmailIdOf({ ...pair, n: other })];
        expect(partsOfInMailId(one)).toEqual({ senderId, recipientId, n });
        expect(one < two).toBe(n < other);
      }),
    );
  });
});

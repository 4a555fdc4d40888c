import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOf, type Instant, instant, plusHours } from '../../shared/domain/instant.ts';
import { type EntryBody, GENESIS_HASH } from '../../shared/domain/ledger.ts';
import {
  formatPending,
  type PendingSend,
  parsePending,
  pendingAt,
  withoutPending,
  withPending,
} from '../../shared/domain/pending.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { aBody, day } from '../support/domain-builders.ts';
import { append, edit, namedWith, payFor } from './planting.ts';

const send = (seq: number, sentOn: string): PendingSend => ({ seq, sentOn: day(sentOn) });

describe('the InMails that an entry says are pending', () => {
  it.each([
    ['', []],
    ['20784:12', [send(12, '2026-11-27')]],
    [
      '20784:12,1,3 2:5',
      [send(12, '2026-11-27'), send(13, '2026-11-27'), send(16, '2026-11-27'), send(21, '2026-11-29')],
    ],
  ])('the text %j names the pending sends %j', (text, sends) => {
    expect(parsePending(text)).toEqual(sends);
    expect(formatPending(sends)).toBe(text);
  });

  it('pending sends come back as they were written, with any numbers and days', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 0, max: 40 * 24 })));
    fc.assert(
      fc.property(steps, (moves) => {
        let [seq, at]: [number, Instant] = [0, instant('2024-01-31T22:00:00Z')];
        const sends = moves.map(([more, hours]) => {
          seq += more;
          at = plusHours(at, hours);
          return { seq, sentOn: dateOf(at) };
        });
        expect(parsePending(formatPending(sends))).toEqual(sends);
      }),
    );
  });

  it('the pending sends gain one that was paid, and lose one that was answered', () => {
    const both = withPending(withPending('', { seq: 2, at: instant('2024-03-01T23:59:59.999Z') }), {
      seq: 5,
      at: instant('2024-03-02T00:00:00Z'),
    });
    expect(parsePending(both)).toEqual([send(2, '2024-03-01'), send(5, '2024-03-02')]);
    expect(parsePending(withoutPending(both, 2))).toEqual([send(5, '2024-03-02')]);
    expect(withoutPending(both, 3)).toBe(both);
  });

  it.each([
    ['2024-05-30T23:59:59.999Z', 2],
    ['2024-05-31T00:00:00.000Z', 1],
    ['2024-06-01T00:00:00.000Z', 0],
  ])('pending sends whose day is too long ago are left out: at %s there are %i', (at, count) => {
    const pending = formatPending([send(2, '2024-03-01'), send(5, '2024-03-02')]);
    expect(parsePending(pendingAt(pending, instant(at), RULES))).toHaveLength(count);
  });
});

/** DynamoDB charges for names and values (docs.aws.amazon.com, CapacityUnitCalculations). */
const bytesOf = (item: object): number =>
  Object.entries(item).reduce((sum, [name, value]) => {
    const size = typeof value === 'number' ? Math.ceil(String(value).length / 2) + 1 : Buffer.byteLength(String(value));
    return sum + Buffer.byteLength(name) + size;
  }, 0);

describe('the size of a sent entry', () => {
  const UUID = '12345678-1234-1234-1234-123456789012';
  const LONGEST = 'x'.repeat(128);
  /** Every third entry, or another, of a busy wallet pays an InMail that waits. */
  const sentWith = (pendings: number, step: number, id: string): EntryBody => {
    const sends = Array.from({ length: pendings }, (_, index) => ({
      seq: 90_000 + step * index,
      sentOn: dateOf(plusHours(instant('2024-01-01T00:00:00Z'), (index * 90 * 24) / 300)),
    }));
    const inmailId = `${id}~${id.replaceAll('1', '9')}~000012`;
    const plan = 'sales-navigator-enterprise';
    return aBody({
      walletId: `${id}#sales-navigator`,
      type: 'sent',
      plan,
      seq: 999_999,
      inmailId,
      pending: formatPending(sends),
    });
  };

  it.each([
    [0, 3, UUID, 1],
    [15, 3, UUID, 1],
    [45, 3, UUID, 1],
    [150, 3, UUID, 1],
    [300, 3, UUID, 2],
    // 350,000 entries in 90 days and the longest ids make the largest entry.
    [350, 1_001, LONGEST, 3],
  ])(
    'a sent entry with %i InMails pending, every %i entries, from %s, is within %i KB',
    (pendings, step, id, kilobytes) => {
      const size = bytesOf({ ...sentWith(pendings, step, id), prevHash: GENESIS_HASH, hash: GENESIS_HASH });
      expect(Math.ceil(size / 1_024)).toBe(kilobytes);
    },
  );
});

describe('the audit finds (I5)', () => {
  const renewal = { type: 'renewed', at: instant('2024-05-31T00:00:00Z') } as const;
  it.each([
    [
      'a send that is not said to be pending',
      payFor({ walletId: 'gil#premium', to: 'zoe', at: '2024-03-20T10:00:00Z' }, { pending: '' }),
    ],
    ['an entry that says what never was', edit('gil#premium', 1, { pending: '19753:7' })],
    ['a text in another form', edit('gil#premium', 1, { pending: '19753:' })],
    ['a text of another kind', edit('gil#premium', 1, { pending: 'all of them' })],
    ['a day on which nothing was sent', append('gil#premium', { ...renewal, pending: '1:1' })],
  ])('the audit finds %s', (_, plant) => {
    expect(namedWith(plant)).toContain('I5');
  });
});

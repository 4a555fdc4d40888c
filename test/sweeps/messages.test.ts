import { describe, expect, it } from 'vitest';
import { batchMessageOf, listingMessage } from '../../shared/contract/sweep-messages.ts';
import { sweepNamed } from '../../shared/contract/sweeps.ts';

const page = { sweep: 'renew-wallets', scheduledAt: '2026-11-01T00:05:00Z', lookBackHours: 72 };

describe('a listing message', () => {
  it.each([
    [{}],
    [{ shards: { first: 0, last: 63 } }],
    [{ shards: { first: 63, last: 63 } }],
    [{ lookBackHours: 0 }],
    [{ lookBackHours: 10 * 366 * 24 + 1 }],
    [{ lookBackHours: Number.MAX_SAFE_INTEGER }],
    [{ scheduledAt: '2026-11-01T04:05:00+04:00' }],
  ])('a listing message may have %j', (more) => {
    expect(listingMessage.parse({ ...page, ...more })).toMatchObject({ scheduledAt: '2026-11-01T00:05:00.000Z' });
  });

  it.each([
    [{ sweep: 'renew' }, 'sweep'],
    [{ scheduledAt: '2026-11-01' }, 'scheduledAt'],
    [{ lookBackHours: -1 }, 'lookBackHours'],
    [{ lookBackHours: 0.5 }, 'lookBackHours'],
    [{ shards: { first: 2, last: 1 } }, 'shards'],
    [{ shards: { first: 0, last: 64 } }, 'shards'],
    [{ sweep: 'remind-recipients', shards: { first: 0, last: 16 } }, 'shards'],
    [{ shards: { first: -1, last: 1 } }, 'shards'],
    [{ day: 1 }, ''],
  ])('a listing message may not have %j', (more, path) => {
    const { error } = listingMessage.safeParse({ ...page, ...more });
    expect(error?.issues[0]?.path[0] ?? '').toBe(path);
  });
});

const wallet = { memberId: 'ada', product: 'premium' };
const inmail = { senderId: 'ada', recipientId: 'bob', n: 1, sentAt: '2026-11-01T00:05:00.000Z' };

describe('a batch', () => {
  it.each([
    ['renew-wallets', wallet],
    ['remind-recipients', inmail],
    ['expire-inmails', inmail],
  ] as const)('a batch of %s holds 1 to 100 keys', (sweep, key) => {
    const isBatch = (keys: unknown[]) => batchMessageOf(sweepNamed(sweep)).safeParse({ keys }).success;
    expect([[], [key], Array(100).fill(key), Array(101).fill(key)].map(isBatch)).toEqual([false, true, true, false]);
  });

  it.each([
    ['renew-wallets', inmail],
    ['renew-wallets', { ...wallet, product: 'gold' }],
    ['renew-wallets', { ...wallet, memberId: 'a#b' }],
    ['remind-recipients', wallet],
    ['expire-inmails', { ...inmail, sentAt: 'soon' }],
    ['expire-inmails', { ...inmail, recipientId: 'a~b' }],
    ['expire-inmails', { ...inmail, n: 0 }],
    ['expire-inmails', { ...inmail, n: 1_000_000 }],
  ] as const)('a batch of %s may not hold %j', (sweep, key) => {
    expect(batchMessageOf(sweepNamed(sweep)).safeParse({ keys: [key] }).success).toBe(false);
  });

  it('ten batches of the longest keys fit into one call to SQS', () => {
    const member = 'm'.repeat(128);
    const key = { senderId: member, recipientId: member, n: 999_999, sentAt: inmail.sentAt };
    const body = JSON.stringify(batchMessageOf(sweepNamed('expire-inmails')).parse({ keys: Array(100).fill(key) }));
    expect(10 * Buffer.byteLength(body)).toBeLessThan(1024 * 1024);
  });
});

import { describe, expect, it } from 'vitest';
import { batchMessageOf, type ListingMessage } from '../../shared/contract/sweep-messages.ts';
import { SWEEPS, type SweepName, shardGroupsOf, sweepNamed } from '../../shared/contract/sweeps.ts';
import { instant, plusHours, plusMillis } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import type {
  DuePart,
  InMailKey,
  Page,
  PageRequest,
  RenewingPart,
  Store,
  WalletKey,
} from '../../shared/store/store.ts';
import { listDue } from '../../shared/sweeps/lister.ts';

const NOW = instant('2026-11-30T00:05:00Z');

/** An index of so many keys in each part, which notes its queries. */
function createIndex(keysInPart: number) {
  const renewing: RenewingPart[] = [];
  const due: DuePart[] = [];
  const page = async <Key>({ limit, after }: PageRequest<Key>, keyOf: (n: number) => Key): Promise<Page<Key>> => {
    const start = after === undefined ? 0 : Number(/\d+$/.exec(Object.values(after as object)[0])?.[0]) + 1;
    const end = Math.min(start + limit, keysInPart);
    const keys = Array.from({ length: end - start }, (_, index) => keyOf(start + index));
    const next = keys.at(-1);
    return end < keysInPart && next ? { keys, next } : { keys };
  };
  const store = {
    subscriptions: {
      renewing: (part: RenewingPart, request: PageRequest<WalletKey>) => {
        if (!request.after) renewing.push(part);
        return page(request, (n) => ({ memberId: `m${part.renewalDay}-${part.shard}-${n}`, product: 'premium' }));
      },
    },
    inmails: {
      due: (part: DuePart, request: PageRequest<InMailKey>) => {
        if (!request.after) due.push(part);
        return page(request, (n) => ({ senderId: `a${n}`, recipientId: `b${part.shard}`, n: 1, sentAt: part.from }));
      },
    },
  } as unknown as Store;
  return { store, renewing, due };
}

async function list(message: Partial<ListingMessage> & { sweep: SweepName }, keysInPart = 1, now = NOW) {
  const index = createIndex(keysInPart);
  const calls: (readonly string[])[] = [];
  const listed = await listDue(
    { scheduledAt: NOW, lookBackHours: 0, ...message },
    { store: index.store, rules: RULES, now },
    async (sweep, bodies) => {
      expect(sweep).toBe(message.sweep);
      calls.push(bodies);
    },
  );
  const keys = calls.flat().map((body) => batchMessageOf(sweepNamed(message.sweep)).parse(JSON.parse(body)).keys);
  return { ...index, listed, calls, keys };
}

const one = { first: 5, last: 5 };

describe('the lister', () => {
  it.each([
    [0, [], 2],
    [1, [1, 1], 2],
    [100, [100, 100], 2],
    [101, [100, 1, 100, 1], 2],
    [1_000, Array(20).fill(100), 2],
    [2_001, [...Array(20).fill(100), 1, ...Array(20).fill(100), 1], 6],
  ])('the lister puts the %i keys of each of two parts in batches of at most 100', async (keysInPart, sizes, pages) => {
    const { keys, listed } = await list({ sweep: 'renew-wallets', shards: one }, keysInPart);
    expect(keys.map(({ length }) => length).sort()).toEqual([...sizes].sort());
    expect(listed).toEqual({ pages, keys: 2 * keysInPart });
    const ids = keys.flat().map((key) => JSON.stringify(key));
    expect(new Set(ids).size).toBe(2 * keysInPart);
  });

  it('the lister sends the batches of one page of results together, before it reads the next', async () => {
    const { calls } = await list({ sweep: 'renew-wallets', shards: one }, 2_001);
    expect(calls.map(({ length }) => length).sort()).toEqual([1, 1, 10, 10, 10, 10]);
  });

  it.each(SWEEPS)('the lister reads every shard of $name once, over all the groups of a run', async (sweep) => {
    const all = await list({ sweep: sweep.name });
    const parts = [];
    for (const shards of shardGroupsOf(sweep)) {
      const { renewing, due } = await list({ sweep: sweep.name, shards });
      parts.push(...renewing, ...due);
    }
    const inOrder = (some: readonly object[]) => some.map((part) => JSON.stringify(part)).sort();
    expect(inOrder(parts)).toEqual(inOrder([...all.renewing, ...all.due]));
    expect(new Set(inOrder(parts)).size).toBe(parts.length);
    expect(new Set([...all.renewing, ...all.due].map(({ shard }) => shard)).size).toBe(sweep.shards);
  });

  it.each([
    ['2026-11-30T00:05:00Z', 0, [30, 31]],
    ['2026-11-29T00:05:00Z', 0, [29]],
    ['2026-12-01T00:05:00Z', 0, [1]],
    ['2026-12-01T00:05:00Z', 72, [28, 29, 30, 31, 1]],
    ['2027-03-01T00:05:00Z', 24, [28, 29, 30, 31, 1]],
    ['2026-12-15T00:05:00Z', 744, Array.from({ length: 31 }, (_, day) => day + 1)],
  ])('the lister of renewals at %s, looking back %i h, reads the days %j', async (scheduledAt, lookBackHours, days) => {
    const message = { sweep: 'renew-wallets', scheduledAt: instant(scheduledAt), lookBackHours, shards: one } as const;
    const { renewing } = await list(message, 1, instant('2027-06-01T00:00:00Z'));
    const read = renewing.map(({ renewalDay }) => renewalDay);
    expect(read.sort((a, b) => a - b)).toEqual([...days].sort((a, b) => a - b));
  });

  it.each([
    ['remind-recipients', 25, -96 - 0.25, -71, 0],
    ['remind-recipients', 0, -71 - 0.25, -71, 0],
    ['expire-inmails', 72, -2160 - 24 - 72, -2160, -1],
  ] as const)('the lister of %s, looking back %i h, reads the InMails sent from %i h to %i h ago', async (...row) => {
    const [sweep, lookBackHours, fromHours, toHours, millis] = row;
    const { due } = await list({ sweep, lookBackHours, shards: one });
    const shift = (hours: number) => instant(Date.parse(plusHours(NOW, hours)) + millis);
    // The run before has read the very instant at which this window begins.
    const from = plusMillis(shift(fromHours), 1);
    for (const part of due) expect([part.from, part.to]).toEqual([from, shift(toHours)]);
    expect(due.map(({ toRemind }) => toRemind)).toEqual(due.map(() => sweep === 'remind-recipients'));
  });

  it.each(['remind-recipients', 'expire-inmails'] as const)(
    'the lister of %s asks each shard once, however far it looks back',
    async (sweep) => {
      for (const lookBackHours of [0, 25, 87_840, 87_841, 10_000_000, Number.MAX_SAFE_INTEGER]) {
        const { due } = await list({ sweep, lookBackHours });
        expect(due.map(({ shard }) => shard)).toEqual(Array.from({ length: 16 }, (_, shard) => shard));
      }
    },
  );

  it.each([30 * 24, 31 * 24, 87_841, Number.MAX_SAFE_INTEGER])(
    'the lister of renewals, looking back %i h, asks for no day of the month twice',
    async (lookBackHours) => {
      const { renewing } = await list({ sweep: 'renew-wallets', lookBackHours, shards: one });
      expect(new Set(renewing.map(({ renewalDay }) => renewalDay)).size).toBe(31);
      expect(renewing).toHaveLength(31);
    },
  );

  it.each(['renew-wallets', 'remind-recipients', 'expire-inmails'] as const)(
    'the lister of %s reads at the first instant, and looks back no further',
    async (sweep) => {
      const first = instant('0001-01-01T00:00:00Z');
      const { listed } = await list({ sweep, scheduledAt: first, lookBackHours: 72, shards: one });
      expect(listed.pages).toBeGreaterThan(0);
    },
  );

  it('the lister uses our clock if its scheduler is ahead of it', async () => {
    const { renewing } = await list({ sweep: 'renew-wallets', shards: one }, 1, instant('2026-11-29T23:59:59.999Z'));
    expect(renewing.map(({ renewalDay }) => renewalDay)).toEqual([29]);
  });

  it('the lister fails if a batch cannot be sent, and reads no further in that part', async () => {
    const { store } = createIndex(5_000);
    let sent = 0;
    const listing = listDue(
      { sweep: 'renew-wallets', scheduledAt: NOW, lookBackHours: 0, shards: one },
      { store, rules: RULES, now: NOW },
      async () => {
        sent += 1;
        throw new Error('no queue');
      },
    );
    await expect(listing).rejects.toThrow('no queue');
    expect(sent).toBeLessThanOrEqual(2);
  });
});

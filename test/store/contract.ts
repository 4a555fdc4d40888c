/** The contract of every Store, on any engine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change, ChangeOf } from '../../shared/domain/change.ts';
import {
  type AnsweredInMail,
  answer,
  type InMailParts,
  inmailIdOf,
  inmailPartsOf,
  type UnansweredInMail,
} from '../../shared/domain/inmail.ts';
import { plusHours } from '../../shared/domain/instant.ts';
import { renewalKey } from '../../shared/store/keys.ts';
import {
  type InMailKey,
  LostRaceError,
  type Page,
  type PageRequest,
  type Store,
  type WalletKey,
} from '../../shared/store/store.ts';
import { entry, inmail, JAN_31 } from '../support/books.ts';

export type OpenStore = { readonly store: Store; readonly close: () => Promise<void> };

/** Every test has members of its own, so that all of them share one store. */
let tests = 0;
const fresh = (name: string): string => `${name}-${++tests}`;

const append = (walletId: string, ...seqs: number[]): Change[] =>
  seqs.map((seq) => ({ kind: 'append-entry', entry: entry(walletId, seq) }));
const create = (sent: UnansweredInMail): Change => ({ kind: 'create-inmail', inmail: sent });
const reminderOf = (sent: InMailKey): Change => ({
  kind: 'record-reminder',
  ...inmailPartsOf(sent),
  sentAt: sent.sentAt,
  remindedAt: plusHours(sent.sentAt, 71),
});
const expiryOf = (sent: InMailKey): Change => ({
  kind: 'record-expiry',
  ...inmailPartsOf(sent),
  sentAt: sent.sentAt,
});
const hidingOf = (parts: InMailParts, from: 'sender' | 'recipient'): Change => ({
  kind: 'hide-inmail',
  ...inmailPartsOf(parts),
  from,
});
const respond = (sent: UnansweredInMail, text = 'Yes'): Change & { inmail: AnsweredInMail } => ({
  kind: 'record-response',
  inmail: answer(sent, { type: 'reply', text, at: plusHours(JAN_31, 2) }, { credit: 'returned' }),
});
const NOBODYS: InMailParts = { senderId: 'ada', recipientId: 'nobody', n: 1 };
const pair = () => ({ from: fresh('ada'), to: fresh('bob') });

async function allPages<Key>(limit: number, read: (page: PageRequest<Key>) => Promise<Page<Key>>): Promise<Key[]> {
  const keys: Key[] = [];
  let after: Key | undefined;
  do {
    const page = await read({ limit, after });
    expect(page.keys.length).toBeLessThanOrEqual(limit);
    keys.push(...page.keys);
    after = page.next;
  } while (after);
  return keys;
}

export function storeContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`a store on ${name}`, () => {
    let store: Store;
    let close: OpenStore['close'];
    beforeAll(async () => {
      ({ store, close } = await open());
    });
    afterAll(() => close());

    describe('ledger', () => {
      it('a ledger that was never written has no tail and no entry', async () => {
        expect(await store.ledger.tail('nobody#premium')).toBeUndefined();
        expect(await store.ledger.entry('nobody#premium', 1)).toBeUndefined();
        expect(await store.ledger.newestFirst('nobody#premium', { limit: 10 })).toEqual([]);
      });

      it('a ledger gives entries back as they were written, the last one as the tail', async () => {
        const wallet = fresh('wallet');
        await store.transact(append(wallet, 1));
        await store.transact(append(wallet, 2, 3));
        expect(await store.ledger.tail(wallet)).toEqual(entry(wallet, 3));
        expect(await store.ledger.entry(wallet, 2)).toEqual(entry(wallet, 2));
      });

      it('a ledger lists entries newest first, from a seq down, no more than asked for', async () => {
        const wallet = fresh('wallet');
        // Past 9, so that an order by text would show.
        await store.transact(append(wallet, ...Array.from({ length: 12 }, (_, index) => index + 1)));
        const seqs = async (range: { fromSeq?: number; limit: number }) =>
          (await store.ledger.newestFirst(wallet, range)).map(({ seq }) => seq);
        expect(await seqs({ limit: 3 })).toEqual([12, 11, 10]);
        expect(await seqs({ fromSeq: 10, limit: 2 })).toEqual([10, 9]);
        expect(await seqs({ fromSeq: 2, limit: 5 })).toEqual([2, 1]);
      });

      it.each([0, 1, 99, 100, 101, 201])(
        'a ledger gives %i entries by their numbers, in the order asked for',
        async (count) => {
          const wallet = fresh('wallet');
          const seqs = Array.from({ length: count }, (_, index) => index + 1);
          for (let start = 0; start < count; start += 100) {
            await store.transact(append(wallet, ...seqs.slice(start, start + 100)));
          }
          const asked = [...seqs.toReversed(), count + 1];
          const found = await store.ledger.entries(wallet, asked);
          expect(found.map(({ seq }) => seq)).toEqual(seqs.toReversed());
        },
      );

      it('a ledger lets one of two writers have a seq, and tells the other that it lost', async () => {
        const wallet = fresh('wallet');
        const outcomes = await Promise.allSettled([
          store.transact(append(wallet, 1)),
          store.transact(append(wallet, 1)),
        ]);
        expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        await expect(store.transact(append(wallet, 1))).rejects.toThrow(LostRaceError);
      });
    });

    describe('transact', () => {
      it('a transaction writes all changes or none', async () => {
        const wallet = fresh('wallet');
        const sent = inmail(pair());
        await store.transact(append(wallet, 1));
        await expect(store.transact([create(sent), ...append(wallet, 1)])).rejects.toThrow(LostRaceError);
        expect(await store.inmails.get(sent)).toBeUndefined();
        await store.transact([create(sent), ...append(wallet, 2)]);
        expect(await store.inmails.get(sent)).toEqual(sent);
        expect((await store.ledger.tail(wallet))?.seq).toBe(2);
      });

      it('a transaction takes 100 changes, and refuses 101 before it writes any', async () => {
        const [full, over] = [fresh('wallet'), fresh('wallet')];
        const seqs = Array.from({ length: 101 }, (_, index) => index + 1);
        await store.transact(append(full, ...seqs.slice(0, 100)));
        expect((await store.ledger.tail(full))?.seq).toBe(100);
        await expect(store.transact(append(over, ...seqs))).rejects.toThrow(RangeError);
        expect(await store.ledger.tail(over)).toBeUndefined();
      });

      it('a transaction without changes does nothing', async () => {
        await expect(store.transact([])).resolves.toBeUndefined();
      });
    });

    describe('inmails', () => {
      it('an InMail that does not exist is not found', async () => {
        expect(await store.inmails.get(NOBODYS)).toBeUndefined();
      });

      it('an InMail is created once, which is the pair lock', async () => {
        const sent = inmail(pair());
        await store.transact([create(sent)]);
        await expect(store.transact([create({ ...sent, subject: 'Again' })])).rejects.toThrow(LostRaceError);
        expect((await store.inmails.get(sent))?.subject).toBe('Hello');
      });

      it('the last InMail of a pair is found, past 9, and never that of another pair', async () => {
        const { from, to } = pair();
        for (let n = 1; n <= 11; n += 1) await store.transact([create(inmail({ from, to, n }))]);
        await store.transact([create(inmail({ from, to: `${to}1`, n: 12 }))]);
        expect((await store.inmails.last(from, to))?.n).toBe(11);
        expect(await store.inmails.last(to, from)).toBeUndefined();
      });

      it('the InMail of a pair that carries a key is found', async () => {
        const { from, to } = pair();
        for (const n of [1, 2, 3]) await store.transact([create(inmail({ from, to, n }))]);
        expect((await store.inmails.withKey(from, to, 'key-1'))?.n).toBe(1);
        expect(await store.inmails.withKey(from, to, 'key-9')).toBeUndefined();
        expect(await store.inmails.withKey(to, from, 'key-1')).toBeUndefined();
      });

      it('a member who has sent an InMail is known to have sent one, and its recipient is not', async () => {
        const { from, to } = pair();
        expect(await store.inmails.hasSent(from)).toBe(false);
        await store.transact([create(inmail({ from, to }))]);
        expect(await store.inmails.hasSent(from)).toBe(true);
        expect(await store.inmails.hasSent(to)).toBe(false);
      });

      it('many InMails come in the order asked for, without those that do not exist', async () => {
        const { from, to } = pair();
        const [one, two] = [inmail({ from, to }), inmail({ from: to, to: from })];
        await store.transact([create(one), create(two)]);
        const found = await store.inmails.getAll([two, NOBODYS, one]);
        expect(found).toEqual([two, one]);
        expect(await store.inmails.getAll([])).toEqual([]);
      });

      it('an InMail keeps its first response, also over a reminder and an expiry', async () => {
        const sent = inmail(pair());
        await store.transact([create(sent)]);
        await store.transact([reminderOf(sent)]);
        await store.transact([expiryOf(sent)]);
        await store.transact([respond(sent)]);
        await expect(store.transact([respond(sent, 'No')])).rejects.toThrow(LostRaceError);
        expect(await store.inmails.get(sent)).toEqual({
          ...respond(sent).inmail,
          remindedAt: plusHours(JAN_31, 71),
        });
      });

      it('an InMail keeps the reason for which its credit did not come back', async () => {
        const sent = inmail(pair());
        const response = { type: 'accept', at: plusHours(JAN_31, 3_000) } as const;
        const answered = answer(sent, response, { credit: 'lost', creditReason: 'late' });
        await store.transact([create(sent)]);
        await store.transact([{ kind: 'record-response', inmail: answered }]);
        expect(await store.inmails.get(sent)).toEqual(answered);
      });

      const stamps: ((parts: InMailParts) => Change)[] = [
        (parts) => reminderOf({ ...parts, sentAt: JAN_31 }),
        (parts) => expiryOf({ ...parts, sentAt: JAN_31 }),
      ];
      it.each(stamps)(
        'a reminder or an expiry (%#) is written once, and only on a pending InMail that exists',
        async (stamp) => {
          const [pending, answered] = [inmail(pair()), inmail(pair())];
          await store.transact([create(pending), create(answered)]);
          await store.transact([respond(answered)]);
          await store.transact([stamp(pending)]);
          await expect(store.transact([stamp(pending)])).rejects.toThrow(LostRaceError);
          await expect(store.transact([stamp(answered)])).rejects.toThrow(LostRaceError);
          await expect(store.transact([stamp(NOBODYS)])).rejects.toThrow(LostRaceError);
          expect(await store.inmails.get(NOBODYS)).toBeUndefined();
        },
      );

      it.each(stamps)('a reminder or an expiry (%#) with another send time writes nothing', async (stamp) => {
        const sent = inmail({ ...pair(), sentAt: plusHours(JAN_31, 1) });
        await store.transact([create(sent)]);
        await expect(store.transact([stamp(sent)])).rejects.toThrow(LostRaceError);
        expect(await store.inmails.get(sent)).toEqual(sent);
      });

      it('a reminder is written on an InMail that its sender has hidden, not on one that its recipient has', async () => {
        const [byRecipient, bySender] = [inmail(pair()), inmail(pair())];
        await store.transact([create(byRecipient), create(bySender)]);
        await store.transact([hidingOf(byRecipient, 'recipient')]);
        await store.transact([hidingOf(bySender, 'sender')]);
        await expect(store.transact([reminderOf(byRecipient)])).rejects.toThrow(LostRaceError);
        await store.transact([reminderOf(bySender)]);
      });

      it('a reminder is not written on an expired InMail', async () => {
        const sent = inmail(pair());
        await store.transact([create(sent)]);
        await store.transact([expiryOf(sent)]);
        await expect(store.transact([reminderOf(sent)])).rejects.toThrow(LostRaceError);
        expect(await store.inmails.get(sent)).toEqual({ ...sent, status: 'expired' });
      });

      it('an InMail is hidden for each side apart, twice the same as once, and only when it exists', async () => {
        const sent = inmail(pair());
        await store.transact([create(sent)]);
        await store.transact([hidingOf(sent, 'recipient')]);
        await store.transact([hidingOf(sent, 'recipient')]);
        expect(await store.inmails.get(sent)).toEqual({ ...sent, hiddenByRecipient: true });
        await store.transact([hidingOf(sent, 'sender')]);
        expect(await store.inmails.get(sent)).toEqual({ ...sent, hiddenByRecipient: true, hiddenBySender: true });
        await expect(store.transact([hidingOf(NOBODYS, 'sender')])).rejects.toThrow(LostRaceError);
      });
    });

    describe('indexes', () => {
      it('an inbox lists its own InMails newest first, in pages of results, with ties', async () => {
        const to = fresh('bob');
        const sentToOne = [3, 1, 2, 2].map((hours) =>
          inmail({ from: fresh('ada'), to, sentAt: plusHours(JAN_31, hours) }),
        );
        for (const sent of sentToOne) await store.transact([create(sent)]);
        await store.transact([create(inmail({ from: fresh('ada'), to: `${to}x` }))]);
        for (const limit of [1, 2, 3, 4, 5]) {
          const keys = await allPages<InMailKey>(limit, (page) => store.inmails.inbox(to, page));
          expect(keys.map(({ sentAt }) => sentAt)).toEqual([3, 2, 2, 1].map((hours) => plusHours(JAN_31, hours)));
          expect(new Set(keys.map(inmailIdOf))).toEqual(new Set(sentToOne.map(({ inmailId }) => inmailId)));
        }
      });

      it('an InMail is due between two instants, both included, until it is answered or expired', async () => {
        const from = fresh('ada');
        const sent = [0, 1, 2, 3].map((hours) => inmail({ from, to: fresh('bob'), sentAt: plusHours(JAN_31, hours) }));
        await store.transact(sent.map(create));
        const dueIds = async (only = {}) => {
          const found: string[] = [];
          for (let shard = 0; shard < 16; shard += 1) {
            const part = { shard, from: plusHours(JAN_31, 1), to: plusHours(JAN_31, 2), ...only };
            const keys = await allPages<InMailKey>(1, (page) => store.inmails.due(part, page));
            found.push(...keys.filter(({ senderId }) => senderId === from).map(inmailIdOf));
          }
          return found.sort();
        };
        const [, one = inmail(), two = inmail()] = sent;
        expect(await dueIds()).toEqual([one.inmailId, two.inmailId]);
        await store.transact([reminderOf(one)]);
        expect(await dueIds()).toHaveLength(2);
        expect(await dueIds({ toRemind: true })).toEqual([two.inmailId]);
        await store.transact([hidingOf(two, 'recipient')]);
        expect(await dueIds({ toRemind: true })).toEqual([]);
        expect(await dueIds()).toHaveLength(2);
        await store.transact([expiryOf(one)]);
        expect(await dueIds()).toEqual([two.inmailId]);
        await store.transact([respond(two)]);
        expect(await dueIds()).toEqual([]);
      });

      const start = (memberId: string, renewalDay: number, term = 1): ChangeOf<'start-subscription'> => ({
        kind: 'start-subscription',
        memberId,
        product: 'premium',
        plan: 'premium-career',
        signedUpAt: JAN_31,
        anchorDay: 31,
        renewalDay,
        term,
      });
      const renewing = async (memberId: string, renewalDay: number) => {
        const part = renewalKey(memberId, renewalDay);
        const keys = await allPages<WalletKey>(2, (page) => store.subscriptions.renewing(part, page));
        return keys.filter((key) => key.memberId === memberId);
      };

      it('a subscription is found by its renewal day, from its start, over a change of plan, until its end', async () => {
        const memberId = fresh('ada');
        const wallet = { memberId, product: 'premium' } as const;
        await store.transact([start(memberId, 31)]);
        expect(await renewing(memberId, 31)).toEqual([wallet]);
        await store.transact([{ kind: 'change-plan', ...wallet, plan: 'premium-business', renewalDay: 1, term: 2 }]);
        expect(await renewing(memberId, 31)).toEqual([]);
        expect(await renewing(memberId, 1)).toEqual([wallet]);
        await store.transact([{ kind: 'end-subscription', ...wallet, term: 3 }]);
        expect(await renewing(memberId, 1)).toEqual([]);
        await store.transact([start(memberId, 15, 4)]);
        expect(await renewing(memberId, 15)).toEqual([wallet]);
      });

      it('a subscription changes only over the term before', async () => {
        const memberId = fresh('ada');
        const wallet = { memberId, product: 'premium' } as const;
        const changePlan: Change = {
          kind: 'change-plan',
          ...wallet,
          plan: 'premium-business',
          renewalDay: 31,
          term: 2,
        };
        await expect(store.transact([changePlan])).rejects.toThrow(LostRaceError);
        await expect(store.transact([{ kind: 'end-subscription', ...wallet, term: 2 }])).rejects.toThrow(LostRaceError);
        await store.transact([start(memberId, 31)]);
        await expect(store.transact([start(memberId, 31)])).rejects.toThrow(LostRaceError);
        await store.transact([changePlan]);
        await expect(store.transact([changePlan])).rejects.toThrow(LostRaceError);
        await expect(store.transact([{ kind: 'end-subscription', ...wallet, term: 2 }])).rejects.toThrow(LostRaceError);
        expect(await renewing(memberId, 31)).toEqual([wallet]);
      });

      it('a day of many subscriptions is read in pages of results', async () => {
        const members = Array.from({ length: 7 }, () => fresh('many'));
        for (const memberId of members) await store.transact([start(memberId, 9)]);
        const found: string[] = [];
        for (let shard = 0; shard < 64; shard += 1) {
          const keys = await allPages<WalletKey>(1, (page) =>
            store.subscriptions.renewing({ renewalDay: 9, shard }, page),
          );
          found.push(...keys.map(({ memberId }) => memberId));
        }
        expect(found.sort()).toEqual(members.sort());
      });
    });

    describe('connections', () => {
      it('a connection has two separate directions, and connecting or disconnecting twice does no harm', async () => {
        const [memberId, otherId] = [fresh('ada'), fresh('bob')];
        const connect: Change = { kind: 'connect', memberId, otherId, connectedAt: JAN_31 };
        await store.transact([connect]);
        await store.transact([connect]);
        expect(await store.connections.has(memberId, otherId)).toBe(true);
        expect(await store.connections.has(otherId, memberId)).toBe(false);
        await store.transact([{ kind: 'disconnect', memberId, otherId }]);
        await store.transact([{ kind: 'disconnect', memberId, otherId }]);
        expect(await store.connections.has(memberId, otherId)).toBe(false);
      });
    });
  });
}

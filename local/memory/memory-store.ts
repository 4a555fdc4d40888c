/**
 * A Store that keeps everything in memory, under the same conditions as the tables. `replay --engine memory` and most tests
 * run on it. It passes the same contract suite as DynamoDB.
 */
import type { Change, Subscription } from '../../shared/domain/change.ts';
import { type InMail, type InMailParts, inmailIdOf, inmailPartsOf, isAnswered } from '../../shared/domain/inmail.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Entry } from '../../shared/domain/ledger.ts';
import { dueKey, renewalKey } from '../../shared/store/keys.ts';
import { type InMailKey, LostRaceError, MAX_CHANGES, type Store, type WalletKey } from '../../shared/store/store.ts';
import { SortedIndex } from './sorted-index.ts';

type SubscriptionRow = Omit<Subscription, 'renewalDay'> & { readonly renewalDay: number | undefined };

/** A change with its condition. A transaction checks all conditions before it makes any change. */
type Step = { readonly holds: boolean; readonly make: () => void };

export class MemoryStore implements Store {
  readonly #ledgers = new Map<string, Entry[]>();
  readonly #inmails = new Map<string, InMail>();
  /** The number of InMails of each pair. */
  readonly #pairs = new Map<string, number>();
  readonly #senders = new Set<string>();
  readonly #subscriptions = new Map<string, SubscriptionRow>();
  readonly #connections = new Set<string>();
  readonly #inboxes = new SortedIndex<InMailKey>(byTime);
  readonly #due = new SortedIndex<InMailKey>(byTime);
  readonly #renewals = new SortedIndex<WalletKey>(({ memberId, product }) => `${memberId}#${product}`);

  /** All the books, for an audit. */
  books(): { entries: Entry[]; inmails: InMail[] } {
    return { entries: [...this.#ledgers.values()].flat(), inmails: [...this.#inmails.values()] };
  }

  readonly ledger: Store['ledger'] = {
    tail: async (walletId) => this.#ledgers.get(walletId)?.at(-1),
    entry: async (walletId, seq) => this.#ledgers.get(walletId)?.[seq - 1],
    entries: async (walletId, seqs) => seqs.flatMap((seq) => this.#ledgers.get(walletId)?.[seq - 1] ?? []),
    newestFirst: async (walletId, { fromSeq, limit }) => {
      const entries = this.#ledgers.get(walletId) ?? [];
      const end = Math.min(fromSeq ?? entries.length, entries.length);
      return entries.slice(Math.max(0, end - limit), end).reverse();
    },
  };

  readonly inmails: Store['inmails'] = {
    get: async (parts) => this.#inmails.get(inmailIdOf(parts)),
    getAll: async (wanted) => wanted.flatMap((parts) => this.#inmails.get(inmailIdOf(parts)) ?? []),
    last: async (senderId, recipientId) => this.#inmailsOf(senderId, recipientId, 1)[0],
    withKey: async (senderId, recipientId, idempotencyKey) =>
      this.#inmailsOf(senderId, recipientId).find((inmail) => inmail.idempotencyKey === idempotencyKey),
    hasSent: async (senderId) => this.#senders.has(senderId),
    inbox: async (recipientId, page) => this.#inboxes.page(recipientId, page, { newestFirst: true }),
    due: async ({ shard, from, to, toRemind = false }, page) => {
      const { keys, ...rest } = this.#due.page(partition({ shard }), page, { lowest: from, highest: `${to}\uffff` });
      const needsNone = (key: InMailKey) => {
        const { remindedAt, hiddenByRecipient } = this.#inmails.get(inmailIdOf(key)) ?? {};
        return remindedAt !== undefined || hiddenByRecipient === true;
      };
      return { keys: toRemind ? keys.filter((key) => !needsNone(key)) : keys, ...rest };
    },
  };

  readonly subscriptions: Store['subscriptions'] = {
    renewing: async (part, page) => this.#renewals.page(partition(part), page),
  };

  readonly connections: Store['connections'] = {
    has: async (memberId, otherId) => this.#connections.has(`${memberId}#${otherId}`),
  };

  async transact(changes: readonly Change[]): Promise<void> {
    if (changes.length > MAX_CHANGES) throw new RangeError(`${changes.length} changes in one transaction`);
    const steps = changes.map((change) => this.#stepOf(change));
    if (!steps.every(({ holds }) => holds)) throw new LostRaceError('a condition failed');
    for (const { make } of steps) make();
  }

  /** The pair's InMails, newest first and at most `most` of them. */
  #inmailsOf(senderId: string, recipientId: string, most = Number.POSITIVE_INFINITY): InMail[] {
    const count = this.#pairs.get(`${senderId}~${recipientId}`) ?? 0;
    return Array.from({ length: Math.min(most, count) }, (_, back) => count - back).flatMap(
      (n) => this.#inmails.get(inmailIdOf({ senderId, recipientId, n })) ?? [],
    );
  }

  #stepOf(change: Change): Step {
    switch (change.kind) {
      case 'append-entry':
        return this.#appending(change.entry);
      case 'start-subscription':
        return this.#changingTerm(change, change, true);
      case 'change-plan':
        return this.#changingTerm(change, change);
      case 'end-subscription':
        return this.#changingTerm(change, { ...change, renewalDay: undefined });
      case 'create-inmail':
        return this.#creating(change.inmail);
      case 'record-response': {
        const { status, response, credit, creditReason } = change.inmail;
        const answer = { status, response, credit, ...(creditReason && { creditReason }) };
        return this.#updating(change.inmail, (inmail) => !isAnswered(inmail), answer as Partial<InMail>);
      }
      case 'record-reminder': {
        const { sentAt, remindedAt } = change;
        const isFree = (inmail: InMail) =>
          isPendingSince(sentAt)(inmail) && !inmail.remindedAt && !inmail.hiddenByRecipient;
        return this.#updating(change, isFree, { remindedAt });
      }
      case 'record-expiry':
        return this.#updating(change, isPendingSince(change.sentAt), { status: 'expired' });
      case 'hide-inmail': {
        const hidden =
          change.from === 'sender' ? { hiddenBySender: true as const } : { hiddenByRecipient: true as const };
        return this.#updating(change, () => true, hidden);
      }
      case 'connect':
        return { holds: true, make: () => this.#connections.add(`${change.memberId}#${change.otherId}`) };
      case 'disconnect':
        return { holds: true, make: () => this.#connections.delete(`${change.memberId}#${change.otherId}`) };
    }
  }

  #appending(entry: Entry): Step {
    const entries = this.#ledgers.get(entry.walletId) ?? [];
    const isFree = entries[entry.seq - 1] === undefined;
    return { holds: isFree, make: () => this.#append(entry) };
  }

  #append(entry: Entry): void {
    const entries = this.#ledgers.get(entry.walletId);
    if (entries) entries[entry.seq - 1] = entry;
    else this.#ledgers.set(entry.walletId, [entry]);
  }

  /** A change of a subscription holds only over the term before. A first subscription holds over none. */
  #changingTerm(key: WalletKey & { term: number }, row: Partial<SubscriptionRow>, isStart = false): Step {
    const { memberId, product, term } = key;
    const id = `${memberId}#${product}`;
    const before = this.#subscriptions.get(id);
    return {
      holds: before ? before.term === term - 1 : isStart,
      make: () => {
        const after = { ...before, ...row } as SubscriptionRow;
        if (before?.renewalDay) this.#renewals.remove(partition(renewalKey(memberId, before.renewalDay)), key);
        if (after.renewalDay)
          this.#renewals.add(partition(renewalKey(memberId, after.renewalDay)), { memberId, product });
        this.#subscriptions.set(id, after);
      },
    };
  }

  #creating(inmail: InMail): Step {
    const { inmailId, senderId, recipientId, n, sentAt } = inmail;
    return {
      holds: !this.#inmails.has(inmailId),
      make: () => {
        this.#inmails.set(inmailId, inmail);
        this.#pairs.set(`${senderId}~${recipientId}`, n);
        this.#senders.add(senderId);
        const key = { ...inmailPartsOf(inmail), sentAt };
        this.#inboxes.add(recipientId, key);
        this.#due.add(partition(dueKey(inmailId)), key);
      },
    };
  }

  /** An InMail leaves the index `due` when it is no longer pending. */
  #updating(parts: InMailParts, condition: (inmail: InMail) => boolean, update: Partial<InMail>): Step {
    const inmailId = inmailIdOf(parts);
    const before = this.#inmails.get(inmailId);
    return {
      holds: before !== undefined && condition(before),
      make: () => {
        const after = { ...before, ...update } as InMail;
        this.#inmails.set(inmailId, after);
        if (after.status !== 'pending') this.#due.remove(partition(dueKey(inmailId)), after);
      },
    };
  }
}

const isPendingSince =
  (sentAt: Instant) =>
  (inmail: InMail): boolean =>
    inmail.status === 'pending' && inmail.sentAt === sentAt;
const byTime = (key: InMailKey): string => `${key.sentAt} ${inmailIdOf(key)}`;
const partition = (part: Readonly<Record<string, unknown>>): string => Object.values(part).join('#');

/**
 * A world small enough to hold in an array. It decides by the rules and makes the changes, all of a decision or none,
 * each under the condition that change.ts states. Everything written is frozen, so nothing can be changed afterwards.
 */
import type { Books } from '../../shared/domain/books.ts';
import type { Change } from '../../shared/domain/change.ts';
import { appendAll } from '../../shared/domain/change.ts';
import { decideConnection, decideDisconnection } from '../../shared/domain/connecting.ts';
import { type InMail, inmailIdOf, inmailPartsOf, isAnswered, type ResponseGiven } from '../../shared/domain/inmail.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { type Entry, seal, walletIdOf } from '../../shared/domain/ledger.ts';
import type { Product } from '../../shared/domain/plans.ts';
import { decideResponse } from '../../shared/domain/responding.ts';
import { expiredSentUntil, planNamed, RULES, type Rules } from '../../shared/domain/rules.ts';
import { decideSend } from '../../shared/domain/sending.ts';
import { decideCancellation, decideSubscription } from '../../shared/domain/subscribing.ts';
import { type Wallet, walletAt } from '../../shared/domain/wallet.ts';
import { aSend, changesOf } from '../support/domain-builders.ts';

export type Route = { readonly from: string; readonly to: string; readonly product?: Product };

type Condition = { readonly item: string; readonly holds: boolean; readonly make: () => void };

export class World {
  now: Instant = instant('2024-01-01T00:00:00Z');
  readonly #ledgers = new Map<string, Entry[]>();
  readonly #inmails = new Map<string, InMail>();
  readonly #terms = new Map<string, { term: number; active: boolean }>();
  readonly #connections = new Set<string>();

  constructor(readonly rules: Rules = RULES) {}

  at(now: string): this {
    this.now = instant(now);
    return this;
  }

  subscribe(memberId: string, planName: string) {
    const plan = planNamed(planName, this.rules);
    return this.#make(decideSubscription(this.wallet(walletIdOf(memberId, plan.product)), plan));
  }

  cancel(memberId: string, product: Product) {
    return this.#make(decideCancellation(this.wallet(walletIdOf(memberId, product))));
  }

  send({ from, to, product = 'premium' }: Route) {
    const wallet = this.wallet(walletIdOf(from, product));
    const last = this.inmails.findLast(({ senderId, recipientId }) => senderId === from && recipientId === to);
    const connected = this.#connections.has(`${from} ${to}`);
    const command = aSend({ senderId: from, recipientId: to, product, idempotencyKey: `key-${this.#inmails.size}` });
    return this.#make(decideSend(command, { wallet, connected, last }, this.rules));
  }

  respond(inmailId: string, response: ResponseGiven = { type: 'accept' }) {
    const inmail = this.inmail(inmailId);
    const wallet = this.wallet(walletIdOf(inmail.senderId, inmail.product));
    return this.#make(decideResponse(inmail, response, wallet, this.rules));
  }

  /** The renew sweep, for one wallet. */
  renew(walletId: string): readonly Entry[] {
    const { tail, due } = this.wallet(walletId);
    const entries = seal(tail, due);
    this.apply(appendAll(entries));
    return entries;
  }

  /** The expire sweep. */
  expire(): this {
    const until = expiredSentUntil(this.now, this.rules);
    const due = this.inmails.filter(({ status, sentAt }) => status === 'pending' && sentAt <= until);
    for (const inmail of due) {
      this.apply([{ kind: 'record-expiry', ...inmailPartsOf(inmail), sentAt: inmail.sentAt }]);
    }
    return this;
  }

  connect(memberId: string, otherId: string): this {
    this.apply(decideConnection({ memberId, otherId }, this.now));
    return this;
  }

  disconnect(memberId: string, otherId: string): this {
    this.apply(decideDisconnection({ memberId, otherId }));
    return this;
  }

  wallet(walletId: string): Wallet {
    return walletAt(walletId, this.ledger(walletId).at(-1), this.now, this.rules);
  }

  balance(walletId: string): number {
    return this.wallet(walletId).state?.balance ?? 0;
  }

  ledger(walletId: string): readonly Entry[] {
    return this.#ledgers.get(walletId) ?? [];
  }

  get walletIds(): string[] {
    return [...this.#ledgers.keys()];
  }

  get inmails(): InMail[] {
    return [...this.#inmails.values()];
  }

  inmail(inmailId: string): InMail {
    const inmail = this.#inmails.get(inmailId);
    if (!inmail) throw new Error(`no InMail ${inmailId}`);
    return inmail;
  }

  books(): Books {
    return { entries: [...this.#ledgers.values()].flat(), inmails: this.inmails };
  }

  apply(changes: readonly Change[]): void {
    const conditions = changes.map((change) => this.#conditionOf(change));
    const items = conditions.map(({ item }) => item);
    if (new Set(items).size < items.length) throw new Error(`an item twice: ${items}`);
    const failed = conditions.filter(({ holds }) => !holds).map(({ item }) => item);
    if (failed.length > 0) throw new Error(`the condition does not hold for ${failed}`);
    for (const { make } of conditions) make();
  }

  #make<Decision extends { readonly kind: string; readonly changes?: readonly Change[] }>(
    decision: Decision,
  ): Decision {
    this.apply(changesOf(decision));
    return decision;
  }

  #conditionOf(change: Change): Condition {
    switch (change.kind) {
      case 'append-entry': {
        const { entry } = change;
        const entries = this.#ledgers.get(entry.walletId) ?? [];
        const make = () => {
          entries.push(Object.freeze(entry));
          this.#ledgers.set(entry.walletId, entries);
        };
        const holds = entries.every(({ seq }) => seq !== entry.seq);
        return { item: `${entry.walletId} ${entry.seq}`, holds, make };
      }
      case 'start-subscription':
        return this.#startingTerm(change, { wasActive: false, active: true });
      case 'change-plan':
        return this.#startingTerm(change, { wasActive: true, active: true });
      case 'end-subscription':
        return this.#startingTerm(change, { wasActive: true, active: false });
      case 'create-inmail': {
        const { inmailId } = change.inmail;
        return this.#writing(change.inmail, !this.#inmails.has(inmailId));
      }
      case 'record-response':
        return this.#writing(change.inmail, !isAnswered(this.inmail(change.inmail.inmailId)));
      case 'record-reminder':
      case 'record-expiry': {
        const inmail = this.inmail(inmailIdOf(change));
        if (isAnswered(inmail)) return { item: inmail.inmailId, holds: false, make: () => {} };
        const mark =
          change.kind === 'record-expiry' ? { status: 'expired' as const } : { remindedAt: change.remindedAt };
        return this.#writing({ ...inmail, ...mark }, inmail.status === 'pending' && inmail.sentAt === change.sentAt);
      }
      case 'hide-inmail': {
        const mark =
          change.from === 'sender' ? { hiddenBySender: true as const } : { hiddenByRecipient: true as const };
        return this.#writing({ ...this.inmail(inmailIdOf(change)), ...mark }, true);
      }
      case 'connect':
      case 'disconnect': {
        const item = `${change.memberId} ${change.otherId}`;
        const connects = change.kind === 'connect';
        const make = () => (connects ? this.#connections.add(item) : this.#connections.delete(item));
        return { item, holds: true, make };
      }
    }
  }

  #startingTerm(
    { memberId, product, term }: { memberId: string; product: Product; term: number },
    { wasActive, active }: { wasActive: boolean; active: boolean },
  ): Condition {
    const walletId = walletIdOf(memberId, product);
    const before = this.#terms.get(walletId) ?? { term: 0, active: false };
    const holds = before.term === term - 1 && before.active === wasActive;
    return { item: `subscription ${walletId}`, holds, make: () => this.#terms.set(walletId, { term, active }) };
  }

  #writing(inmail: InMail, holds: boolean): Condition {
    const make = () => this.#inmails.set(inmail.inmailId, Object.freeze(inmail));
    return { item: inmail.inmailId, holds, make };
  }
}

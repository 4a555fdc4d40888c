/**
 * docs/rules.md once more, in the plainest way, without ledger, hashes or computed next dates. Wallets are numbers, and
 * every midnight that passes is looked at. It shares no line with the code it is held against.
 */
import type { Rules } from '../../shared/domain/rules.ts';
import { dayAfter, renewsOn } from './naive-calendar.ts';

type Wallet = {
  plan: string | undefined;
  term: number;
  anchorDay: number;
  /** R5: the date of the last sign-up, plan change or renewal. */
  grantedOn: string;
  balance: number;
  /** The last date whose midnight was looked at. */
  seenUntil: string;
};

/** `answer` is the response as text, once there is one. */
type Sent = { walletId: string; term: number; sentMillis: number; answer?: string };

export class NaiveModel {
  readonly #wallets = new Map<string, Wallet>();
  /** The InMails of each pair, `ada bob`, in order. */
  readonly #inmails = new Map<string, Sent[]>();
  readonly #rules: Rules;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  balance(walletId: string, now: string): number {
    return this.#walletOf(walletId, now).balance;
  }

  subscribe(memberId: string, planName: string, now: string): string {
    const { product, allotment } = this.#planOn(planName, now.slice(0, 10));
    const wallet = this.#walletOf(`${memberId}#${product}`, now);
    if (wallet.plan === planName) return 'unchanged';
    if (!wallet.plan) wallet.anchorDay = Number(now.slice(8, 10));
    wallet.term += 1;
    wallet.plan = planName;
    wallet.balance = allotment;
    wallet.grantedOn = now.slice(0, 10);
    return 'changed';
  }

  cancel(walletId: string, now: string): string {
    const wallet = this.#walletOf(walletId, now);
    if (wallet.term === 0) return 'not-found';
    if (!wallet.plan) return 'unchanged';
    wallet.term += 1;
    wallet.plan = undefined;
    wallet.balance = 0;
    return 'changed';
  }

  send({ from, to, product }: { from: string; to: string; product: string }, now: string): string {
    const walletId = `${from}#${product}`;
    const wallet = this.#walletOf(walletId, now);
    if (from === to) return 'self-inmail';
    if (!wallet.plan) return 'no-active-subscription';
    const earlier = this.#inmails.get(`${from} ${to}`) ?? [];
    if (earlier.some(({ answer }) => answer === undefined)) return 'response-pending';
    if (wallet.balance === 0) return 'insufficient-credits';
    wallet.balance -= 1;
    this.#inmails.set(`${from} ${to}`, [...earlier, { walletId, term: wallet.term, sentMillis: Date.parse(now) }]);
    return 'sent';
  }

  /** The outcome for the credit of InMail `n` of a pair. */
  respond({ from, to, n, answer }: { from: string; to: string; n: number; answer: string }, now: string): string {
    const inmail = this.#inmails.get(`${from} ${to}`)?.[n - 1];
    if (!inmail) throw new Error(`no InMail ${n} from ${from} to ${to}`);
    if (inmail.answer !== undefined) return inmail.answer === answer ? 'answered-before' : 'already-responded';
    inmail.answer = answer;
    const wallet = this.#walletOf(inmail.walletId, now);
    if (Date.parse(now) - inmail.sentMillis > this.#rules.returnWindowHours * 3_600_000) return 'late';
    if (!wallet.plan || wallet.term !== inmail.term) return 'term-ended';
    if (wallet.balance === this.#planOn(wallet.plan, now.slice(0, 10)).cap) return 'at-cap';
    wallet.balance += 1;
    return 'returned';
  }

  /** The wallet with every midnight up to `now` behind it. */
  #walletOf(walletId: string, now: string): Wallet {
    const today = now.slice(0, 10);
    const fresh = { plan: undefined, term: 0, anchorDay: 0, grantedOn: '', balance: 0, seenUntil: today };
    const wallet: Wallet = this.#wallets.get(walletId) ?? fresh;
    this.#wallets.set(walletId, wallet);
    while (wallet.seenUntil < today) {
      wallet.seenUntil = dayAfter(wallet.seenUntil);
      this.#pass(wallet, wallet.seenUntil);
    }
    return wallet;
  }

  #pass(wallet: Wallet, date: string): void {
    if (!wallet.plan || date <= wallet.grantedOn) return;
    const { renews, allotment, cap } = this.#planOn(wallet.plan, date);
    if (!renewsOn(renews, wallet.anchorDay, date)) return;
    wallet.balance = Math.min(cap, wallet.balance + allotment);
    wallet.grantedOn = date;
  }

  #planOn(planName: string, date: string) {
    const plan = this.#rules.catalogue.get(planName);
    if (!plan) throw new Error(`no plan ${planName}`);
    const { product, renews } = plan;
    let [{ allotment, cap }] = plan.grants;
    for (const grant of plan.grants) if (grant.from <= date) ({ allotment, cap } = grant);
    return { product, renews, allotment, cap };
  }
}

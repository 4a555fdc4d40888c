/**
 * A wallet at an instant. It is the tail of its ledger, and the renewals that are true since then but not yet written
 * (R6).
 */
import { type DateOnly, dateOf, type Instant, laterOf, midnightOf } from './instant.ts';
import { type Entry, type EntryBody, type EntryType, RULE_OF, seal } from './ledger.ts';
import { pendingAt } from './pending.ts';
import { type Grant, grantOn, type Plan } from './plans.ts';
import { nextRenewalDate } from './renewals.ts';
import { planNamed, type Rules } from './rules.ts';

export type Wallet = {
  readonly walletId: string;
  /** The last written entry. None before the first subscription. */
  readonly tail: Entry | undefined;
  /** The renewals that are due since the tail, in order, each as it will be written. */
  readonly due: readonly EntryBody[];
  /** The state at `at`, which is the last of `due`, or else the tail. */
  readonly state: EntryBody | undefined;
  /** The instant of this wallet. It is now, or the tail's instant when another machine's clock was ahead. */
  readonly at: Instant;
};

/** A wallet with a subscription, so it has a state. */
export type ActiveWallet = Wallet & { readonly state: EntryBody };

/** R6: the wallet as it is at `now`, whether or not a job has run. */
export function walletAt(walletId: string, tail: Entry | undefined, now: Instant, rules: Rules): Wallet {
  const at = tail ? laterOf(now, tail.at) : now;
  const due = tail ? renewalsDue(tail, at, rules) : [];
  return { walletId, tail, due, state: due.at(-1) ?? tail, at };
}

export function isActive(wallet: Wallet): wallet is ActiveWallet {
  return wallet.state !== undefined && wallet.state.type !== 'cancelled';
}

/** The grant of the wallet's plan on the day of `at`. */
export function grantOf({ plan }: EntryBody, at: Instant, rules: Rules): Grant {
  return grantOn(planNamed(plan, rules), dateOf(at));
}

/**
 * The renewals due after `state` and until `at`, in order, with the cap applied at each (R2–R6). None after a
 * cancellation. There are at most 12 a year until 2999, the last year of instants: 12,000 from today, in some 20 ms.
 */
export function renewalsDue(state: EntryBody, at: Instant, rules: Rules): EntryBody[] {
  const due: EntryBody[] = [];
  if (state.type === 'cancelled') return due;
  const plan = planNamed(state.plan, rules);
  for (let next = renewal(state, plan, rules); next.at <= at; next = renewal(next, plan, rules)) due.push(next);
  return due;
}

/** R2: the renewal that follows `state`, whenever it is due. */
export function renewal(state: EntryBody, plan: Plan, rules: Rules): EntryBody {
  const date = nextRenewalDate(plan, state.anchorDay, state.lastGrantOn);
  const { allotment, cap } = grantOn(plan, date);
  const delta = Math.min(allotment, cap - state.balance);
  return follow(state, {
    type: 'renewed',
    at: midnightOf(date),
    delta,
    forfeited: allotment - delta,
    lastGrantOn: date,
    pending: pendingAt(state.pending, midnightOf(date), rules),
  });
}

type Step = {
  readonly type: EntryType;
  readonly at: Instant;
  readonly delta: number;
  readonly forfeited: number;
  readonly term?: number;
  readonly plan?: string;
  readonly lastGrantOn?: DateOnly;
  readonly pending?: string;
  readonly inmailId?: string;
};

/** The entry after `state`. It takes what `step` says, and keeps everything else. */
export function follow(state: EntryBody, step: Step): EntryBody {
  return {
    walletId: state.walletId,
    seq: state.seq + 1,
    term: state.term,
    plan: state.plan,
    anchorDay: state.anchorDay,
    lastGrantOn: state.lastGrantOn,
    pending: state.pending,
    ...step,
    balance: state.balance + step.delta,
    rule: RULE_OF[step.type],
  };
}

/** The entries to write for `body`. These are the renewals due before it and then itself, chained onto the tail. */
export function entriesFor({ tail, due }: Wallet, body: EntryBody): Entry[] {
  return seal(tail, [...due, body]);
}

/** Checks one wallet's entries against I1–I5 and I8–I10. */
import { auditPending } from './audit-pending.ts';
import type { Invariant, Violation } from './books.ts';
import { dateOf, dayOfMonth, midnightOf } from './instant.ts';
import { type Entry, GENESIS_HASH, hashOf, RULE_OF } from './ledger.ts';
import { type Grant, grantOn, type Plan } from './plans.ts';
import { nextRenewalDate } from './renewals.ts';
import type { Rules } from './rules.ts';

/** The invariant, whether it holds, and the words for the case that it does not. */
type Law = readonly [Invariant, boolean, string];

export function auditWallet(unordered: readonly Entry[], rules: Rules): Violation[] {
  const entries = unordered.toSorted((one, other) => one.seq - other.seq);
  const broken = entries.flatMap((entry, index) => {
    const faults = lawsOf(entry, entries[index - 1], index + 1, rules).filter(([, holds]) => !holds);
    return faults.map(([invariant, , what]) => ({ invariant, where: `${entry.walletId} ${entry.seq}`, what }));
  });
  return [...broken, ...auditPending(entries, rules)];
}

function lawsOf(entry: Entry, before: Entry | undefined, seq: number, rules: Rules): Law[] {
  const balanceBefore = before?.balance ?? 0;
  return [
    ['I1', entry.seq === seq, `seq ${entry.seq} where ${seq} was due`],
    [
      'I2',
      entry.balance === balanceBefore + entry.delta,
      `${balanceBefore} and ${entry.delta} make no ${entry.balance}`,
    ],
    ...planLaws(entry, before, rules),
    ...stateLaws(entry, before),
    ['I8', !before || entry.at >= before.at, `${entry.at} is before ${before?.at}`],
    ['I9', entry.prevHash === (before?.hash ?? GENESIS_HASH), 'is not chained to the entry before'],
    ['I9', entry.hash === hashOf(entry.prevHash, entry), 'does not have the hash of what it says'],
    ...integerLaws(entry),
  ];
}

/** I10: integers only, never −0. */
function integerLaws({ seq, delta, balance, forfeited, term, anchorDay }: Entry): Law[] {
  const numbers = Object.entries({ seq, delta, balance, forfeited, term, anchorDay });
  return numbers.map(([name, value]) => {
    return ['I10', Number.isSafeInteger(value) && !Object.is(value, -0), `${name} is no integer: ${value}`];
  });
}

/** These laws need the plan, which must be in the catalogue and of the wallet's own product. */
function planLaws(entry: Entry, before: Entry | undefined, rules: Rules): Law[] {
  const plan = rules.catalogue.get(entry.plan);
  const planBefore = before && rules.catalogue.get(before.plan);
  if (!plan || !entry.walletId.endsWith(`#${plan.product}`)) {
    return [['I5', false, `plan ${entry.plan} is none of this wallet's product`]];
  }
  const grant = grantOn(plan, dateOf(entry.at));
  return [
    ['I3', entry.balance >= 0 && entry.balance <= grant.cap, `balance ${entry.balance} outside 0 to ${grant.cap}`],
    ...renewalLaws(entry, before, planBefore),
    amountLaw(entry, before?.balance ?? 0, grant),
  ];
}

/** I4: the renewal due next is written before anything later, and at its own midnight. */
function renewalLaws(entry: Entry, before: Entry | undefined, planBefore: Plan | undefined): Law[] {
  if (!before || before.type === 'cancelled' || !planBefore) return [];
  const due = nextRenewalDate(planBefore, before.anchorDay, before.lastGrantOn);
  if (entry.type === 'renewed') return [['I4', entry.at === midnightOf(due), `renewed at ${entry.at}, due on ${due}`]];
  return [['I4', entry.at < midnightOf(due), `the renewal due on ${due} is missing before ${entry.at}`]];
}

/** I5: delta and forfeited follow the table of docs/rules.md. */
function amountLaw({ type, delta, forfeited }: Entry, before: number, { allotment, cap }: Grant): Law {
  const renewed = Math.min(allotment, cap - before);
  const returned = before < cap ? 1 : 0;
  const amounts = {
    subscribed: [allotment, 0],
    renewed: [renewed, allotment - renewed],
    sent: [-1, 0],
    returned: [returned, 1 - returned],
    'plan-changed': [allotment - before, before],
    cancelled: [0 - before, before],
  } as const;
  const [wantDelta, wantForfeited] = amounts[type] ?? [];
  const want = `${type} from ${before}: delta ${wantDelta}, forfeited ${wantForfeited}`;
  return ['I5', delta === wantDelta && forfeited === wantForfeited, `delta ${delta}, forfeited ${forfeited}; ${want}`];
}

/**
 * I5: the state that an entry carries on. A sign-up sets the anchor, and grants count from their own day. A sign-up, a
 * change of plan and a cancellation each begin a term. Everything else stays as it was.
 */
function stateLaws(entry: Entry, before: Entry | undefined): Law[] {
  const { type, at, term, plan, anchorDay, lastGrantOn, rule } = entry;
  const isActive = before !== undefined && before.type !== 'cancelled';
  const isSignUp = type === 'subscribed';
  const startsTerm = isSignUp || type === 'plan-changed' || type === 'cancelled';
  const grants = isSignUp || type === 'plan-changed' || type === 'renewed';
  const want = {
    term: (before?.term ?? 0) + (startsTerm ? 1 : 0),
    anchorDay: isSignUp ? dayOfMonth(dateOf(at)) : before?.anchorDay,
    lastGrantOn: grants ? dateOf(at) : before?.lastGrantOn,
  };
  const keepsPlan = isSignUp || (type === 'plan-changed') === (plan !== before?.plan);
  return [
    ['I5', rule === RULE_OF[type], `${type} by ${rule}`],
    ['I4', isSignUp !== isActive, isActive ? 'a sign-up within a subscription' : `${type} without a subscription`],
    ['I5', term === want.term, `term ${term} where ${want.term} was due`],
    ['I5', anchorDay === want.anchorDay, `anchor ${anchorDay} where ${want.anchorDay} was due`],
    [
      type === 'renewed' ? 'I4' : 'I5',
      lastGrantOn === want.lastGrantOn,
      `last grant on ${lastGrantOn} where ${want.lastGrantOn} was due`,
    ],
    [type === 'renewed' ? 'I4' : 'I5', keepsPlan, `${type} from plan ${before?.plan} to ${plan}`],
  ];
}

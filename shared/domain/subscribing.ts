/** Subscribing, changing plan and cancelling (R1, R10, R11). Each starts a new term. */
import { appendAll, type Change } from './change.ts';
import { dateOf, dayOfMonth } from './instant.ts';
import { type EntryBody, partsOfWalletId, RULE_OF } from './ledger.ts';
import { grantOn, type Plan } from './plans.ts';
import { type RefusalOf, refuse } from './refusal.ts';
import { renewalDayOf } from './renewals.ts';
import { type ActiveWallet, entriesFor, follow, isActive, type Wallet } from './wallet.ts';

type Unchanged = { readonly kind: 'unchanged' };
/** `body` is the entry's, which says how the wallet stands after the change. */
type Changed = { readonly kind: 'changed'; readonly body: EntryBody; readonly changes: readonly Change[] };

/** R1, R10: a first subscription, one after a cancellation, or a change of plan. `plan` is of the wallet's product. */
export function decideSubscription(
  wallet: Wallet,
  plan: Plan,
): Changed | (Unchanged & { readonly wallet: ActiveWallet }) {
  if (!isActive(wallet)) return subscribe(wallet, plan);
  if (wallet.state.plan === plan.plan) return { kind: 'unchanged', wallet };
  return changePlan(wallet, plan);
}

function subscribe(wallet: Wallet, plan: Plan): Changed {
  const { walletId, state, at } = wallet;
  const lastGrantOn = dateOf(at);
  const { allotment } = grantOn(plan, lastGrantOn);
  const term = (state?.term ?? 0) + 1;
  const anchorDay = dayOfMonth(lastGrantOn);
  const body: EntryBody = {
    walletId,
    seq: (state?.seq ?? 0) + 1,
    at,
    type: 'subscribed',
    delta: allotment,
    balance: allotment,
    forfeited: 0,
    term,
    plan: plan.plan,
    anchorDay,
    lastGrantOn,
    pending: '',
    rule: RULE_OF.subscribed,
  };
  return changed(wallet, body, {
    kind: 'start-subscription',
    ...partsOfWalletId(walletId),
    plan: plan.plan,
    signedUpAt: at,
    anchorDay,
    renewalDay: renewalDayOf(plan, anchorDay),
    term,
  });
}

/** R10: one entry forfeits the old balance and grants the new allotment. The anchor stays (R3). */
function changePlan(wallet: ActiveWallet, plan: Plan): Changed {
  const { walletId, state, at } = wallet;
  const term = state.term + 1;
  const lastGrantOn = dateOf(at);
  const body = follow(state, {
    type: 'plan-changed',
    at,
    delta: grantOn(plan, lastGrantOn).allotment - state.balance,
    forfeited: state.balance,
    term,
    plan: plan.plan,
    lastGrantOn,
    pending: '',
  });
  return changed(wallet, body, {
    kind: 'change-plan',
    ...partsOfWalletId(walletId),
    plan: plan.plan,
    renewalDay: renewalDayOf(plan, state.anchorDay),
    term,
  });
}

/** R11: forfeits the whole balance. Wallet and ledger stay. A second cancellation changes nothing. */
export function decideCancellation(wallet: Wallet): Changed | Unchanged | RefusalOf<'not-found'> {
  if (!wallet.state) return refuse({ why: 'not-found' });
  if (!isActive(wallet)) return { kind: 'unchanged' };
  const { walletId, state, at } = wallet;
  const term = state.term + 1;
  // 0 − 0 and not −0, because a ledger holds integers only (I10).
  const body = follow(state, {
    type: 'cancelled',
    at,
    term,
    delta: 0 - state.balance,
    forfeited: state.balance,
    pending: '',
  });
  return changed(wallet, body, { kind: 'end-subscription', ...partsOfWalletId(walletId), term });
}

function changed(wallet: Wallet, body: EntryBody, subscription: Change): Changed {
  return { kind: 'changed', body, changes: [...appendAll(entriesFor(wallet, body)), subscription] };
}

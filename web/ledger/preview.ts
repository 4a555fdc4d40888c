/** Tells what a step of billing would write. The rules themselves decide it, and nothing is written. */
import type { Instant } from '../../shared/domain/instant.ts';
import type { Entry } from '../../shared/domain/ledger.ts';
import { planNamed, type Rules } from '../../shared/domain/rules.ts';
import { decideCancellation, decideSubscription } from '../../shared/domain/subscribing.ts';
import { walletAt } from '../../shared/domain/wallet.ts';

export type Step = { readonly kind: 'put'; readonly plan: string } | { readonly kind: 'cancel' };

export type Preview =
  | { readonly kind: 'writes'; readonly entries: readonly Entry[] }
  | { readonly kind: 'changes-nothing' }
  /** There is no subscription to cancel. */
  | { readonly kind: 'refused' };

export type WalletFacts = {
  readonly walletId: string;
  /** The newest entry of the statement. Undefined if the member never had the product. */
  readonly tail: Entry | undefined;
  readonly now: Instant;
};

/** The renewals due since `tail`, and the step's own entry (R1, R2, R10, R11). */
export function previewOf(step: Step, { walletId, tail, now }: WalletFacts, rules: Rules): Preview {
  const wallet = walletAt(walletId, tail, now, rules);
  const decision =
    step.kind === 'cancel' ? decideCancellation(wallet) : decideSubscription(wallet, planNamed(step.plan, rules));
  if (decision.kind === 'refused') return { kind: 'refused' };
  if (decision.kind === 'unchanged') return { kind: 'changes-nothing' };
  const entries = decision.changes.flatMap((change) => (change.kind === 'append-entry' ? [change.entry] : []));
  return { kind: 'writes', entries };
}

const FIELDS = ['seq', 'type', 'delta', 'forfeited', 'balance', 'term', 'plan', 'rule'] as const;

/** Compares everything but the instant, and the hash that covers it. */
export function isAsPreviewed(previewed: readonly Entry[], written: readonly Entry[]): boolean {
  return (
    previewed.length === written.length &&
    previewed.every((entry, index) => FIELDS.every((field) => entry[field] === written[index]?.[field]))
  );
}

/**
 * Started by the queue of wallets that renew today or did in the last days. Late: balances are right without it (R6).
 * Twice: the second run finds nothing to write. Never: the next run looks back.
 */
import { renewWallets } from '../shared/contract/sweeps.ts';
import { seal, walletIdOf } from '../shared/domain/ledger.ts';
import { commit } from '../shared/store/commit.ts';
import type { WalletKey } from '../shared/store/store.ts';
import { readWallet } from '../shared/store/wallets.ts';
import { sweepWorker } from '../shared/sweeps/queue-handler.ts';
import type { HandleKey } from '../shared/sweeps/worker.ts';

/**
 * R2, R6: writes down the renewals that are due, in due order, with the cap applied at each. Each is one conditional
 * put of 1 write unit, because a transaction would cost two. If it stops between two puts, the ledger is still true,
 * and the next run goes on. A lost race begins again with the read, until nothing is due. Entries written before it do
 * not count.
 */
export const renewWallet: HandleKey<WalletKey> = async ({ memberId, product }, { store, rules, now }) => {
  const { tail, due } = await readWallet(store, walletIdOf(memberId, product), now, rules);
  const entries = seal(tail, due);
  const [first] = entries;
  if (!first) return { overtaken: 1 };
  for (const entry of entries) await commit(store, [{ kind: 'append-entry', entry }]);
  return { written: entries.length, oldestDueAt: first.at };
};

export const handler = sweepWorker(renewWallets, renewWallet);

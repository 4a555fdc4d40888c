/**
 * Started by the queue of wallets that renew today or did in the last days. Late or never: balances are right without it
 * (R6) and the next run looks back; twice: the second finds nothing to write.
 */
import { renewWallets } from '../shared/contract/sweeps.ts';
import { seal, walletIdOf } from '../shared/domain/ledger.ts';
import { commit } from '../shared/store/commit.ts';
import type { WalletKey } from '../shared/store/store.ts';
import { readWallet } from '../shared/store/wallets.ts';
import { sweepWorker } from '../shared/sweeps/queue-handler.ts';
import type { HandleKey } from '../shared/sweeps/worker.ts';

/**
 * R2, R6: writes down the renewals that are due, in due order, the cap applied at each; one conditional put each: 1 write
 * unit, where a transaction would cost two. Interrupted between two, the ledger is a true one all the same, and the next
 * run goes on. A lost race is repeated from the reading on, until nothing is due. What was written before it is not counted.
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

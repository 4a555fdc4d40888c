/** Holds a hundred wallets against their due dates and subscriptions. An apparent fault is read again before it counts. */
import pMap from 'p-map';
import {
  type Completeness,
  completenessOf,
  type Period,
  type RenewalFacts,
  subscriptionFault,
} from '../../shared/domain/completeness.ts';
import type { Rules } from '../../shared/domain/rules.ts';
import type { SubscriptionRow, SubscriptionRows } from './subscriptions.ts';

/** Reads wallets one by one, strongly consistent. */
export type Shelf = {
  readonly ledger: (walletId: string) => Promise<readonly RenewalFacts[]>;
  readonly subscriptions: (walletIds: readonly string[]) => Promise<SubscriptionRows>;
};

export type Inspection = Completeness & { readonly walletId: string; readonly row: SubscriptionRow | undefined };

/** A read takes some 5 ms. Eight at once keep a connection busy, and do not hinder the requests of members. */
export const LEDGERS_AT_ONCE = 8;
/** Ledger and row are read one after the other. A subscription does not change between them three times by chance. */
const MAX_LOOKS = 3;

/** `runs` are what a scan of the ledger came upon. A wallet found in two runs is inspected once. */
export async function inspectWallets(
  runs: readonly (readonly RenewalFacts[])[],
  shelf: Shelf,
  period: Period,
  rules: Rules,
): Promise<Inspection[]> {
  const judge = (walletId: string, entries: readonly RenewalFacts[], row: SubscriptionRow | undefined): Inspection => {
    const completeness = completenessOf(entries, period, rules);
    const fault = subscriptionFault(walletId, entries.at(-1), row, rules);
    return { ...completeness, walletId, row, faults: [...completeness.faults, ...(fault ? [fault] : [])] };
  };

  const lookAgain = async (walletId: string, firstSeq: number): Promise<Inspection | undefined> => {
    let inspection: Inspection | undefined;
    for (let look = 0; look < MAX_LOOKS; look += 1) {
      const entries = await shelf.ledger(walletId);
      // The wallet is inspected with the run that has its first entry. This run is another part of it.
      if (entries[0]?.seq !== firstSeq) return undefined;
      inspection = judge(walletId, entries, (await shelf.subscriptions([walletId])).get(walletId));
      if (inspection.faults.every(({ kind }) => kind !== 'subscription')) return inspection;
    }
    return inspection;
  };

  const rows = await shelf.subscriptions(runs.flatMap(([first]) => first?.walletId ?? []));
  const inspections = await pMap(
    runs,
    async (run) => {
      const { walletId = '', seq = 0 } = run[0] ?? {};
      const inspection = judge(walletId, run, rows.get(walletId));
      const isSound = run.every((entry, index) => entry.seq === index + 1) && inspection.faults.length === 0;
      return isSound ? inspection : lookAgain(walletId, seq);
    },
    { concurrency: LEDGERS_AT_ONCE },
  );
  return inspections.filter((inspection) => inspection !== undefined);
}

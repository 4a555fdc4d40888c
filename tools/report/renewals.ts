/**
 * Holds the whole books against their due dates, in the memory of a few pages. It scans the ledger once, wallet by wallet,
 * and looks subscriptions up a hundred at a time. Then it counts the subscriptions. If more are active than have a
 * ledger, it looks for those that have none.
 */
import pMap from 'p-map';
import { type Period, subscriptionFault } from '../../shared/domain/completeness.ts';
import type { Rules } from '../../shared/domain/rules.ts';
import type { Database } from '../../shared/store/database.ts';
import { Findings, type Report } from './findings.ts';
import { inspectWallets, LEDGERS_AT_ONCE, type Shelf } from './inspect.ts';
import { readLedger, runsInLedger } from './ledgers.ts';
import { countedWallets, isCounted, MAX_ROWS, readRows } from './subscriptions.ts';
import { Tally } from './tally.ts';

export type ReportParts = {
  readonly database: Database;
  /** How many parts of the ledger are scanned at once. */
  readonly segments: number;
  readonly period: Period;
  readonly rules: Rules;
  /** Called with how many more wallets are done. */
  readonly onWallets?: (count: number) => void;
};

export async function reportRenewals(parts: ReportParts): Promise<Report> {
  const { database, segments, period, rules, onWallets = () => {} } = parts;
  const findings = new Findings(period);
  const withLedger = new Tally();
  const shelf = shelfOf(database);
  const readSegment = async (segment: number): Promise<void> => {
    for await (const runs of inBatches(runsInLedger(database, { segment, segments }), MAX_ROWS)) {
      const inspections = await inspectWallets(runs, shelf, period, rules);
      for (const inspection of inspections) {
        findings.addWallet(inspection);
        if (isCounted(inspection.row, period.until)) withLedger.add(inspection.walletId);
      }
      onWallets(inspections.length);
    }
  };
  await Promise.all(Array.from({ length: segments }, (_, segment) => readSegment(segment)));
  await findWithoutLedger(parts, withLedger, findings);
  return findings.report();
}

const shelfOf = (database: Database): Shelf => ({
  ledger: (walletId) => readLedger(database, walletId),
  subscriptions: (walletIds) => readRows(database, walletIds),
});

async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Wallets with a ledger are some of the active ones, so they are all of them where there are as many. */
async function findWithoutLedger({ database, period, rules }: ReportParts, withLedger: Tally, findings: Findings) {
  const active = new Tally();
  for await (const walletIds of countedWallets(database, period.until)) {
    for (const walletId of walletIds) active.add(walletId);
    findings.addActive(walletIds.length);
  }
  if (active.equals(withLedger)) return;
  for await (const walletIds of countedWallets(database, period.until)) {
    const suspects = walletIds.filter((walletId) => !active.agreesOn(walletId, withLedger));
    await pMap(suspects, (walletId) => lookForLedger(walletId), { concurrency: LEDGERS_AT_ONCE });
  }

  async function lookForLedger(walletId: string): Promise<void> {
    if ((await readLedger(database, walletId)).length > 0) return;
    const row = (await readRows(database, [walletId])).get(walletId);
    const fault = subscriptionFault(walletId, undefined, row, rules);
    if (fault) findings.addFault(fault);
  }
}

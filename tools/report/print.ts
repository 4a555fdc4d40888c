/** The report for people: a short table, and each fault on a line of its own. */

import { renewWallets } from '../../shared/contract/sweeps.ts';
import type { CompletenessFault } from '../../shared/domain/completeness.ts';
import { faultCount, type Report } from './findings.ts';

export function textOf(report: Report): string {
  const { month, asOf, writtenUntil, notYet, first, oldestUnwritten: oldest } = report;
  const rows = rowsOf(report).map(([name, count]) => `${name.padEnd(24)}${String(count).padStart(10)}`);
  const more = faultCount(report) - first.length;
  return [
    `Renewals due in ${month}, as of ${asOf}`,
    ...rows,
    ...(notYet > 0
      ? [`not yet: due after ${writtenUntil}, the last run that has had its ${renewWallets.mayTakeHours} hours`]
      : []),
    ...(oldest ? [`oldest not written: ${oldest.dueOn} ${oldest.walletId}`] : []),
    ...first.map(lineOf),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ].join('\n');
}

/** A rare fault has a row only when there is one. */
function rowsOf({ wallets, activeSubscriptions, dueDates, written, notYet, faults }: Report): [string, number][] {
  const seldom: [string, number][] = [
    ['overdue from before', faults.overdue],
    ['subscriptions at odds', faults.subscription],
    ['unknown plans', faults.plan],
  ];
  return [
    ['wallets', wallets],
    ['active subscriptions', activeSubscriptions],
    ['due dates', dueDates],
    ['written', written],
    ['not yet', notYet],
    ['gaps', faults.gap],
    ['duplicates', faults.duplicate],
    ['unexpected', faults.unexpected],
    ...seldom.filter(([, count]) => count > 0),
  ];
}

const lineOf = ({ kind, walletId, dueOn, what }: CompletenessFault): string =>
  `${kind} ${walletId}${dueOn ? ` ${dueOn}` : ''}: ${what}`;

/** The result of an audit for people: counts, and each violation on a line of its own. */
import type { Violation } from '../../shared/domain/books.ts';
import type { Entry } from '../../shared/domain/ledger.ts';
import type { Audit } from './audit-source.ts';

/** More than anyone reads. The text says how many more there are. */
const MAX_VIOLATIONS_LISTED = 100;

export function textOf({ wallets, entries, inmails, violations }: Audit): string {
  const byInvariant = [...Map.groupBy(violations, ({ invariant }) => invariant)];
  const rows: [string, number][] = [
    ['wallets', wallets],
    ['entries', entries],
    ['InMails', inmails],
    ['violations', violations.length],
    ...byInvariant.map(([invariant, of]): [string, number] => [`  of ${invariant}`, of.length]),
  ];
  const more = violations.length - MAX_VIOLATIONS_LISTED;
  return [
    ...rows.map(([name, count]) => `${name.padEnd(24)}${String(count).padStart(10)}`),
    ...violations.slice(0, MAX_VIOLATIONS_LISTED).map(lineOf),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ].join('\n');
}

const lineOf = ({ invariant, where, what }: Violation): string => `${invariant} ${where}: ${what}`;

/** The entries of a wallet, oldest first, as an operator reads them. */
export function ledgerText(walletId: string, entries: readonly Entry[]): string {
  const own = entries.filter((entry) => entry.walletId === walletId).toSorted((one, other) => one.seq - other.seq);
  if (own.length === 0) return `${walletId} has no entries`;
  const rows = own.map(({ seq, at, type, plan, term, delta, balance, forfeited, inmailId = '' }) =>
    [seq, at, type, plan, term, delta, balance, forfeited, inmailId].map(String),
  );
  const columns = ['seq', 'at', 'type', 'plan', 'term', 'delta', 'balance', 'forfeited', 'InMail'];
  const widths = columns.map((name, index) => Math.max(name.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (fields: readonly string[]) => fields.map((field, index) => field.padEnd(widths[index] ?? 0)).join('  ');
  return [walletId, ...[columns, ...rows].map((fields) => line(fields).trimEnd())].join('\n');
}

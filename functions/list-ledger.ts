import * as z from 'zod';
import { listLedger as endpoint } from '../shared/contract/endpoints/credits.ts';
import { DEFAULT_LIMIT } from '../shared/contract/schemas.ts';
import { dateOf, type Instant } from '../shared/domain/instant.ts';
import { type Entry, seal, walletIdOf } from '../shared/domain/ledger.ts';
import type { Product } from '../shared/domain/plans.ts';
import { type RefusalOf, refuse } from '../shared/domain/refusal.ts';
import type { Wallet } from '../shared/domain/wallet.ts';
import { api } from '../shared/http/api.ts';
import { csvLine, fileNameOf } from '../shared/http/csv.ts';
import { openCursor, sealCursor } from '../shared/http/cursor.ts';
import { ok } from '../shared/http/response.ts';
import { entryView } from '../shared/http/views.ts';
import type { Deps } from '../shared/runtime/runtime.ts';
import type { Store } from '../shared/store/store.ts';
import { readWallet } from '../shared/store/wallets.ts';

type WalletPath = { readonly memberId: string; readonly product: Product };

export type ListLedgerInput = WalletPath & {
  readonly limit?: number | undefined;
  /** The page of results begins at this entry. Without it, the page begins with the newest one. */
  readonly fromSeq?: number | undefined;
};

/** `next` is the start of the next page of results. The last page has none. */
export type LedgerPage = {
  readonly kind: 'page';
  readonly entries: readonly Entry[];
  readonly next: { readonly fromSeq: number } | undefined;
};

/**
 * R17: the ledger, newest first. It includes renewals that are due but not yet written, just as they will be written
 * (R6). So the statement always agrees with the balance.
 */
export async function listLedger(
  input: ListLedgerInput,
  { store, rules, now }: Deps,
): Promise<LedgerPage | RefusalOf<'not-found'>> {
  const { memberId, product, limit = DEFAULT_LIMIT, fromSeq } = input;
  const wallet = await readWallet(store, walletIdOf(memberId, product), now, rules);
  if (!wallet.state) return refuse({ why: 'not-found' });
  const entries = await entriesFrom(fromSeq ?? wallet.state.seq, limit, wallet, store);
  const last = entries.at(-1)?.seq ?? 1;
  return { kind: 'page', entries, next: last > 1 ? { fromSeq: last - 1 } : undefined };
}

/** One query brings so many entries whole, because they have less than a megabyte, even with the longest ids. */
const ENTRIES_PER_READ = 100;

async function entriesFrom(fromSeq: number, limit: number, { walletId, tail, due }: Wallet, store: Store) {
  const unwritten = seal(tail, due).filter(({ seq }) => seq <= fromSeq);
  const entries = unwritten.toReversed().slice(0, limit);
  // It begins at the tail that was read. The unwritten entries already hold the entries that a sweep writes meanwhile.
  // Each read begins below the one before, so entry 1 ends the loop at the latest.
  const newest = Math.min(fromSeq, tail?.seq ?? 0);
  for (let next = newest; entries.length < limit; next = (entries.at(-1)?.seq ?? 1) - 1) {
    const most = Math.min(limit - entries.length, ENTRIES_PER_READ);
    const written = next > 0 ? await store.ledger.newestFirst(walletId, { fromSeq: next, limit: most }) : [];
    if (written.length === 0) break;
    entries.push(...written);
  }
  return entries;
}

const COLUMNS = ['seq', 'at', 'type', 'delta', 'balance', 'forfeited', 'term', 'plan', 'rule', 'inmailId'] as const;
const HEADER = ['memberId', 'product', ...COLUMNS];

/**
 * Ten reads, and half a megabyte with the longest ids. That is enough for years of most wallets. A longer statement
 * goes on by `Link`.
 */
const MAX_CSV_ENTRIES = 1_000;

/**
 * `nextPage` is the target of the Link header (RFC 8288). With `isPage` the request set a limit, so no line tells of
 * more.
 */
type CsvParts = { readonly page: LedgerPage; readonly nextPage: string | undefined; readonly isPage: boolean };

function csvReply(
  { memberId, product }: WalletPath,
  { page: { entries, next }, nextPage, isPage }: CsvParts,
  now: Instant,
) {
  const rows = entries.map((entry) => [memberId, product, ...COLUMNS.map((column) => entry[column])]);
  // No id holds a `#` or a blank, so no reader takes this line for an entry. Entries have no gaps, so `fromSeq` counts
  // them.
  const more = `# ${next?.fromSeq} older entries are left out. The Link header names the next file`;
  const lines = next && !isPage ? [...rows, [more, ...Array<string>(HEADER.length - 1).fill('')]] : rows;
  return ok([HEADER, ...lines].map(csvLine).join(''), {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${fileNameOf([product, memberId, dateOf(now)])}"`,
    ...(nextPage && { link: `<${nextPage}>; rel="next"` }),
  });
}

const position = z.strictObject({ fromSeq: z.int().positive() });

export const handler = api(endpoint, async ({ caller, path, query }, deps) => {
  const { cursor, format, limit } = query;
  const of = walletIdOf(path.memberId, path.product);
  const scope = { list: 'list-ledger', callerId: caller.memberId, of } as const;
  const most = limit ?? (format === 'csv' ? MAX_CSV_ENTRIES : DEFAULT_LIMIT);
  const page = await listLedger({ ...path, limit: most, ...openCursor(cursor, scope, position) }, deps);
  if (page.kind === 'refused') return page;
  const nextCursor = sealCursor(page.next, scope);
  if (format === 'csv') {
    const nextPage = nextCursor && `?format=csv${limit === undefined ? '' : `&limit=${limit}`}&cursor=${nextCursor}`;
    return csvReply(path, { page, nextPage, isPage: limit !== undefined }, deps.now);
  }
  return ok({ entries: page.entries.map(entryView), ...(nextCursor && { nextCursor }) });
});

import * as z from 'zod';
import { type Entry, partsOfWalletId, seal, walletIdOf } from '../shared/domain/ledger.ts';
import type { Product } from '../shared/domain/plans.ts';
import { type Refusal, refuse } from '../shared/domain/refusal.ts';
import type { Wallet } from '../shared/domain/wallet.ts';
import { api } from '../shared/edge/api.ts';
import { openCursor, sealCursor } from '../shared/edge/cursor.ts';
import { reply } from '../shared/edge/reply.ts';
import type { Deps } from '../shared/edge/runtime.ts';
import { cursor, DEFAULT_LIMIT, limit, walletPath } from '../shared/edge/schemas.ts';
import { entryView } from '../shared/edge/views.ts';
import type { Store } from '../shared/store/store.ts';
import { readWallet } from '../shared/store/wallets.ts';

export type ListLedgerInput = {
  readonly memberId: string;
  readonly product: Product;
  readonly limit?: number | undefined;
  /** Where the page begins; left out, with the newest entry. */
  readonly fromSeq?: number | undefined;
};

/** `next` is where the following page begins; none on the last. */
export type LedgerPage = {
  readonly kind: 'page';
  readonly entries: readonly Entry[];
  readonly next: { readonly fromSeq: number } | undefined;
};

/**
 * R17: the ledger, newest first. Renewals that are due but not yet written stand in it already, just as they will be
 * written (R6), so that the statement always agrees with the balance.
 */
export async function listLedger(input: ListLedgerInput, { store, rules, now }: Deps): Promise<LedgerPage | Refusal> {
  const { memberId, product, limit = DEFAULT_LIMIT, fromSeq } = input;
  const wallet = await readWallet(store, walletIdOf(memberId, product), now, rules);
  if (!wallet.state) return refuse({ why: 'not-found' });
  const entries = await entriesFrom(fromSeq ?? wallet.state.seq, limit, wallet, store);
  const last = entries.at(-1)?.seq ?? 1;
  return { kind: 'page', entries, next: last > 1 ? { fromSeq: last - 1 } : undefined };
}

async function entriesFrom(fromSeq: number, limit: number, { walletId, tail, due }: Wallet, store: Store) {
  const unwritten = seal(tail, due).filter(({ seq }) => seq <= fromSeq);
  const newest = unwritten.toReversed().slice(0, limit);
  if (newest.length === limit) return newest;
  // From the tail that was read, and no newer one: what a sweep writes meanwhile stands among the unwritten already.
  const from = Math.min(fromSeq, tail?.seq ?? 0);
  const written = await store.ledger.newestFirst(walletId, { fromSeq: from, limit: limit - newest.length });
  return [...newest, ...written];
}

const COLUMNS = ['seq', 'at', 'type', 'delta', 'balance', 'forfeited', 'term', 'plan', 'rule', 'inmailId'] as const;

/**
 * RFC 4180; no value of ours needs quoting, and none was written by a member: a column for the text of an InMail would
 * have to stop it from being read as a formula. The next page is a Link header (RFC 8288).
 */
function csvReply(entries: readonly Entry[], nextPage: string | undefined) {
  const lines = entries.map((entry) => {
    const { memberId, product } = partsOfWalletId(entry.walletId);
    return [memberId, product, ...COLUMNS.map((column) => entry[column] ?? '')].join(',');
  });
  const header = ['memberId', 'product', ...COLUMNS].join(',');
  return reply(200, `${[header, ...lines].join('\r\n')}\r\n`, {
    'content-type': 'text/csv; charset=utf-8; header=present',
    ...(nextPage && { link: `<${nextPage}>; rel="next"` }),
  });
}

const position = z.strictObject({ fromSeq: z.int().positive() });

export const request = {
  path: walletPath,
  query: z.strictObject({
    limit: limit.optional(),
    cursor: cursor.optional(),
    format: z.enum(['json', 'csv']).optional(),
  }),
};
export const handler = api('list-ledger', request, async ({ caller, path, query }, deps) => {
  const { limit = DEFAULT_LIMIT, cursor, format } = query;
  const of = walletIdOf(path.memberId, path.product);
  const scope = { list: 'list-ledger', callerId: caller.memberId, of } as const;
  const page = await listLedger({ ...path, limit, ...(await openCursor(cursor, scope, position)) }, deps);
  if (page.kind === 'refused') return page;
  const { entries, next } = page;
  const nextCursor = await sealCursor(next, scope);
  if (format === 'csv') return csvReply(entries, nextCursor && `?format=csv&limit=${limit}&cursor=${nextCursor}`);
  return reply(200, { entries: entries.map(entryView), ...(nextCursor && { nextCursor }) });
});

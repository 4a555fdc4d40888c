/** Reads a wallet's statement through the API: one page of results, all of it, or all of it as CSV. */
import type { ApiClient } from '../../client/client.ts';
import type { Entry } from '../../shared/domain/ledger.ts';
import type { Product } from '../../shared/domain/plans.ts';
import { answered } from '../app/answered.ts';
import type { Page } from '../parts/use-pages.ts';

export type WalletOf = { readonly memberId: string; readonly product: Product };

/** The longest page of results that the API gives. */
const WHOLE_PAGE = 100;
/** 10,000 × 100 entries are more than a wallet gets in a lifetime. A list that goes in circles ends here, with an error. */
const MAX_PAGES = 10_000;

const LEDGER = '/v1/members/{memberId}/credits/{product}/ledger';

/** As JSON. The contract writes instants and dates as strings, and the rules have types for these strings. */
type LedgerPage = { readonly entries: readonly Entry[]; readonly nextCursor?: string };

type PageQuery = { readonly cursor?: string | undefined; readonly limit?: number };

/** Newest first. */
export async function readPage(api: ApiClient, path: WalletOf, { cursor, limit }: PageQuery): Promise<Page<Entry>> {
  const query = { ...(cursor !== undefined && { cursor }), ...(limit !== undefined && { limit }) };
  const { entries, nextCursor } = answered(await api.GET(LEDGER, { params: { path, query } })) as unknown as LedgerPage;
  return { items: entries, nextCursor };
}

/** All entries, newest first. `onRead` gets the number read so far, and the number of all. */
export async function readAll(
  api: ApiClient,
  wallet: WalletOf,
  onRead: (count: number, total: number) => void,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await readPage(api, wallet, { cursor, limit: WHOLE_PAGE });
    entries.push(...page.items);
    // Numbers have no gaps and start at 1, so the newest one is the number of all.
    onRead(entries.length, entries[0]?.seq ?? 0);
    cursor = page.nextCursor;
    if (cursor === undefined) return entries;
  }
  throw tooLong();
}

const tooLong = () => new RangeError(`a statement of more than ${MAX_PAGES} pages`);

export type CsvFile = { readonly name: string; readonly text: string };

/** The whole statement as the API's CSV file. A long one comes in parts, which get one header. */
export async function readCsv(api: ApiClient, path: WalletOf): Promise<CsvFile> {
  const parts: string[] = [];
  let name = '';
  let cursor: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const query = { format: 'csv', ...(cursor !== undefined && { cursor }) } as const;
    const answer = await api.GET(LEDGER, { params: { path, query }, parseAs: 'text' });
    const text = answered(answer);
    const { headers } = answer.response;
    name ||= fileNameIn(headers.get('content-disposition'));
    cursor = nextCursorIn(headers.get('link'));
    parts.push(withoutEnds(text, { isFirst: parts.length === 0, isLast: cursor === undefined }));
    if (cursor === undefined) return { name, text: parts.join('') };
  }
  throw tooLong();
}

const END = '\r\n';

/** Only the first part keeps its header, and only the last one has no line that says that more follows. */
function withoutEnds(csv: string, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): string {
  const begin = isFirst ? 0 : csv.indexOf(END) + END.length;
  const end = isLast ? csv.length : csv.lastIndexOf(END, csv.length - END.length - 1) + END.length;
  return csv.slice(begin, end);
}

/** Takes the name out of `attachment; filename="premium-ada-2026-01-12.csv"`. */
const fileNameIn = (disposition: string | null): string =>
  /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? 'statement.csv';

/** Takes the cursor out of `<?format=csv&cursor=abc>; rel="next"` (RFC 8288). */
export function nextCursorIn(link: string | null): string | undefined {
  const [target = '', relation = ''] = (link ?? '').split('>');
  return relation.includes('rel="next"') ? /[?&]cursor=([^&]+)/.exec(target)?.[1] : undefined;
}

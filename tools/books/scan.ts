/** All the books of a source, in several parts at once, with progress. */
import type { Books } from '../../shared/domain/books.ts';
import type { InMail } from '../../shared/domain/inmail.ts';
import type { Entry } from '../../shared/domain/ledger.ts';
import { scanPages } from '../../shared/store/books.ts';
import type { Item } from '../../shared/store/database.ts';
import { inmailOf } from '../../shared/store/inmails-table.ts';
import type { OnProgress } from '../progress.ts';
import type { Source } from './source.ts';

type ScanOptions = { readonly onProgress?: OnProgress; readonly keep?: (inmail: InMail) => InMail };

/**
 * `keep` may drop the parts of an InMail that the caller does not need, because all the books stand in memory. A million
 * entries take half a gigabyte.
 */
export async function scanSource(source: Source, options: ScanOptions = {}): Promise<Books> {
  const { onProgress, keep = (inmail) => inmail } = options;
  const entries: Entry[] = [];
  const inmails: InMail[] = [];
  const scan = (TableName: string, add: (item: Item) => void) =>
    scanInParts(source, TableName, (items) => {
      for (const item of items) add(item);
      onProgress?.('entries and InMails read', entries.length + inmails.length);
    });
  const { tables } = source.database;
  await scan(tables.ledger, (item) => entries.push(item as unknown as Entry));
  await scan(tables.inmails, (item) => inmails.push(keep(inmailOf(item))));
  return { entries, inmails };
}

async function scanInParts(
  { database, segments }: Source,
  TableName: string,
  onPage: (items: readonly Item[]) => void,
) {
  const scanPart = async (_: unknown, Segment: number): Promise<void> => {
    for await (const page of scanPages(database, { TableName, Segment, TotalSegments: segments })) onPage(page);
  };
  await Promise.all(Array.from({ length: segments }).map(scanPart));
}

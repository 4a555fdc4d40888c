/** A member's inbox and sent box, newest first, without the InMails that the member has hidden. */
import { type InMail, partsOfInMailId } from '../domain/inmail.ts';
import { type Entry, walletIdOf } from '../domain/ledger.ts';
import { PRODUCTS, type Product } from '../domain/plans.ts';
import { type InMailKey, LostRaceError, type Store } from './store.ts';
import { entriesNewestFirst } from './wallets.ts';

/** `next` is the start of the following page of results. The last one has none. */
type Box<Position> = { readonly inmails: readonly InMail[]; readonly next?: Position | undefined };

/** More is read when much of a page is hidden. After 10 rounds the page ends short instead. */
const MAX_ROUNDS = 10;

/** Reads the index `inbox`, which may lag behind a send by a moment. The InMails themselves are read consistently. */
export function readInbox({ inmails }: Store, recipientId: string, limit: number, from?: InMailKey) {
  return fillBox<InMailKey>(limit, from, async (wanted, after) => {
    const { keys, next } = await inmails.inbox(recipientId, { limit: wanted, after });
    const found = await inmails.getAll(keys);
    return { inmails: found.filter(({ hiddenByRecipient }) => !hiddenByRecipient), next };
  });
}

/** The seq from which each product's ledger is read on, downwards. 0 when it is read to its end. */
export type SentPosition = Readonly<Record<Product, number>>;

/** Reads the `sent` entries of the member's ledgers, so it needs no index and is as consistent as the wallets. */
export function readSentBox(store: Store, senderId: string, limit: number, from?: SentPosition) {
  return fillBox<SentPosition>(limit, from, async (wanted, position) => {
    const { entries, next } = await newestSent(store, senderId, wanted, position ?? (await tailsOf(store, senderId)));
    const found = await store.inmails.getAll(entries.flatMap(({ inmailId = '' }) => partsOfInMailId(inmailId) ?? []));
    return { inmails: found.filter(({ hiddenBySender }) => !hiddenBySender), next };
  });
}

/**
 * The start of a list, which is the tails of the member's ledgers, all at one instant. An InMail sent during the
 * listing is newer, and comes into no later page. Throws LostRaceError when a ledger grew between the readings.
 */
async function tailsOf({ ledger }: Store, senderId: string): Promise<SentPosition> {
  const read = () =>
    Promise.all(PRODUCTS.map(async (product) => (await ledger.tail(walletIdOf(senderId, product)))?.seq ?? 0));
  const [before, after] = [await read(), await read()];
  if (before.some((seq, index) => seq !== after[index])) throw new LostRaceError('a ledger grew while it was read');
  return positionOf(after);
}

const positionOf = (seqs: readonly number[]): SentPosition =>
  Object.fromEntries(PRODUCTS.map((product, index) => [product, seqs[index] ?? 0])) as SentPosition;

async function fillBox<Position>(
  limit: number,
  from: Position | undefined,
  read: (wanted: number, from: Position | undefined) => Promise<Box<Position>>,
): Promise<Box<Position>> {
  const inmails: InMail[] = [];
  let next = from;
  for (let round = 0; round < MAX_ROUNDS && inmails.length < limit; round += 1) {
    const page = await read(limit - inmails.length, next);
    inmails.push(...page.inmails);
    next = page.next;
    if (next === undefined) break;
  }
  return { inmails, next };
}

/** Merges the `sent` entries of the member's ledgers by time, newest first. */
async function newestSent(store: Store, senderId: string, limit: number, from: SentPosition) {
  const sources = PRODUCTS.map((product) => sentEntries(store, walletIdOf(senderId, product), from[product]));
  const heads = await Promise.all(sources.map(nextOf));
  const position = heads.map((head) => head?.seq ?? 0);
  const entries: Entry[] = [];
  while (entries.length < limit) {
    const newest = heads.reduce((best, head, index) => ((head?.at ?? '') > (heads[best]?.at ?? '') ? index : best), 0);
    const [entry, source] = [heads[newest], sources[newest]];
    if (!entry || !source) return { entries };
    entries.push(entry);
    position[newest] = entry.seq - 1;
    heads[newest] = await nextOf(source);
  }
  return heads.some((head) => head) ? { entries, next: positionOf(position) } : { entries };
}

const nextOf = async (source: AsyncGenerator<Entry>): Promise<Entry | undefined> =>
  (await source.next()).value ?? undefined;

async function* sentEntries(store: Store, walletId: string, fromSeq: number): AsyncGenerator<Entry> {
  if (fromSeq === 0) return;
  for await (const entry of entriesNewestFirst(store, walletId, fromSeq)) if (entry.type === 'sent') yield entry;
}

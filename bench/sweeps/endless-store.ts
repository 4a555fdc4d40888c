/**
 * A store that seems to hold any number of wallets and holds none. Keys and entries are made when they are asked for, so
 * memory that grows is the sweep's own.
 */
import { type Entry, partsOfWalletId } from '../../shared/domain/ledger.ts';
import type { Page, PageRequest, RenewingPart, Store, WalletKey } from '../../shared/store/store.ts';
import { firstEntryOf, keyOf } from './due-wallets.ts';
import { SHARDS_PER_INVOCATION } from './worker-run.ts';

/** The part of a store that the sweep uses. `RENEWAL_DAY` is the 1st. */
export type SweptStore = Pick<Store, 'transact'> & {
  readonly ledger: Pick<Store['ledger'], 'tail'>;
  readonly subscriptions: Store['subscriptions'];
};

const RENEWAL_DAY = 1;

/**
 * Its wallets are numbers from 0, dealt in turn to the shards of one invocation of the lister. So pages are as full for ten
 * thousand wallets as for two hundred thousand.
 */
export function endlessStore(wallets: number): SweptStore {
  return {
    ledger: { tail: async (walletId): Promise<Entry> => firstEntryOf(partsOfWalletId(walletId)) },
    subscriptions: { renewing: async (part, page) => renewing(wallets, part, page) },
    transact: async () => {},
  };
}

function renewing(
  wallets: number,
  { renewalDay, shard }: RenewingPart,
  { limit, after }: PageRequest<WalletKey>,
): Page<WalletKey> {
  if (renewalDay !== RENEWAL_DAY) return { keys: [] };
  const first = after ? numberOf(after) + SHARDS_PER_INVOCATION : shard;
  const keys: WalletKey[] = [];
  for (let index = first; index < wallets && keys.length < limit; index += SHARDS_PER_INVOCATION)
    keys.push(keyOf(index));
  const next = keys.at(-1);
  return next && keys.length === limit ? { keys, next } : { keys };
}

const numberOf = ({ memberId }: WalletKey): number => Number(memberId.slice(memberId.lastIndexOf('-') + 1));

/** Typed as the handlers want it. Anything else that they ask of a store is an error. */
export const asStore = (store: SweptStore): Store => store as unknown as Store;

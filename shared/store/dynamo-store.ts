/** The four tables as one Store. */
import { connectionsTable } from './connections-table.ts';
import type { Database } from './database.ts';
import { inmailsTable } from './inmails-table.ts';
import { ledgerTable } from './ledger-table.ts';
import type { Store } from './store.ts';
import { subscriptionsTable } from './subscriptions-table.ts';
import { transact } from './transaction.ts';

export const dynamoStore = (database: Database): Store => ({
  ledger: ledgerTable(database),
  inmails: inmailsTable(database),
  subscriptions: subscriptionsTable(database),
  connections: connectionsTable(database),
  transact: (changes) => transact(database, changes),
});

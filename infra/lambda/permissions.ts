import type { EndpointName } from '../../shared/contract/endpoints.ts';
import type { SweepName } from '../../shared/contract/sweeps.ts';
import type { TableName } from '../../shared/contract/tables.ts';

export type FunctionName = EndpointName | SweepName | 'list-due' | 'publish-events' | 'grant-scopes';

/** A table, or one index of it. */
export type Place = TableName | 'subscriptions/renewals' | 'inmails/inbox' | 'inmails/due';
type Action = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem';
export type Permissions = { readonly [place in Place]?: readonly Action[] };

/**
 * The actions of each function. `permissions-in-use.test.ts` proves that it uses all of them. A transaction needs the
 * actions of its items and no other. Functions read the ledger and put to it, on the condition that makes a put an append
 * (I9). No function may update or delete an entry, and no function may scan a table.
 */
export const PERMISSIONS = {
  'list-plans': {},
  'put-subscription': { ledger: ['Query', 'BatchGetItem', 'PutItem'], subscriptions: ['PutItem', 'UpdateItem'] },
  'cancel-subscription': { ledger: ['Query', 'PutItem'], subscriptions: ['UpdateItem'] },
  'put-connection': { connections: ['UpdateItem'] },
  'delete-connection': { connections: ['DeleteItem'] },
  'list-credits': { ledger: ['Query', 'GetItem', 'BatchGetItem'] },
  'get-credits': { ledger: ['Query', 'GetItem', 'BatchGetItem'] },
  'list-ledger': { ledger: ['Query'] },
  'send-inmail': { ledger: ['Query', 'GetItem', 'PutItem'], inmails: ['Query', 'PutItem'], connections: ['GetItem'] },
  'list-inmails': { ledger: ['Query'], inmails: ['Query', 'BatchGetItem'], 'inmails/inbox': ['Query'] },
  'get-inmail': { inmails: ['GetItem'] },
  'respond-to-inmail': { ledger: ['Query', 'PutItem'], inmails: ['GetItem', 'UpdateItem'] },
  'hide-inmail': { inmails: ['GetItem', 'UpdateItem'] },
  // The lister reads indexes and writes to no table. The workers read no index. They read an item after a condition on it
  // failed.
  'list-due': { 'subscriptions/renewals': ['Query'], 'inmails/due': ['Query'] },
  'renew-wallets': { ledger: ['Query', 'PutItem'] },
  'remind-recipients': { inmails: ['GetItem', 'UpdateItem'] },
  'expire-inmails': { inmails: ['GetItem', 'UpdateItem'] },
  // It uses no table. `events.ts` grants the streams and the bus.
  'publish-events': {},
  'grant-scopes': {},
} as const satisfies Record<FunctionName, Permissions>;

export const usesTables = (name: FunctionName): boolean => Object.keys(PERMISSIONS[name]).length > 0;

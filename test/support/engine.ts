/** The engine that whole systems run on in this test run: SQLite, or with `ENGINE=dynamodb` DynamoDB Local. */
import { inject } from 'vitest';
import { newAccessKey } from '../../local/dynamodb/access-key.ts';
import type { TablesAddress } from '../../local/dynamodb/dynamodb-local.ts';
import type { LocalSystemOptions } from '../../local/system.ts';
import { engineOf } from '../../tools/engine-option.ts';

export const ENGINE = engineOf(undefined);

/** A system with tables of its own, which end with it. */
export const ownTables = (): Pick<LocalSystemOptions, 'engine' | 'dynamo'> =>
  ENGINE === 'sqlite' ? { engine: ENGINE } : { dynamo: ownDatabase() };

/**
 * An empty database in the shared DynamoDB Local, which keeps one for each access key. Throws if nothing is shared. The file
 * then belongs to a project that shares it, in `vitest.config.ts`.
 */
export function ownDatabase(): TablesAddress {
  const endpoint = inject('dynamoEndpoint');
  if (endpoint === undefined) throw new Error('no DynamoDB Local is shared: see vitest.config.ts');
  return { endpoint, accessKeyId: newAccessKey() };
}

/** An empty database in the shared DynamoDB Local, which keeps one for each access key. */
import { inject } from 'vitest';
import { newAccessKey } from '../../local/dynamodb/access-key.ts';
import type { TablesAddress } from '../../local/dynamodb/dynamodb-local.ts';

/** Throws if nothing is shared. The file then belongs to the files of `SYSTEM` in `vitest.config.ts`. */
export function ownDatabase(): TablesAddress {
  const endpoint = inject('dynamoEndpoint');
  if (endpoint === undefined) throw new Error('a unit test has no database: list its file in vitest.config.ts');
  return { endpoint, accessKeyId: newAccessKey() };
}

/** An empty database in the DynamoDB Local that all test files share: it keeps one for each access key. */
import { inject } from 'vitest';
import { newAccessKey } from '../../local/dynamodb/access-key.ts';
import type { TablesAddress } from '../../local/dynamodb/dynamodb-local.ts';

/** Throws where nothing is shared: the file then belongs to the files of `SYSTEM` in `vitest.config.ts`. */
export function ownDatabase(): TablesAddress {
  const endpoint = inject('dynamoEndpoint');
  if (endpoint === undefined) throw new Error('a unit test has no database: list its file in vitest.config.ts');
  return { endpoint, accessKeyId: newAccessKey() };
}

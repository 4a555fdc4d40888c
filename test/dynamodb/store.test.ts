import { describe } from 'vitest';
import { localClient } from '../../local/dynamodb/dynamodb-local.ts';
import { createTables } from '../../local/dynamodb/tables.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { storeContract } from '../store/contract.ts';
import { ownDatabase } from '../support/engine.ts';
import { HAS_JAVA, NEEDS_JAVA } from '../support/java.ts';

describe.skipIf(!HAS_JAVA)(`the contract of every store ${NEEDS_JAVA}`, () => {
  storeContract('DynamoDB Local, in tables of the synthesized template', async () => {
    const client = localClient(ownDatabase());
    const tables = await createTables(client);
    return { store: dynamoStore({ client, tables }), close: async () => client.destroy() };
  });
});

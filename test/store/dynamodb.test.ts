import { localClient } from '../../local/dynamodb/dynamodb-local.ts';
import { createTables } from '../../local/dynamodb/tables.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { ownDatabase } from '../support/own-database.ts';
import { storeContract } from './contract.ts';

storeContract('DynamoDB Local, in tables of the synthesized template', async () => {
  const client = localClient(ownDatabase());
  const tables = await createTables(client);
  return { store: dynamoStore({ client, tables }), close: async () => client.destroy() };
});

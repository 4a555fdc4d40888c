import { localClient, startDynamoDbLocal } from '../../local/dynamodb/dynamodb-local.ts';
import { createTables } from '../../local/dynamodb/tables.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { storeContract } from './contract.ts';

storeContract('DynamoDB Local, in tables of the synthesized template', async () => {
  const engine = await startDynamoDbLocal();
  const client = localClient(engine);
  const tables = await createTables(client);
  return { store: dynamoStore({ client, tables }), close: () => engine.stop() };
});

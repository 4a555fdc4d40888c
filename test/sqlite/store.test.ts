import { sqliteInMemory } from '../../local/sqlite/sqlite-engine.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { storeContract } from '../store/contract.ts';

storeContract('SQLite', async () => {
  const database = sqliteInMemory();
  return { store: dynamoStore(database), close: async () => database[Symbol.dispose]() };
});

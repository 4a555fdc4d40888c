import { MemoryStore } from '../../local/memory/memory-store.ts';
import { storeContract } from './contract.ts';

storeContract('memory', async () => ({ store: new MemoryStore(), close: async () => {} }));

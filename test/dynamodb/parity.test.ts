/** Both engines do the same. `npm run check:engines` plays 50,000. */
import { describe, expect, it } from 'vitest';
import { localClient } from '../../local/dynamodb/dynamodb-local.ts';
import { createTables } from '../../local/dynamodb/tables.ts';
import { sqliteInMemory } from '../../local/sqlite/sqlite-engine.ts';
import type { Database, DocumentClient } from '../../shared/store/database.ts';
import { compareEngines } from '../../tools/check-engines/compare.ts';
import { ownDatabase } from '../support/engine.ts';
import { HAS_JAVA, NEEDS_JAVA } from '../support/java.ts';

/** An engine that takes a reversed order for the right one, and is right in all else. */
const reversed = ({ client, tables }: Database): Database => {
  const send = async (command: { input: { ScanIndexForward?: boolean } }) => {
    const { ScanIndexForward } = command.input;
    if (ScanIndexForward !== undefined) command.input.ScanIndexForward = !ScanIndexForward;
    return client.send(command as never);
  };
  return { client: { send } as unknown as DocumentClient, tables };
};

describe('a comparison of two engines', () => {
  it('a comparison finds an engine that reads in the wrong order', async () => {
    const [one, other] = [sqliteInMemory(), sqliteInMemory()];
    expect(await compareEngines([one, other], { commands: 200, seed: 1 })).toBeUndefined();
    const difference = await compareEngines([sqliteInMemory(), reversed(sqliteInMemory())], { commands: 200, seed: 1 });
    expect(difference?.outcomes[0]).not.toBe(difference?.outcomes[1]);
  });
});

describe.skipIf(!HAS_JAVA)(`SQLite and DynamoDB Local ${NEEDS_JAVA}`, () => {
  it('400 random commands have equal outcomes on both engines, and leave equal tables', async () => {
    const client = localClient(ownDatabase());
    const dynamodb = { client, tables: await createTables(client) };
    expect(await compareEngines([sqliteInMemory(), dynamodb], { commands: 400, seed: 7 })).toBeUndefined();
    client.destroy();
  });
});

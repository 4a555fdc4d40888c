/** Only the key in the state folder opens the tables, and only the same user can read it. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { accessKeyOf } from '../../local/dynamodb/access-key.ts';
import { localClient, startDynamoDbLocal, type TablesAddress } from '../../local/dynamodb/dynamodb-local.ts';
import { createTables } from '../../local/dynamodb/tables.ts';
import { endpointIn } from '../../local/state-folder.ts';
import { startLocalSystem } from '../../local/system.ts';
import { openFolder } from '../../tools/books/source.ts';
import { HAS_JAVA, NEEDS_JAVA } from '../support/java.ts';

const scratch = mkdtempSync(join(tmpdir(), 'inmail-credits-key-'));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const row = { memberId: 'ada', otherId: 'bob', connectedAt: '2026-01-01T00:00:00.000Z' };
const Key = { memberId: 'ada', otherId: 'bob' };

async function write(address: TablesAddress): Promise<void> {
  const client = localClient(address);
  const { connections } = await createTables(client);
  await client.send(new PutCommand({ TableName: connections, Item: row }));
  client.destroy();
}

async function read(address: TablesAddress) {
  const client = localClient(address);
  const { Item } = await client.send(new GetCommand({ TableName: 'connections', Key }));
  client.destroy();
  return Item;
}

describe.skipIf(!HAS_JAVA)(`the tables of a state folder ${NEEDS_JAVA}`, () => {
  it('the tables cannot be read or written with another access key', async () => {
    const dataDir = join(scratch, 'own');
    mkdirSync(dataDir);
    chmodSync(dataDir, 0o755);
    const system = await startLocalSystem({ engine: 'dynamodb', dataDir });
    const address = { endpoint: endpointIn(dataDir) ?? '', accessKeyId: accessKeyOf(dataDir) };
    await write(address);
    const stranger = localClient({ ...address, accessKeyId: 'local' });
    expect((await stranger.send(new ListTablesCommand({}))).TableNames).toEqual([]);
    for (const command of [
      new GetCommand({ TableName: 'connections', Key }),
      new UpdateCommand({ TableName: 'connections', Key }),
    ]) {
      await expect(stranger.send(command as GetCommand)).rejects.toThrow('non-existent table');
    }
    stranger.destroy();
    expect(await read(address)).toEqual(row);

    const beside = await openFolder(dataDir, 'dynamodb');
    const got = await beside.database.client.send(new GetCommand({ TableName: 'connections', Key }));
    expect(got.Item).toEqual(row);
    await beside[Symbol.asyncDispose]();
    await system.stop();
    const modes = ['', 'dynamodb', 'tables-key.json', 'issuer.json'].map((name) =>
      (statSync(join(dataDir, name)).mode & 0o777).toString(8),
    );
    expect(modes).toEqual(['700', '700', '600', '600']);
  });

  it('the tables have another key in every folder, and with every start in memory', async () => {
    const folders = ['one', 'two'].map((name) => join(scratch, name));
    for (const folder of folders) mkdirSync(join(folder, 'dynamodb'), { recursive: true });
    const inFolders = [...folders, ...folders].map(accessKeyOf);
    expect(inFolders.slice(2)).toEqual(inFolders.slice(0, 2));
    const inMemory = await Promise.all([startDynamoDbLocal(), startDynamoDbLocal()]);
    expect(new Set([...inFolders, ...inMemory.map(({ accessKeyId }) => accessKeyId)]).size).toBe(4);
    await Promise.all(inMemory.map((dynamo) => dynamo.stop()));
  });
});

describe('books of a version before the key', () => {
  it('the books of a version before the key are refused with their path, and left as they are', async () => {
    const dataDir = join(scratch, 'old');
    const old = join(dataDir, 'dynamodb', 'shared-local-instance.db');
    mkdirSync(join(dataDir, 'dynamodb'), { recursive: true });
    writeFileSync(old, 'books');
    await expect(startDynamoDbLocal({ dataDir })).rejects.toThrow(
      `the tables in ${old} are of an older version, and their entries do not name pending InMails: set DATA_DIR`,
    );
    expect(readFileSync(old, 'utf8')).toBe('books');
  });
});

describe.skipIf(!HAS_JAVA)(`a key ${NEEDS_JAVA}`, () => {
  it('a lost key is asked for, and not replaced by one that opens nothing', async () => {
    const dataDir = join(scratch, 'lost');
    const dynamo = await startDynamoDbLocal({ dataDir });
    await write(dynamo);
    await dynamo.stop();
    const file = join(dataDir, 'tables-key.json');
    rmSync(file);
    await expect(startDynamoDbLocal({ dataDir })).rejects.toThrow(`${file}, the key to the tables in`);
    writeFileSync(file, JSON.stringify({ accessKeyId: dynamo.accessKeyId }));
    const again = await startDynamoDbLocal({ dataDir });
    expect(await read(again)).toEqual(row);
    await again.stop();
  });

  it.each(['{}', '{"accessKeyId":"local"}', '{"accessKeyId":"../0123456789abcdef0123456789abc"}', 'x'])(
    'a key file that reads %s is refused',
    async (text) => {
      const dataDir = mkdtempSync(join(scratch, 'damaged-'));
      writeFileSync(join(dataDir, 'tables-key.json'), text);
      await expect(startDynamoDbLocal({ dataDir })).rejects.toThrow('tables-key.json is damaged');
    },
  );
});

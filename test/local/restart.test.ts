import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EngineName } from '../../local/engine.ts';
import { startLocalSystem } from '../../local/system.ts';
import { ENGINE } from '../support/engine.ts';
import { LocalClient } from './local-client.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'inmail-credits-restart-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

/** Starts on the folder, lets `use` work with it, and stops. */
async function during<T>(use: (client: LocalClient) => Promise<T>): Promise<T> {
  const system = await startLocalSystem({ engine: ENGINE, dataDir });
  try {
    return await use(new LocalClient(system));
  } finally {
    await system.stop();
  }
}

describe('a restart between two requests', () => {
  it('a restart loses nothing of books, responses, schedules and clock', async () => {
    const before = await during(async (client) => {
      await client.move({ set: '2031-03-10T12:00:00Z' });
      await client.subscribe('ada', 'premium', 'premium-career');
      const sent = await client.send('ada', 'bob', 'premium', 'key-1');
      await client.call('PUT', '/local/schedules/expire-inmails', { json: { enabled: false } });
      const { now } = await client.move({ advance: 'PT5M' });
      return { sent, now, ledger: await client.ledger('ada', 'premium') };
    });
    expect(before.sent.status).toBe(201);
    await during(async (client) => {
      const { now } = (await client.call('GET', '/local/clock')).body;
      expect(now > before.now).toBe(true);
      expect(await client.ledger('ada', 'premium')).toEqual(before.ledger);
      const again = await client.send('ada', 'bob', 'premium', 'key-1');
      expect([again.status, again.text]).toEqual([201, before.sent.text]);
      expect(await client.ledger('ada', 'premium')).toEqual(before.ledger);
      const { schedules } = (await client.call('GET', '/local/schedules')).body;
      expect(schedules.map(({ enabled }: { enabled: boolean }) => enabled)).toEqual([true, true, false]);
      const { ran } = await client.move({ advance: 'PT72H' });
      expect(ran).toMatchObject([{ sweep: 'remind-recipients', report: { written: 1 } }]);
    });
  });
});

describe('an unusable state folder', () => {
  function folderWith(name: string, file: string, text: string): string {
    const folder = join(dataDir, name);
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
    return folder;
  }

  it.each<[string, () => string, RegExp]>([
    [
      'a state folder with a damaged clock',
      () => folderWith('clock', 'clock.json', '{"now":'),
      /clock\.json is damaged: restore or delete it$/,
    ],
    [
      'a state folder with a clock of another make',
      () => folderWith('other', 'clock.json', '{}'),
      /clock\.json is damaged/,
    ],
    ['a state folder with a damaged key', () => folderWith('key', 'issuer.json', '{}'), /issuer\.json is damaged/],
    [
      'a state folder with a damaged lock',
      () => folderWith('locked', 'lock', 'x'.repeat(5_000)),
      /cannot be written to/,
    ],
    ['a state folder that is a file', () => join(folderWith('file', 'f', ''), 'f'), /cannot be written to/],
    ['a state folder that cannot be made', () => '/proc/nothing/here', /the folder \/proc\/nothing cannot be made/],
  ])('%s is named, and nothing starts', async (_, folder, expected) => {
    await expect(startLocalSystem({ dataDir: folder() })).rejects.toThrow(expected);
  });

  it.each<[string, EngineName, string, string, RegExp]>([
    [
      'damaged books',
      'sqlite',
      'books.db',
      'x'.repeat(9_000),
      /the books in \S+books\.db are damaged \(file is not a database\): restore or delete that file/,
    ],
    [
      'the books of DynamoDB Local',
      'sqlite',
      'dynamodb/a_local.db',
      '',
      /the books in \S+ are kept by the engine dynamodb: add --engine dynamodb, or set DATA_DIR to another folder/,
    ],
    [
      'the books of SQLite',
      'dynamodb',
      'books.db',
      '',
      /the books in \S+ are kept by the engine sqlite: add --engine sqlite, or set DATA_DIR to another folder/,
    ],
  ])('a state folder with %s is refused by the engine %s', async (name, engine, file, text, expected) => {
    const folder = folderWith(name.replaceAll(' ', '-'), file, text);
    await expect(startLocalSystem({ dataDir: folder, engine })).rejects.toThrow(expected);
  });
});

describe('a state folder', () => {
  it('a shared folder is refused as a state folder, and stays open to others', async () => {
    const shared = join(dataDir, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o1777);
    await expect(startLocalSystem({ dataDir: shared })).rejects.toThrow(
      `the folder ${shared} is shared by all users: set DATA_DIR`,
    );
    expect(statSync(shared).mode & 0o7777).toBe(0o1777);
  });
});

/** The restore of a stage against a double of DynamoDB's control plane, which forgets what DynamoDB forgets. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { RESTORED_FILE, readRestored, tableNameIn } from '../../infra/restored.ts';
import { stageNamed } from '../../infra/stages.ts';
import { TABLE_DEFINITIONS } from '../../local/table-definitions.ts';
import { TABLES, type TableName } from '../../shared/contract/tables.ts';
import { instant } from '../../shared/domain/instant.ts';
import { planRestore, restoreStage, stampOf } from '../../tools/restore/restore-stage.ts';
import { switchOver } from '../../tools/restore/switch-over.ts';
import { FakeTables } from './fake-tables.ts';

const PROD = stageNamed('prod');
const TO = instant('2026-11-27T09:00:00Z');
const WINDOW = { from: '2026-10-23T00:00:00Z', until: '2026-11-27T11:55:00Z' };
const TAGS = [
  { Key: 'aws:cloudformation:stack-name', Value: 'inmail-credits-prod-data' },
  { Key: 'stage', Value: 'prod' },
];

const restoredName = (table: TableName): string => `inmail-credits-prod-${table}-20261127t090000z`;
const policyOf = (arn: string) => JSON.stringify({ Statement: [{ Effect: 'Deny', Resource: [arn, `${arn}/*`] }] });

let aws: FakeTables;
let pauses: number;
beforeEach(() => {
  aws = new FakeTables(WINDOW);
  pauses = 0;
  for (const table of TABLES) {
    const stream = TABLE_DEFINITIONS[table].StreamSpecification?.StreamViewType;
    const made = aws.create(tableNameIn(PROD, table), {
      ...(stream && { stream }),
      isProtected: true,
      recovers: true,
      tags: TAGS,
    });
    if (table === 'ledger') made.policy = policyOf(made.arn);
  }
  const ledger = aws.tables.get(tableNameIn(PROD, 'ledger'));
  if (ledger) ledger.warm = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 10_000 };
  const connections = aws.tables.get(tableNameIn(PROD, 'connections'));
  if (connections) connections.timeToLive = 'deleteAtEpochSeconds';
});

const world = () => ({
  control: aws.control,
  pause: async () => {
    pauses += 1;
  },
});

const restoreAll = async () => restoreStage(await planRestore(aws.control, PROD, TO), TO, world());

describe('a stage that is restored', () => {
  it('every restored table has all that its source has, and its own name in its policy', async () => {
    await restoreAll();
    expect(pauses).toBeGreaterThan(0);
    for (const table of TABLES) {
      const { name, arn, tags, policy, source: _, ...rest } = aws.tables.get(restoredName(table)) ?? expect.fail(table);
      const {
        name: sourceName,
        arn: sourceArn,
        policy: sourcePolicy,
        tags: __,
        ...wanted
      } = aws.tables.get(tableNameIn(PROD, table)) ?? expect.fail(table);
      expect([table, rest]).toEqual([table, wanted]);
      expect(tags).toEqual([{ Key: 'stage', Value: 'prod' }]);
      expect(policy).toBe(sourcePolicy?.replaceAll(sourceArn, arn));
      expect(name).not.toBe(sourceName);
    }
  });

  it('every table is restored from the one in use, to one instant, and that one stays as it is', async () => {
    const before = structuredClone([...aws.tables]);
    await restoreAll();
    for (const table of TABLES) {
      expect(aws.tables.get(restoredName(table))?.source).toEqual({ name: tableNameIn(PROD, table), to: new Date(TO) });
    }
    expect([...aws.tables].slice(0, before.length)).toEqual(before);
  });

  it('the switch names each table, and the stream of those that have one', async () => {
    const arnOf = (table: TableName) => aws.tables.get(restoredName(table))?.arn;
    expect(await restoreAll()).toEqual({
      subscriptions: { tableName: restoredName('subscriptions') },
      ledger: { tableName: restoredName('ledger'), streamArn: `${arnOf('ledger')}/stream/1` },
      inmails: { tableName: restoredName('inmails'), streamArn: `${arnOf('inmails')}/stream/1` },
      connections: { tableName: restoredName('connections') },
    });
  });

  it('a second run of the same restore changes nothing', async () => {
    const first = await restoreAll();
    const after = structuredClone([...aws.tables]);
    const calls = aws.calls.length;
    expect(await restoreAll()).toEqual(first);
    expect([...aws.tables]).toEqual(after);
    const again = new Set(aws.calls.slice(calls));
    expect([...again].sort()).toEqual(['PutResourcePolicy', 'TagResource', 'UpdateContinuousBackups']);
  });

  it.each([1, 2, 3, 5, 8, 12])(
    'a run that is cut short after %i changes is finished by the next one',
    async (count) => {
      const limited = {
        send: (...args: Parameters<FakeTables['control']['send']>) => {
          if (aws.calls.length >= count) throw new Error('cut short');
          return aws.control.send(...args);
        },
      } as FakeTables['control'];
      const moves = await planRestore(aws.control, PROD, TO);
      await expect(restoreStage(moves, TO, { ...world(), control: limited })).rejects.toThrow('cut short');
      await restoreAll();
      const whole = structuredClone([...aws.tables]);
      await restoreAll();
      expect([...aws.tables]).toEqual(whole);
      expect(aws.tables.get(restoredName('ledger'))).toMatchObject({
        recovers: true,
        isProtected: true,
        stream: 'NEW_IMAGE',
      });
    },
  );
});

describe('a restore that cannot be', () => {
  it.each<[string, string, RegExp]>([
    [
      'before the recovery begins',
      '2026-10-22T23:59:59Z',
      /-subscriptions can be restored from 2026-10-23T.* to 2026-11-27T11:55/,
    ],
    [
      'later than the recovery has come',
      '2026-11-27T11:55:01Z',
      /can be restored from .*, and not to 2026-11-27T11:55:01/,
    ],
    ['within a second', '2026-11-27T09:00:00.500Z', /^a stage is restored to a whole second, and not to /],
  ])('an instant %s is refused before anything is made', async (_, to, message) => {
    await expect(planRestore(aws.control, PROD, instant(to))).rejects.toThrow(message);
    expect(aws.calls).toEqual([]);
  });

  it('a table without recovery is refused by its name', async () => {
    const inmails = aws.tables.get(tableNameIn(PROD, 'inmails'));
    if (inmails) inmails.recovers = false;
    await expect(planRestore(aws.control, PROD, TO)).rejects.toThrow('-inmails has no point-in-time recovery');
  });

  it('a restored table that never becomes ready ends the command after a day', async () => {
    aws = new FakeTables({ ...WINDOW, busyLooks: Number.MAX_SAFE_INTEGER });
    for (const table of TABLES) aws.create(tableNameIn(PROD, table), { recovers: true });
    await expect(restoreAll()).rejects.toThrow(/is not ready after a day: run the same command again/);
  });
});

describe('the file of restored tables', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inmail-credits-restored-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'restored.json');

  it('the switch of a stage leaves the other stages as they are', () => {
    const ledger = { tableName: 'some-ledger', streamArn: 'some-stream' };
    writeFileSync(file, JSON.stringify({ dev: { ledger } }));
    switchOver(file, PROD, { connections: { tableName: 'some-connections' } });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      dev: { ledger },
      prod: { connections: { tableName: 'some-connections' } },
    });
  });

  it('the committed file is readable, and a stage that was never restored has its usual tables', () => {
    const restored = readRestored(JSON.parse(readFileSync(RESTORED_FILE, 'utf8')));
    for (const table of TABLES) {
      const name = restored.prod?.[table]?.tableName ?? `inmail-credits-prod-${table}`;
      expect(tableNameIn(PROD, table)).toBe(name);
    }
  });

  it.each([
    ['a table that we do not have', { prod: { accounts: { tableName: 'x' } } }],
    ['a table without a name', { prod: { ledger: { streamArn: 'x' } } }],
    ['a field that we do not know', { prod: { ledger: { tableName: 'x', stream: 'y' } } }],
  ])('a file with %s is refused', (_, json) => {
    expect(() => readRestored(json)).toThrow();
  });

  it('an instant becomes a part of a name', () => {
    expect(stampOf(TO)).toBe('20261127t090000z');
    expect(stampOf(instant('2026-11-27T09:00:00.250Z'))).toBe('20261127t090000250z');
  });
});

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { synthesizeDataTemplate, synthesizeTables } from '../../infra/data/data-template.ts';
import { synthesizeTemplates, withApp } from './synthesized.ts';

const tables = synthesizeTables();
const template = synthesizeDataTemplate();

/** `memberId:S product:S`, partition keys first, in the form of a short table. */
function keys(table: (typeof tables)[keyof typeof tables], schema = table.KeySchema): string {
  const typeOf = (name: string) => table.AttributeDefinitions.find((one) => one.AttributeName === name)?.AttributeType;
  return schema.map((key) => `${key.KeyType} ${key.AttributeName}:${typeOf(key.AttributeName)}`).join(', ');
}

describe('the tables', () => {
  it.each([
    ['subscriptions', 'HASH memberId:S, RANGE product:S'],
    ['ledger', 'HASH walletId:S, RANGE seq:N'],
    ['inmails', 'HASH senderId:S, RANGE recipientN:S'],
    ['connections', 'HASH memberId:S, RANGE otherId:S'],
  ] as const)('the table %s has the key that the store uses', (name, expected) => {
    expect(keys(tables[name])).toBe(expected);
  });

  it.each([
    ['subscriptions', { renewals: 'HASH renewalDay:N, HASH shard:N' }],
    ['ledger', {}],
    ['inmails', { inbox: 'HASH recipientId:S, RANGE sentAt:S', due: 'HASH shard:N, RANGE sentAt:S' }],
    ['connections', {}],
  ] as const)('the table %s has exactly the indexes that the store reads', (name, expected) => {
    const indexes = tables[name].GlobalSecondaryIndexes ?? [];
    const found = indexes.map((index) => [index.IndexName, keys(tables[name], index.KeySchema)]);
    expect(Object.fromEntries(found)).toEqual(expected);
    for (const { IndexName, Projection } of indexes) {
      const toRemind = { ProjectionType: 'INCLUDE', NonKeyAttributes: ['remindedAt', 'hiddenByRecipient'] };
      expect(Projection).toEqual(IndexName === 'due' ? toRemind : { ProjectionType: 'KEYS_ONLY' });
    }
  });

  it.each([
    ['subscriptions', undefined],
    ['ledger', { StreamViewType: 'NEW_IMAGE' }],
    ['inmails', { StreamViewType: 'NEW_AND_OLD_IMAGES' }],
    ['connections', undefined],
  ] as const)('the table %s streams what its consumers need', (name, expected) => {
    expect(tables[name].StreamSpecification).toEqual(expected);
  });

  it.each(Object.entries(tables))(
    'the table %s is on demand, recoverable, protected and without a fixed name',
    (_, table) => {
      expect(table.BillingMode).toBe('PAY_PER_REQUEST');
      expect(table).not.toHaveProperty('TableName');
      expect(table.Replicas).toHaveLength(1);
      expect(table.Replicas[0]).toMatchObject({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    },
  );
});

describe('the data stack', () => {
  it('the tables keep their logical ids, because a new id is a new and empty table', () => {
    const ids = Object.entries(template.Resources).map(([id, { Type }]) => `${id} ${Type}`);
    expect(ids).toEqual([
      'Subscriptions1F71F6D8 AWS::DynamoDB::GlobalTable',
      'LedgerB7379752 AWS::DynamoDB::GlobalTable',
      'InMails3FAD22BD AWS::DynamoDB::GlobalTable',
      'Connections827CEF2F AWS::DynamoDB::GlobalTable',
    ]);
  });

  it('the stack leaves every table behind when it is deleted or replaces one', () => {
    for (const resource of Object.values(template.Resources)) {
      expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  it('the stack is protected from deletion', () => {
    expect(withApp(({ data }) => data.terminationProtection)).toBe(true);
  });

  it('the stack is the same alone, as the local system makes it, and within the app', () => {
    const inTheApp = synthesizeTemplates().data.toJSON().Resources;
    const bare = Object.entries(inTheApp as typeof template.Resources).map(([id, resource]) => {
      const { Metadata: _, ...rest } = resource as typeof resource & { Metadata?: unknown };
      return [id, rest];
    });
    expect(Object.fromEntries(bare)).toEqual(template.Resources);
  });

  it('the stack leaves no files behind when it is synthesized alone', () => {
    const directory = mkdtempSync(join(tmpdir(), 'inmail-credits-test-'));
    vi.stubEnv('TMPDIR', directory);
    synthesizeDataTemplate();
    vi.unstubAllEnvs();
    expect(readdirSync(directory)).toEqual([]);
    rmSync(directory, { recursive: true });
  });
});

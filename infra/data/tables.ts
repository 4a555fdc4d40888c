import {
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  type TablePropsV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { pascalCaseOf } from '../../shared/contract/pascal-case.ts';
import type { TableName } from '../../shared/contract/tables.ts';
import { removalPolicyOf } from '../removal.ts';
import type { StageStack } from '../stage-stack.ts';
import { ledgerPolicy } from './ledger-policy.ts';

export type DataTables = Readonly<Record<TableName, TableV2>>;

export function createTables(scope: StageStack): DataTables {
  return {
    subscriptions: createTable(scope, 'subscriptions', {
      partitionKey: text('memberId'),
      sortKey: text('product'),
      // The index is sparse, because only active subscriptions carry a `renewalDay`. A renewal does not change it. So the 1st
      // of a month, when most wallets renew, writes nothing here. 64 shards lift the limit of 1,000 writes a second on one
      // partition.
      globalSecondaryIndexes: [keysOnly('renewals', { partitionKeys: [number('renewalDay'), number('shard')] })],
    }),

    // The last entry is the wallet. Concurrent writers are safe, because each appends to (wallet, seq + 1).
    ledger: createTable(scope, 'ledger', {
      partitionKey: text('walletId'),
      sortKey: number('seq'),
      // Entries are only added, so there is no old image.
      dynamoStream: StreamViewType.NEW_IMAGE,
      resourcePolicy: ledgerPolicy(scope),
    }),

    inmails: createTable(scope, 'inmails', {
      partitionKey: text('senderId'),
      // `recipientId#n` makes a pair's last InMail, which locks it (R9), one strongly consistent query.
      sortKey: text('recipientN'),
      globalSecondaryIndexes: [
        keysOnly('inbox', { partitionKey: text('recipientId'), sortKey: text('sentAt') }),
        // The index is sparse, because an InMail's response or expiry takes the InMail out. So a sweep reads pending InMails
        // only. It reads a range of `sentAt`, so that a look-back over empty years costs nothing. The two attributes keep
        // InMails that need no reminder off its list. A reminder or a hiding writes this index once. Without that write, each
        // of 100 runs would try in vain.
        {
          indexName: 'due',
          partitionKey: number('shard'),
          sortKey: text('sentAt'),
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: ['remindedAt', 'hiddenByRecipient'],
        },
      ],
      // The difference of both images shows the meaning of a change: a response, a reminder or the expiry.
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    }),

    // A row for each direction, so that either member finds it with one read (R14).
    connections: createTable(scope, 'connections', { partitionKey: text('memberId'), sortKey: text('otherId') }),
  };
}

function createTable(scope: StageStack, name: TableName, props: TablePropsV2): TableV2 {
  const { isProtected, warmThroughput } = scope.stage;
  const warm = warmThroughput[name];
  return new TableV2(scope, pascalCaseOf(name), {
    ...props,
    tableName: scope.nameOf(name),
    billing: Billing.onDemand(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: isProtected,
    removalPolicy: removalPolicyOf(scope.stage),
    ...(warm && { warmThroughput: { readUnitsPerSecond: warm.reads, writeUnitsPerSecond: warm.writes } }),
  });
}

/** An index of keys only costs nothing when other attributes of an item change. */
function keysOnly(indexName: string, keys: Partial<GlobalSecondaryIndexPropsV2>): GlobalSecondaryIndexPropsV2 {
  return { indexName, projectionType: ProjectionType.KEYS_ONLY, ...keys };
}

function text(name: string) {
  return { name, type: AttributeType.STRING };
}

function number(name: string) {
  return { name, type: AttributeType.NUMBER };
}

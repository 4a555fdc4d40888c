import {
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  type TablePropsV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { TableName } from '../shared/contract/tables.ts';

export type Tables = Readonly<Record<TableName, TableV2>>;

export function createTables(scope: Construct): Tables {
  return {
    subscriptions: createTable(scope, 'Subscriptions', {
      partitionKey: text('memberId'),
      sortKey: text('product'),
      // Sparse: only active subscriptions carry a `renewalDay`. It never changes on renewal, so the 1st of a month, when
      // most wallets renew, writes nothing here. 64 shards lift the limit of 1,000 writes a second on one partition.
      globalSecondaryIndexes: [keysOnly('renewals', { partitionKeys: [number('renewalDay'), number('shard')] })],
    }),

    // The last entry is the wallet; appending to (wallet, seq + 1) is what makes concurrent writers safe.
    ledger: createTable(scope, 'Ledger', {
      partitionKey: text('walletId'),
      sortKey: number('seq'),
      // Entries are only ever added: there is no old image.
      dynamoStream: StreamViewType.NEW_IMAGE,
    }),

    inmails: createTable(scope, 'InMails', {
      partitionKey: text('senderId'),
      // `recipientId#n`: a pair's last InMail, which locks it (R9), is one strongly consistent query away.
      sortKey: text('recipientN'),
      globalSecondaryIndexes: [
        keysOnly('inbox', { partitionKey: text('recipientId'), sortKey: text('sentAt') }),
        // Sparse: a response or the expiry takes the InMail out, so a sweep reads pending ones only. It reads a range of
        // `sentAt`, so that a look-back over empty years costs nothing. The two attributes keep off the list of reminders what
        // needs none: a reminder or a hiding writes this index once, where each of 100 runs would try in vain.
        {
          indexName: 'due',
          partitionKey: number('shard'),
          sortKey: text('sentAt'),
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: ['remindedAt', 'hiddenByRecipient'],
        },
      ],
      // Both images: what a change meant (a response, a reminder, the expiry) is the difference of the two.
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    }),

    // A row each way, so that either member finds it with one read (R14).
    connections: createTable(scope, 'Connections', { partitionKey: text('memberId'), sortKey: text('otherId') }),
  };
}

/** No physical names: a table that must be replaced one day can stand beside its successor. */
function createTable(scope: Construct, id: string, props: TablePropsV2): TableV2 {
  return new TableV2(scope, id, {
    ...props,
    billing: Billing.onDemand(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

/** Keys only: an index entry that never changes costs nothing when the item does. */
function keysOnly(indexName: string, keys: Partial<GlobalSecondaryIndexPropsV2>): GlobalSecondaryIndexPropsV2 {
  return { indexName, projectionType: ProjectionType.KEYS_ONLY, ...keys };
}

function text(name: string) {
  return { name, type: AttributeType.STRING };
}

function number(name: string) {
  return { name, type: AttributeType.NUMBER };
}

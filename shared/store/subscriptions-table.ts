/**
 * Table `subscriptions`, with the key `memberId`, `product`. Sparse index `renewals` has `renewalDay`, `shard`. A row
 * holds the day on which its wallet renews and never changes on renewal, so the 1st of a month writes no index.
 */
import type { ChangeOf } from '../domain/change.ts';
import { type Database, queryPage } from './database.ts';
import { renewalKey } from './keys.ts';
import type { Store, WalletKey } from './store.ts';

/** A first subscription, or one after a cancellation. The row before, if there is one, is of the term before. */
export function startSubscription(change: ChangeOf<'start-subscription'>, TableName: string) {
  const { kind: _, ...subscription } = change;
  return {
    Put: {
      TableName,
      Item: { ...subscription, status: 'active', ...renewalKey(subscription.memberId, subscription.renewalDay) },
      ConditionExpression: 'attribute_not_exists(memberId) OR term = :before',
      ExpressionAttributeValues: { ':before': subscription.term - 1 },
    },
  };
}

export function changePlan({ memberId, product, plan, renewalDay, term }: ChangeOf<'change-plan'>, TableName: string) {
  return {
    Update: {
      TableName,
      Key: { memberId, product },
      UpdateExpression: 'SET #plan = :plan, renewalDay = :day, term = :term',
      ConditionExpression: 'term = :before',
      ExpressionAttributeNames: { '#plan': 'plan' },
      ExpressionAttributeValues: { ':plan': plan, ':day': renewalDay, ':term': term, ':before': term - 1 },
    },
  };
}

/** Without `renewalDay` and `shard` the row leaves the index. */
export function endSubscription({ memberId, product, term }: ChangeOf<'end-subscription'>, TableName: string) {
  return {
    Update: {
      TableName,
      Key: { memberId, product },
      UpdateExpression: 'SET #status = :cancelled, term = :term REMOVE renewalDay, #shard',
      ConditionExpression: 'term = :before',
      ExpressionAttributeNames: { '#status': 'status', '#shard': 'shard' },
      ExpressionAttributeValues: { ':cancelled': 'cancelled', ':term': term, ':before': term - 1 },
    },
  };
}

export function subscriptionsTable(database: Database): Store['subscriptions'] {
  return {
    async renewing({ renewalDay, shard }, { limit, after }) {
      const { items, lastKey } = await queryPage(database, {
        TableName: database.tables.subscriptions,
        IndexName: 'renewals',
        KeyConditionExpression: 'renewalDay = :day AND #shard = :shard',
        ExpressionAttributeNames: { '#shard': 'shard' },
        ExpressionAttributeValues: { ':day': renewalDay, ':shard': shard },
        ExclusiveStartKey: after && { renewalDay, shard, ...after },
        Limit: limit,
      });
      const keys = items.map(({ memberId, product }) => ({ memberId, product }) as WalletKey);
      const next = keys.at(-1);
      return lastKey && next ? { keys, next } : { keys };
    },
  };
}

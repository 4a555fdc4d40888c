import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { denyToOthers, roleArnIn } from '../only-these-roles.ts';
import { createPersonRole } from '../person-role.ts';
import { tableNameIn } from '../restored.ts';
import type { StageStack } from '../stage-stack.ts';

const BREAK_GLASS = 'break-glass';

/**
 * Each action that can change or delete an entry, alone or in a batch. A transaction needs the actions of its items, so these
 * cover it as well. PutItem stays, because an append is a put under a condition, and IAM knows no conditions of requests.
 * Reading, restoring and backing up are not among them. A restore writes to its target, which is another table.
 */
const CHANGES = ['UpdateItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLUpdate', 'PartiQLDelete', 'PartiQLInsert'];

/** DynamoDB copies a table to its replicas under this role, which only DynamoDB itself can take on. */
const REPLICATION = 'aws-service-role/replication.dynamodb.amazonaws.com/AWSServiceRoleForDynamoDBReplication';

/** Entries are only ever added (I9). Only the break-glass role can change or delete one, and no administrator can. */
export function ledgerPolicy(scope: StageStack): PolicyDocument {
  const replication = scope.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: REPLICATION });
  return new PolicyDocument({
    statements: [
      denyToOthers({
        sid: 'EntriesAreOnlyAdded',
        actions: CHANGES.map((name) => `dynamodb:${name}`),
        resource: ledgerArnIn(scope),
        roles: [roleArnIn(scope, BREAK_GLASS), replication],
      }),
    ],
  });
}

/** For the day on which an entry must go by order of a court, or a fault has filled the ledger. The audit will show it. */
export const createBreakGlassRole = (scope: StageStack) =>
  createPersonRole(scope, 'BreakGlass', {
    name: BREAK_GLASS,
    description: 'InMail credits: the only role that can change or delete an entry of the ledger',
    statements: [
      new PolicyStatement({
        actions: ['GetItem', 'Query', 'UpdateItem', 'DeleteItem'].map((name) => `dynamodb:${name}`),
        resources: [...new Set([ledgerArnIn(scope), ledgerInUse(scope)])],
      }),
    ],
  });

/** By its name, because a table's own policy cannot refer to the table. */
const ledgerArnIn = (scope: StageStack): string =>
  scope.formatArn({ service: 'dynamodb', resource: 'table', resourceName: scope.nameOf('ledger') });

/** A restored ledger has the same policy (`npm run restore`), so the role must reach it as well. */
const ledgerInUse = (scope: StageStack): string =>
  scope.formatArn({ service: 'dynamodb', resource: 'table', resourceName: tableNameIn(scope.stage, 'ledger') });

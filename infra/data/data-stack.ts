import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type App, CfnOutput } from 'aws-cdk-lib/core';
import { EVENT_SOURCES } from '../../shared/contract/events.ts';
import { StageStack } from '../stage-stack.ts';
import type { Stage } from '../stages.ts';
import { createApiAddress } from './api-address.ts';
import { createEvidence, type Evidence } from './evidence.ts';
import { createBreakGlassRole } from './ledger-policy.ts';
import { createTables, type DataTables } from './tables.ts';
import { createUserPool, type Identity } from './user-pool.ts';

/**
 * Holds what cannot be made again: the books, the members' identities, the logs about people, and the addresses that others
 * know. The function that the user pool calls stands here as well, because the pool names it.
 */
export class DataStack extends StageStack {
  readonly tables: DataTables;
  readonly identity: Identity;
  /** The API without its routes. They stand in the service's stack. */
  readonly api: HttpApi;
  readonly evidence: Evidence;

  constructor(app: App, stage: Stage) {
    super(app, {
      ...{ stage, part: 'data', holdsTheIrreplaceable: true },
      description: 'the books, the identities, the logs about people, the addresses',
    });
    this.tables = createTables(this);
    createBreakGlassRole(this);
    this.#exportTables();
    this.identity = createUserPool(this);
    this.api = createApiAddress(this);
    this.evidence = createEvidence(this, this.identity.userPool);
    new CfnOutput(this, 'ApiUrl', { value: this.api.apiEndpoint });
    new CfnOutput(this, 'UserPoolId', { value: this.identity.userPool.userPoolId });
    new CfnOutput(this, 'SignInUrl', { value: this.identity.signInUrl });
  }

  /**
   * CDK exports only what another stack imports. The service imports nothing of a table that was replaced by a restored one,
   * and CloudFormation deletes no export that the service still has. So the exports stay, whether or not they are used.
   */
  #exportTables(): void {
    for (const { tableName, tableArn } of Object.values(this.tables)) {
      for (const value of [tableName, tableArn]) this.exportValue(value);
    }
    // CDK knows a stream of every table. CloudFormation fails at one that the table does not have.
    for (const { table } of EVENT_SOURCES) this.exportValue(this.tables[table].tableStreamArn);
  }
}

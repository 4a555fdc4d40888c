import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type App, CfnOutput } from 'aws-cdk-lib/core';
import { StageStack } from '../stage-stack.ts';
import type { Stage } from '../stages.ts';
import { createApiAddress } from './api-address.ts';
import { createEvidence, type Evidence } from './evidence.ts';
import { createBreakGlassRole } from './ledger-policy.ts';
import { createTables, type DataTables } from './tables.ts';
import { createUserPool, type Identity } from './user-pool.ts';

/**
 * Holds what cannot be made again: the books, the members' identities, the logs about people, and the addresses that others
 * know. The function that
 * the user pool calls stands here as well, because the pool names it.
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
    this.identity = createUserPool(this);
    this.api = createApiAddress(this);
    this.evidence = createEvidence(this, this.identity.userPool);
    new CfnOutput(this, 'ApiUrl', { value: this.api.apiEndpoint });
    new CfnOutput(this, 'UserPoolId', { value: this.identity.userPool.userPoolId });
    new CfnOutput(this, 'SignInUrl', { value: this.identity.signInUrl });
  }
}

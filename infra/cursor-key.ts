import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { RouteName } from '../shared/contract/routes.ts';
import type { CursorEnvironment } from '../shared/http/cursor-key.ts';
import { constructIdOf } from './functions.ts';

/** The lists that come in pages. */
const PAGED = ['list-ledger', 'list-inmails'] as const satisfies readonly RouteName[];

/** The key behind the cursors, for the two functions of `scope` that read and write them. It never leaves KMS. */
export function createCursorKey(scope: Construct): void {
  const key = new Key(scope, 'CursorKey', {
    description: 'InMail credits: what the key of all cursors is derived from',
    keySpec: KeySpec.HMAC_256,
    keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
    // Whoever loses it loses the place in a list that is being paged through right now, and begins that list again.
    removalPolicy: RemovalPolicy.DESTROY,
    pendingWindow: Duration.days(7), // KMS's least
  });
  for (const name of PAGED) {
    const handler = scope.node.findChild(constructIdOf(name)) as NodejsFunction;
    const environment: CursorEnvironment = { CURSOR_KEY_ID: key.keyId };
    for (const [variable, value] of Object.entries(environment)) handler.addEnvironment(variable, value);
    handler.addToRolePolicy(new PolicyStatement({ actions: ['kms:GenerateMac'], resources: [key.keyArn] }));
  }
}

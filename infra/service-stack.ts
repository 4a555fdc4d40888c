import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { createApi } from './api.ts';
import { createCursorKey } from './cursor-key.ts';
import { createEvents } from './events.ts';
import { createIdentity } from './identity.ts';
import { createSweeps } from './sweeps.ts';
import type { Tables } from './tables.ts';

export type ServiceStackProps = { readonly tables: Tables };

/** Everything that runs. It holds no books: see `data-stack.ts`. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, { tables }: ServiceStackProps) {
    super(scope, id, { description: 'InMail credits: the HTTP API, the sweeps and the events' });

    const identity = createIdentity(this);
    const api = createApi(this, { identity, tables });
    createCursorKey(this);
    createSweeps(this, tables);
    const { bus } = createEvents(this, tables);

    new CfnOutput(this, 'ApiUrl', { value: api.apiEndpoint });
    new CfnOutput(this, 'EventBusName', { value: bus.eventBusName });
    new CfnOutput(this, 'UserPoolId', { value: identity.userPool.userPoolId });
    new CfnOutput(this, 'SignInUrl', { value: identity.signInUrl });
    new CfnOutput(this, 'MembersClientId', { value: identity.clients.members.userPoolClientId });
    new CfnOutput(this, 'BillingClientId', { value: identity.clients.billing.userPoolClientId });
    new CfnOutput(this, 'SupportClientId', { value: identity.clients.support.userPoolClientId });
  }
}

import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { createApi } from './api.ts';
import { createEvents } from './events.ts';
import { createIdentity, type Identity } from './identity.ts';
import { createPage, type Page } from './page.ts';
import { createSweeps } from './sweeps.ts';
import type { Tables } from './tables.ts';

export type ServiceStackProps = { readonly tables: Tables };

/** Everything that runs. The books are in `data-stack.ts`. */
export class ServiceStack extends Stack {
  /** `PageStack` needs both, because it fills the page and writes its sign-in addresses. */
  readonly page: Page;
  readonly identity: Identity;

  constructor(scope: Construct, id: string, { tables }: ServiceStackProps) {
    super(scope, id, { description: 'InMail credits: the HTTP API, the sweeps and the events' });

    const identity = createIdentity(this, tables);
    const api = createApi(this, { identity, tables });
    const page = createPage(this, { api, identity });
    createSweeps(this, tables);
    const { bus } = createEvents(this, tables);

    this.page = page;
    this.identity = identity;
    new CfnOutput(this, 'PageUrl', { value: page.url });
    new CfnOutput(this, 'ApiUrl', { value: api.apiEndpoint });
    new CfnOutput(this, 'EventBusName', { value: bus.eventBusName });
    new CfnOutput(this, 'UserPoolId', { value: identity.userPool.userPoolId });
    new CfnOutput(this, 'SignInUrl', { value: identity.signInUrl });
    new CfnOutput(this, 'MembersClientId', { value: identity.clients.members.userPoolClientId });
    new CfnOutput(this, 'OperatorsClientId', { value: identity.clients.operators.userPoolClientId });
    new CfnOutput(this, 'BillingClientId', { value: identity.clients.billing.userPoolClientId });
    new CfnOutput(this, 'SupportClientId', { value: identity.clients.support.userPoolClientId });
  }
}

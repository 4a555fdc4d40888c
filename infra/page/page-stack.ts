import { type App, CfnOutput } from 'aws-cdk-lib/core';
import type { DataStack } from '../data/data-stack.ts';
import { StageStack } from '../stage-stack.ts';
import type { Stage } from '../stages.ts';
import { createPage, type Page } from './distribution.ts';
import { createPageClients, type PageClients } from './page-clients.ts';
import { createPageFiles } from './page-files.ts';

export type PageStackParts = {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly pageDir?: string | undefined;
};

/** Whether anybody signs in through a browser. A stack needs something to hold. */
export const hasFrontEnd = ({ page, otherFrontEnds }: Stage): boolean => page !== 'none' || otherFrontEnds.length > 0;

/**
 * The page: its address, its files, and the clients through which people sign in. It comes before the service, because the
 * API lets in the tokens of these clients.
 */
export class PageStack extends StageStack {
  readonly clients: PageClients;

  constructor(app: App, { stage, data, pageDir }: PageStackParts) {
    super(app, { stage, part: 'page', description: 'the page, and the clients that people sign in through' });
    const { identity } = data;
    const { signInUrl } = identity;
    const { apiId } = data.api;
    const page: Page | undefined =
      stage.page === 'none' ? undefined : createPage(this, { apiId, signInUrl, settings: stage.page });
    this.clients = createPageClients(this, { identity, page: page?.url });
    if (page) createPageFiles(this, { bucket: page.bucket, signInUrl, clients: this.clients, pageDir });
    new CfnOutput(this, 'MembersClientId', { value: this.clients.members.userPoolClientId });
    new CfnOutput(this, 'OperatorsClientId', { value: this.clients.operators.userPoolClientId });
  }
}

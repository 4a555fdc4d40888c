import { App, type AppProps, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdkJson from '../cdk.json' with { type: 'json' };
import { DataStack } from './data-stack.ts';
import { PageStack } from './page-stack.ts';
import { ServiceStack } from './service-stack.ts';

/**
 * The whole app. Data and service are two stacks: whatever happens to what runs, the books stay. The page's files, which
 * are to stand in `pageDir`, are a third.
 * Context is that of `cdk.json` whoever calls: a test sees the very templates that `cdk synth` makes.
 */
export function buildApp(props: AppProps = {}, pageDir?: string) {
  const app = new App({ ...props, context: { ...cdkJson.context, ...props.context } });
  const data = new DataStack(app, 'InMailCreditsData');
  const service = new ServiceStack(app, 'InMailCreditsService', { tables: data.tables });
  const { page, identity } = service;
  const pageStack = new PageStack(app, 'InMailCreditsPage', { page, identity, pageDir });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, data, service, page: pageStack };
}

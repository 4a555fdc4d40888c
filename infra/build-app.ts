import { App, type AppProps, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdkJson from '../cdk.json' with { type: 'json' };
import { DataStack } from './data-stack.ts';
import { PageStack } from './page-stack.ts';
import { ServiceStack } from './service-stack.ts';

/**
 * The whole app has three stacks. The data has a stack of its own, so the books stay whatever happens to the service. The
 * third stack holds the page's files from `pageDir`. The context is always that of `cdk.json`, because a test must see the
 * same templates as `cdk synth`.
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

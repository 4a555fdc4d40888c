import { App, type AppProps, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdkJson from '../cdk.json' with { type: 'json' };
import { DataStack } from './data/data-stack.ts';
import { hasFrontEnd, PageStack } from './page/page-stack.ts';
import { ServiceStack } from './service/service-stack.ts';
import { DEFAULT_STAGE, type Stage, stageNamed } from './stages.ts';
import { WatchStack } from './watch/watch-stack.ts';

export type Parts = {
  readonly stage: Stage;
  /** The folder of the built page and its documents. Without it, only the page's configuration is put in place. */
  readonly pageDir?: string | undefined;
};

/** The stage that `-c stage=…` names. Throws an error for a name that no stage has. */
export const stageOf = (app: App): Stage => stageNamed(app.node.tryGetContext('stage') ?? DEFAULT_STAGE);

/** The context is always that of `cdk.json`, because a test must see the same templates as `cdk synth`. */
export const createApp = (props: AppProps = {}): App =>
  new App({ ...props, context: { ...cdkJson.context, ...props.context } });

/**
 * All stacks of a stage, in the order of their deployment. Each refers only to those before it. The first one holds what
 * cannot be made again, so all others may be deleted and made anew.
 */
export function addStacks(app: App, { stage, pageDir }: Parts) {
  const data = new DataStack(app, stage);
  const page = hasFrontEnd(stage) ? new PageStack(app, { stage, data, pageDir }) : undefined;
  const service = new ServiceStack(app, { stage, data, clients: page?.clients });
  const watch = new WatchStack(app, { stage, data });
  watch.addStackDependency(service);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, data, page, service, watch };
}

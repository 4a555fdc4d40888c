/** The very handlers that run as Lambdas, in this process. */
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { ROUTES, type RouteName } from '../../shared/edge/routes.ts';
import type { SweepInput, SweepReport } from '../../shared/edge/sweep.ts';
import { SWEEPS, type SweepName } from '../../shared/edge/sweeps.ts';

type Handler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

type ApiHandler = Handler<APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2>;
type SweepHandler = Handler<SweepInput, SweepReport>;

export type Handlers = {
  readonly routes: Readonly<Record<RouteName, ApiHandler>>;
  readonly sweeps: Readonly<Record<SweepName, SweepHandler>>;
};

/** Loaded here and not before: logger and metrics read the environment when they are. */
export async function loadHandlers(): Promise<Handlers> {
  process.env.POWERTOOLS_SERVICE_NAME ??= 'inmail-credits';
  process.env.POWERTOOLS_LOG_LEVEL ??= process.env.LOG_LEVEL ?? 'ERROR';
  process.env.POWERTOOLS_METRICS_NAMESPACE ??= 'InMailCredits';
  process.env.POWERTOOLS_METRICS_DISABLED ??= 'true';
  const [routes, sweeps] = await Promise.all([loadAll(ROUTES), loadAll(SWEEPS)]);
  return { routes, sweeps } as Handlers;
}

async function loadAll(rows: readonly { readonly name: string }[]): Promise<Record<string, unknown>> {
  const loaded = rows.map(async ({ name }) => [name, (await import(`../../functions/${name}.ts`)).handler]);
  return Object.fromEntries(await Promise.all(loaded));
}

/** API functions have 10 s and sweeps 15 min, as in the service stack. */
const TIMEOUTS_MILLIS = { api: 10_000, sweep: 15 * 60_000 };

export function contextOf(functionName: string, kind: keyof typeof TIMEOUTS_MILLIS, awsRequestId: string): Context {
  const endsAtMillis = performance.now() + TIMEOUTS_MILLIS[kind];
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    awsRequestId,
    logGroupName: `/local/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, endsAtMillis - performance.now()),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}

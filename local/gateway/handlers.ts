/** Runs the handlers of the Lambda functions in this process. */
import '../telemetry-settings.ts';
import { randomUUID } from 'node:crypto';
import type {
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2,
  Context,
  DynamoDBBatchResponse,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import { ENDPOINTS, type EndpointName } from '../../shared/contract/endpoints.ts';
import { type QueueName, timeoutSecondsOf } from '../../shared/contract/queues.ts';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import type { PublisherRuntime } from '../../shared/events/runtime.ts';
import type { Handler, LambdaFunction } from '../../shared/runtime/lambda.ts';
import type { Runtime } from '../../shared/runtime/runtime.ts';
import type { ListerRuntime, WorkerRuntime } from '../../shared/sweeps/runtime.ts';

type ApiHandler = Handler<APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2>;
type QueueHandler = Handler<SQSEvent, SQSBatchResponse>;
type StreamHandler = Handler<DynamoDBStreamEvent, DynamoDBBatchResponse>;

/** Each handler stands under the queue that feeds it. */
export type QueueHandlers = Readonly<Record<QueueName, QueueHandler>>;
export type ApiHandlers = Readonly<Record<EndpointName, ApiHandler>>;

/** The file names of the functions that a queue feeds. */
const FUNCTION_OF_QUEUE = [
  { queue: 'listings', name: 'list-due' },
  ...SWEEPS.map(({ name }) => ({ queue: name, name })),
];
const PUBLISHER = 'publish-events';

/** Loads every function ahead of its first use. */
export async function loadFunctions(): Promise<void> {
  const names = [...ENDPOINTS, ...FUNCTION_OF_QUEUE].map(({ name }) => name);
  await Promise.all([...names, PUBLISHER].map(functionNamed));
}

/** Loads a function at its first use, because logger and metrics read the environment at import. */
async function functionNamed<Runtime, Event, Result>(name: string): Promise<LambdaFunction<Runtime, Event, Result>> {
  return (await import(`../../functions/${name}.ts`)).handler;
}

export async function apiHandlers(runtime: Runtime): Promise<ApiHandlers> {
  const loaded = ENDPOINTS.map(async ({ name }) => {
    const handler = await functionNamed<
      Runtime,
      APIGatewayProxyEventV2WithJWTAuthorizer,
      APIGatewayProxyStructuredResultV2
    >(name);
    return [name, handler.on(runtime)] as const;
  });
  return Object.fromEntries(await Promise.all(loaded)) as ApiHandlers;
}

export async function queueHandlers(runtime: ListerRuntime & WorkerRuntime): Promise<QueueHandlers> {
  const loaded = FUNCTION_OF_QUEUE.map(async ({ queue, name }) => {
    const handler = await functionNamed<ListerRuntime & WorkerRuntime, SQSEvent, SQSBatchResponse>(name);
    return [queue, handler.on(runtime)] as const;
  });
  return Object.fromEntries(await Promise.all(loaded)) as QueueHandlers;
}

export async function streamHandler(runtime: PublisherRuntime): Promise<StreamHandler> {
  const handler = await functionNamed<PublisherRuntime, DynamoDBStreamEvent, DynamoDBBatchResponse>(PUBLISHER);
  return handler.on(runtime);
}

export const createInvoker =
  (handlers: QueueHandlers) =>
  (queue: QueueName) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    handlers[queue](event, createContext(queue, timeoutSecondsOf(queue), randomUUID()));

/** Lambda gives this to a function with the event. Callers pass the timeout of the service stack. */
export function createContext(functionName: string, timeoutSeconds: number, awsRequestId: string): Context {
  const endsAtMillis = performance.now() + timeoutSeconds * 1_000;
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

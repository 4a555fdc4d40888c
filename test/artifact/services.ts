/** The services that the functions of a stage reach on this machine: tables, queues, and a bus that notes its events. */
import { inject } from 'vitest';
import type { Resource } from '../../infra/assembly.ts';
import { nameIn } from '../../infra/names.ts';
import type { Stage } from '../../infra/stages.ts';
import type { Engine } from '../../local/engine.ts';
import { openEngine } from '../../local/open-engine.ts';
import { type LocalQueues, startQueues } from '../../local/queues/sqs-local.ts';
import type { QueueName } from '../../shared/contract/queues.ts';
import type { TableName } from '../../shared/contract/tables.ts';
import { ENGINE } from '../support/engine.ts';
import { type JsonServer, serveAwsJson } from './aws-json.ts';
import { serveDynamoDb } from './dynamodb-front.ts';
import type { Variables } from './function-process.ts';

type BusEntry = { readonly EventBusName: string; readonly DetailType: string; readonly Detail: string };

export type Services = AsyncDisposable & {
  readonly engine: Engine;
  readonly queues: LocalQueues;
  /** Every entry that the bus has taken. */
  readonly published: readonly BusEntry[];
  /** Credentials, and the addresses of the services. */
  readonly surroundings: Variables;
  /** The local thing that stands for a resource of the stage. */
  readonly refTo: (resource: Resource) => string;
};

export async function openServices(stage: Stage): Promise<Services> {
  await using cleanup = new AsyncDisposableStack();
  const queues = await startQueues();
  cleanup.defer(queues.stop);
  // The key opens the queues, and names the database in DynamoDB Local.
  const { accessKeyId, secretAccessKey } = await queues.client.config.credentials();
  const { hostname, port } = (await queues.client.config.endpoint?.()) ?? {};
  const sqs = `http://${hostname}:${port}`;
  const { engine, endpoint } = await openTables(cleanup, accessKeyId);
  const published: BusEntry[] = [];
  const bus = cleanup.use(await serveBus(published));
  const opened = cleanup.move();
  return {
    ...{ engine, queues, published },
    surroundings: {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_ENDPOINT_URL_EVENTBRIDGE: bus.endpoint,
      AWS_ENDPOINT_URL_SQS: sqs,
    },
    refTo: (resource) => localNameOf(resource, stage, { engine, queues, sqs }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function openTables(cleanup: AsyncDisposableStack, accessKeyId: string) {
  const dynamo = ENGINE === 'dynamodb' ? { endpoint: inject('dynamoEndpoint'), accessKeyId } : undefined;
  const engine = await openEngine({ name: ENGINE, ...(dynamo && { dynamo }) });
  cleanup.defer(engine.stop);
  if (dynamo) return { engine, endpoint: dynamo.endpoint };
  const front = cleanup.use(await serveDynamoDb(engine.client));
  return { engine, endpoint: front.endpoint };
}

/** EventBridge, which takes everything. */
const serveBus = (published: BusEntry[]): Promise<JsonServer> =>
  serveAwsJson(async (operation, input) => {
    if (operation !== 'PutEvents') return { status: 400, body: { __type: 'UnknownOperationException' } };
    const { Entries } = input as { readonly Entries: readonly BusEntry[] };
    published.push(...Entries);
    return {
      status: 200,
      body: { FailedEntryCount: 0, Entries: Entries.map((_, index) => ({ EventId: `${index}` })) },
    };
  });

type Local = Pick<Services, 'engine' | 'queues'> & { readonly sqs: string };

/** Throws an Error for a resource that nothing here stands for. */
function localNameOf({ Type, Properties = {} }: Resource, stage: Stage, { engine, queues, sqs }: Local): string {
  const own = (name: unknown) => String(name).replace(nameIn(stage, ''), '');
  const standIns: Readonly<Record<string, string | undefined>> = {
    'AWS::DynamoDB::GlobalTable': engine.tables[own(Properties.TableName) as TableName],
    // The SDK sends to the host of a queue's URL. The server's own URLs have a name that no resolver knows.
    'AWS::SQS::Queue': queues.queues[own(Properties.QueueName) as QueueName]?.url.replace(/^http:..[^/]+/, sqs),
    'AWS::Events::EventBus': String(Properties.Name),
  };
  const found = standIns[Type];
  if (found === undefined) throw new Error(`nothing stands for ${Type} ${JSON.stringify(Properties)}`);
  return found;
}

import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type IFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EVENT_BUS_VARIABLE, type EventEnvironment } from '../shared/contract/environment.ts';
import { EVENT_SOURCES, type EventSource } from '../shared/contract/events.ts';
import { createFailuresQueue } from './failures.ts';
import { createFunction } from './functions.ts';
import type { Tables } from './tables.ts';

/** 100 records make 200 events at the most, in 20 calls; 20 × 3 s, an attempt's longest, make this. */
const PUBLISHER_TIMEOUT = Duration.minutes(1);

/** 512 MB, as the API: a cold start is all CPU, and it holds a hundred records. */
const PUBLISHER_MEMORY_MEBIBYTES = 512;

const BATCHES = {
  batchSize: 100,
  // A sweep writes thousands a second: one invocation for a hundred, rather than a hundred. Nobody waits for an event.
  maxBatchingWindow: Duration.seconds(1),
  // Each entry is an item of its own, so with more than one at a time those of one wallet would overtake each other.
  parallelizationFactor: 1,
};

/**
 * A record that fails stands alone after at most seven halvings of a hundred, is tried five times more, and then makes
 * way. Six hours end a longer outage while three quarters of what the stream holds are still there to be read.
 */
const PATIENCE = { bisectBatchOnError: true, retryAttempts: 5, maxRecordAge: Duration.hours(6) };

export type Events = { readonly bus: EventBus; readonly publisher: IFunction; readonly failures: Queue };

/** The bus that others put their rules on, and the function that publishes to it what is new in the books. */
export function createEvents(scope: Construct, tables: Tables): Events {
  const bus = new EventBus(scope, 'Events', {
    description: 'InMail credits: what happened, for whoever wants to know',
  });
  // Says which records of which shard were given up, not what stands in them. Those of an invocation by hand, whole.
  const failures = createFailuresQueue(scope, 'PublishEventsFailures', {
    hurts:
      'Whoever listens to the bus: these events were not published. The books are right; the stream holds them a day.',
  });
  const publisher = createFunction(scope, {
    name: 'publish-events',
    tables,
    description: 'Publishes what is new in the books as events',
    memorySize: PUBLISHER_MEMORY_MEBIBYTES,
    timeout: PUBLISHER_TIMEOUT,
    deadLetterQueue: failures,
    environment: { [EVENT_BUS_VARIABLE]: bus.eventBusName } satisfies EventEnvironment,
  });
  publisher.addToRolePolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }));
  for (const source of EVENT_SOURCES) createMapping(scope, { source, tables, publisher, failures });
  return { bus, publisher, failures };
}

type MappingParts = Omit<Events, 'bus'> & { readonly source: EventSource; readonly tables: Tables };

function createMapping(scope: Construct, { source, tables, publisher, failures }: MappingParts): void {
  const { table, change } = source;
  const { node, tableStreamArn: eventSourceArn } = tables[table];
  if (!eventSourceArn) throw new Error(`table ${table} has no stream`);
  // To Lambda's pollers, which work in the function's name. ListStreams knows no resources and would want a star; named
  // on the stream it is what CDK's own grant for a TableV2 and the Serverless Framework give, and mappings want no more.
  publisher.addToRolePolicy(
    new PolicyStatement({
      actions: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((name) => `dynamodb:${name}`),
      resources: [eventSourceArn],
    }),
  );
  new EventSourceMapping(scope, `${node.id}Events`, {
    target: publisher,
    eventSourceArn,
    // From the oldest there is: what was written between the table and this mapping is news as well.
    startingPosition: StartingPosition.TRIM_HORIZON,
    filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual(change) })],
    ...BATCHES,
    ...PATIENCE,
    reportBatchItemFailures: true,
    // Not CDK's SqsDlq, which also grants what sending a message does not need. The function's own right to send comes
    // with its dead-letter queue, the same one.
    onFailure: { bind: () => ({ destination: failures.queueArn }) },
  });
}

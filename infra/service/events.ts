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
import { EVENT_BUS_VARIABLE, type EventEnvironment } from '../../shared/contract/environment.ts';
import { EVENT_SOURCES, type EventSource, MAX_RECORDS } from '../../shared/contract/events.ts';
import { pascalCaseOf } from '../../shared/contract/pascal-case.ts';
import { PUBLISHER_TIMEOUT_SECONDS } from '../../shared/contract/timeouts.ts';
import { PUBLISHERS_AT_ONCE } from '../concurrency.ts';
import { createFunction, roleOf } from '../lambda/functions.ts';
import type { Tables } from '../lambda/tables-in-use.ts';
import type { StageStack } from '../stage-stack.ts';
import { createFailuresQueue } from './failures.ts';
import { letOnlyPublish, letOnlySend } from './senders.ts';

/** 100 records make at most 200 events in 20 calls. An attempt takes at most 3 s, and 20 × 3 s are one minute. */
const PUBLISHER_TIMEOUT = Duration.seconds(PUBLISHER_TIMEOUT_SECONDS);

/** 512 MB, as for the API, because a cold start is all CPU. A hundred records fit in it. */
const PUBLISHER_MEMORY_MEBIBYTES = 512;

const BATCHES = {
  batchSize: MAX_RECORDS,
  // A sweep writes thousands of records a second. A short wait makes one invocation of a hundred records, not a hundred
  // invocations. No request waits for an event.
  maxBatchingWindow: Duration.seconds(1),
  // Each entry is an item of its own. With more than one batch at a time, the entries of one wallet would overtake each
  // other.
  parallelizationFactor: 1,
};

/**
 * A failing record stands alone after at most seven halvings of a hundred. It is tried five times more and then given up.
 * In a longer outage, records are given up after six hours. The stream keeps them for three times as long after that.
 */
const PATIENCE = { bisectBatchOnError: true, retryAttempts: 5, maxRecordAge: Duration.hours(6) };

export type Events = { readonly bus: EventBus; readonly publisher: IFunction; readonly failures: Queue };

/** The bus takes the rules of other services. The function publishes new changes of the books to it. */
export function createEvents(scope: StageStack, tables: Tables): Events {
  const bus = new EventBus(scope, 'Events', {
    eventBusName: scope.nameOf('events'),
    description: 'InMail credits: domain events for other services',
  });
  // A message names the shard and the records that were given up, without their content. After an invocation by hand, it
  // holds the whole records.
  const failures = createFailuresQueue(scope, 'publish-events');
  const publisher = createFunction(scope, {
    name: 'publish-events',
    tables,
    description: 'Publishes what is new in the books as events',
    memorySize: PUBLISHER_MEMORY_MEBIBYTES,
    timeout: PUBLISHER_TIMEOUT,
    deadLetterQueue: failures,
    reserved: PUBLISHERS_AT_ONCE,
    environment: { [EVENT_BUS_VARIABLE]: bus.eventBusName } satisfies EventEnvironment,
  });
  publisher.addToRolePolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }));
  for (const source of EVENT_SOURCES) createMapping(scope, { source, tables, publisher, failures });
  letOnlyPublish(scope, bus, roleOf(publisher));
  letOnlySend(scope, failures, [roleOf(publisher)]);
  return { bus, publisher, failures };
}

type MappingParts = Omit<Events, 'bus'> & { readonly source: EventSource; readonly tables: Tables };

function createMapping(scope: StageStack, { source, tables, publisher, failures }: MappingParts): void {
  const { table, change } = source;
  const { tableStreamArn: eventSourceArn } = tables[table];
  if (!eventSourceArn) throw new Error(`table ${table} has no stream`);
  // Lambda's pollers read the stream under the function's role. ListStreams knows no resources, so it would need a star. We
  // name the stream, as CDK's own grant for a TableV2 and the Serverless Framework do. Mappings need no more.
  publisher.addToRolePolicy(
    new PolicyStatement({
      actions: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((name) => `dynamodb:${name}`),
      resources: [eventSourceArn],
    }),
  );
  new EventSourceMapping(scope, `${pascalCaseOf(table)}Events`, {
    target: publisher,
    eventSourceArn,
    // The oldest record comes first, because records that are older than this mapping are news as well.
    startingPosition: StartingPosition.TRIM_HORIZON,
    filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual(change) })],
    ...BATCHES,
    ...PATIENCE,
    reportBatchItemFailures: true,
    // CDK's SqsDlq would also grant actions that sending a message does not need. The function may send already, because
    // its dead-letter queue is the same one.
    onFailure: { bind: () => ({ destination: failures.queueArn }) },
  });
}

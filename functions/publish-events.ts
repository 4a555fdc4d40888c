/**
 * Started by Lambda with the new records on the streams of the ledger and the InMails, in the order of each shard.
 * Late: events are late by up to 6 hours. Twice, in part or whole: the same events go out again, with the same ids.
 * Never: the failures queue names the records, if the code cannot understand one or the bus stays away.
 */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { DomainEvent } from '../shared/contract/events.ts';
import { MAX_PUT } from '../shared/events/event-bus.ts';
import { eventsOfRecord } from '../shared/events/from-record.ts';
import { NotTakenError, putAll } from '../shared/events/put-all.ts';
import { awsPublisherRuntime, type PublisherRuntime } from '../shared/events/runtime.ts';
import { lambda } from '../shared/runtime/lambda.ts';
import { count, logger, publishCounts } from '../shared/runtime/telemetry.ts';

/** `failure` is the first record that is not published in full. Lambda must give it again, and all after it. */
export type Published = { readonly events: number; readonly failure?: Failure };
type Failure = { readonly index: number; readonly error: unknown };

type Outgoing = { readonly index: number; readonly event: DomainEvent };

/** Publishes the events of the records in order, ten at a time. It stops at the first failure to keep the order. */
export async function publishEvents(records: readonly DynamoDBRecord[], world: PublisherRuntime): Promise<Published> {
  const { outgoing, unreadable } = translate(records, world);
  for (let start = 0; start < outgoing.length; start += MAX_PUT) {
    const group = outgoing.slice(start, start + MAX_PUT);
    const result = await putAll(
      group.map(({ event }) => event),
      world,
    );
    const [first] = result.left;
    if (first) {
      const events = start + group.length - result.left.length;
      const index = group.find(({ event }) => event.eventId === first.eventId)?.index ?? 0;
      return { events, failure: { index, error: new NotTakenError(result) } };
    }
  }
  return { events: outgoing.length, ...(unreadable && { failure: unreadable }) };
}

/** The events of the records up to the first that cannot be read. */
function translate(records: readonly DynamoDBRecord[], { rules }: PublisherRuntime) {
  const outgoing: Outgoing[] = [];
  for (const [index, record] of records.entries()) {
    try {
      outgoing.push(...eventsOfRecord(record, rules).map((event) => ({ index, event })));
    } catch (error) {
      return { outgoing, unreadable: { index, error } };
    }
  }
  return { outgoing };
}

export const handler = lambda(awsPublisherRuntime, (runtime: () => PublisherRuntime) =>
  middy<DynamoDBStreamEvent, DynamoDBBatchResponse, Error, Context>({ timeoutEarlyInMillis: 0 })
    .use(injectLambdaContext(logger))
    .use(publishCounts())
    .handler(async ({ Records }) => {
      const { events, failure } = await publishEvents(Records, runtime());
      count('events-published', events);
      if (!failure) return { batchItemFailures: [] };
      count('events-delayed');
      const itemIdentifier = Records[failure.index]?.dynamodb?.SequenceNumber;
      logger.error('the records from here on are to be given again', { itemIdentifier, error: failure.error as Error });
      // Only an error makes Lambda halve the batch that it gives again, until an unreadable record stands alone. If
      // records ahead of it are done, Lambda first begins anew at this one.
      if (failure.index === 0 || !itemIdentifier) throw failure.error;
      return { batchItemFailures: [{ itemIdentifier }] };
    }),
);

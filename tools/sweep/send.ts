/** Puts the listings of a whole sweep into the queue of a stage, as its schedules do. */
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { LocalFailure } from '../../local/failure.ts';
import type { ListingMessage } from '../../shared/contract/sweep-messages.ts';
import { shardGroupsOf, sweepNamed } from '../../shared/contract/sweeps.ts';
import type { Sqs } from '../aws/queues.ts';

/** One for each group of shards, so that several listers work at once. */
export const listingsOf = (message: ListingMessage): ListingMessage[] =>
  shardGroupsOf(sweepNamed(message.sweep)).map((shards) => ({ ...message, shards }));

/** SQS takes ten messages at a time. */
const MAX_SEND = 10;

/** Throws a LocalFailure if one is not taken. The same command may then be run again, because a listing may come twice. */
export async function sendListings(sqs: Sqs, QueueUrl: string, listings: readonly ListingMessage[]): Promise<void> {
  for (let start = 0; start < listings.length; start += MAX_SEND) {
    const Entries = listings
      .slice(start, start + MAX_SEND)
      .map((listing, index) => ({ Id: String(index), MessageBody: JSON.stringify(listing) }));
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    if (Failed[0]) throw new LocalFailure(`${Failed.length} listings were not taken: ${Failed[0].Message}`);
  }
}

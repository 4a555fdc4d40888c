/** The part of a table's stream in DynamoDB Local that a reader needs. */
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { MAX_RECORDS } from '../../shared/contract/events.ts';

/** A reader starts with new records, with the oldest record, or after a record. */
export type Start = 'LATEST' | 'TRIM_HORIZON' | { readonly after: string };

export type StreamSource = {
  /** All shards, oldest first. A closed shard gets no more records. */
  readonly shards: () => Promise<readonly { readonly shardId: string; readonly isClosed: boolean }[]>;
  readonly iterator: (shardId: string, start: Start) => Promise<string>;
  /** At most 100 records, as in a batch of the event source mapping. The end of a closed shard has no `next`. */
  readonly records: (iterator: string) => Promise<{
    readonly records: readonly StreamRecord[];
    readonly next?: string | undefined;
  }>;
};

/** A stream has a shard for every four hours of a day. A page of results holds a hundred. */
const MAX_SHARD_PAGES = 10;

export function streamSource(client: DynamoDBStreamsClient, StreamArn: string): StreamSource {
  return {
    shards: async () => (await allShards(client, StreamArn)).map(shardOf),
    iterator: async (ShardId, start) => {
      const from =
        typeof start === 'string'
          ? { ShardIteratorType: start }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: start.after };
      const { ShardIterator } = await client.send(new GetShardIteratorCommand({ StreamArn, ShardId, ...from }));
      if (!ShardIterator) throw new Error(`shard ${ShardId} has no iterator`);
      return ShardIterator;
    },
    records: async (ShardIterator) => {
      const response = await client.send(new GetRecordsCommand({ ShardIterator, Limit: MAX_RECORDS }));
      return { records: response.Records ?? [], next: response.NextShardIterator };
    },
  };
}

const shardOf = ({ ShardId = '', SequenceNumberRange }: Shard) => ({
  shardId: ShardId,
  isClosed: SequenceNumberRange?.EndingSequenceNumber !== undefined,
});

async function allShards(client: DynamoDBStreamsClient, StreamArn: string): Promise<Shard[]> {
  const shards: Shard[] = [];
  let ExclusiveStartShardId: string | undefined;
  for (let page = 0; page < MAX_SHARD_PAGES; page += 1) {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn, ExclusiveStartShardId }));
    shards.push(...(StreamDescription?.Shards ?? []));
    ExclusiveStartShardId = StreamDescription?.LastEvaluatedShardId;
    if (!ExclusiveStartShardId) return shards;
  }
  throw new RangeError(`${StreamArn} has more than ${MAX_SHARD_PAGES} pages of shards`);
}

/**
 * Reads a stream from now on, shard by shard, as Lambda's pollers do.
 *
 * DynamoDB Local keeps the records of a day on disk, also over a restart. It begins a new shard every four hours. It forgets
 * an iterator after 15 minutes, for example while a laptop is closed. It also reports an iterator from the start of a shard as
 * trimmed as soon as that shard has its first record. The reader then goes on from the oldest record.
 */
import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams';
import type { Start, StreamSource } from './stream-source.ts';

type Reading = { start: Start; iterator: string | undefined };

export class StreamReader {
  readonly #source: StreamSource;
  readonly #reading = new Map<string, Reading>();
  /** All shards at the last look. Any other shard is new and read from its beginning. */
  #known: ReadonlySet<string> = new Set();
  #mustLook = false;

  private constructor(source: StreamSource) {
    this.#source = source;
  }

  /** From now on the reader misses no record. It does not read earlier records. */
  static async open(source: StreamSource): Promise<StreamReader> {
    const reader = new StreamReader(source);
    const shards = await source.shards();
    reader.#known = new Set(shards.map(({ shardId }) => shardId));
    for (const { shardId } of shards.filter(({ isClosed }) => !isClosed)) {
      reader.#reading.set(shardId, { start: 'LATEST', iterator: await source.iterator(shardId, 'LATEST') });
    }
    reader.#mustLook = reader.#reading.size === 0;
    return reader;
  }

  /** New records since the last call, at most one batch of each shard, in the order of the shard. */
  async next(): Promise<StreamRecord[]> {
    if (this.#mustLook) await this.#look();
    const found: StreamRecord[] = [];
    for (const [shardId, reading] of this.#reading) found.push(...(await this.#read(shardId, reading)));
    return found;
  }

  async #read(shardId: string, reading: Reading): Promise<readonly StreamRecord[]> {
    try {
      reading.iterator ??= await this.#source.iterator(shardId, reading.start);
      const { records, next } = await this.#source.records(reading.iterator);
      const after = records.at(-1)?.dynamodb?.SequenceNumber;
      if (after !== undefined) reading.start = { after };
      reading.iterator = next;
      if (next === undefined) this.#leave(shardId);
      return records;
    } catch (error) {
      // The next call asks for another iterator.
      reading.iterator = undefined;
      const { name } = error as Error;
      if (name === 'TrimmedDataAccessException') {
        if (typeof reading.start === 'object') tellOfLoss(reading.start.after);
        reading.start = 'TRIM_HORIZON';
      } else if (name !== 'ExpiredIteratorException') {
        // The shard may be gone, for example after a night of sleep.
        this.#mustLook = true;
        throw error;
      }
      return [];
    }
  }

  #leave(shardId: string): void {
    this.#reading.delete(shardId);
    this.#mustLook = true;
  }

  /** Another shard follows each shard that ends. Every call looks for it until it shows. */
  async #look(): Promise<void> {
    const shards = await this.#source.shards();
    const shardIds = new Set(shards.map(({ shardId }) => shardId));
    for (const shardId of this.#reading.keys()) if (!shardIds.has(shardId)) this.#reading.delete(shardId);
    for (const shardId of shardIds) {
      if (!this.#known.has(shardId)) this.#reading.set(shardId, { start: 'TRIM_HORIZON', iterator: undefined });
    }
    this.#known = shardIds;
    this.#mustLook = this.#reading.size === 0;
  }
}

/** A trimmed first iterator means nothing (see above). After a record that was read it may mean a loss. */
function tellOfLoss(after: string): void {
  console.error(`events: some events after record ${after} may be missing, because the stream no longer has them`);
}

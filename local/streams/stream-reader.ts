/**
 * Reads a stream from now on, shard by shard, as Lambda's pollers do.
 *
 * DynamoDB Local keeps the records of a day on disk, restart or not, begins a new shard every four hours, and forgets an
 * iterator after 15 minutes, a closed lid for example. It also calls an iterator from the start of a shard trimmed as soon
 * as that shard has its first record: from where the oldest record is, it goes on.
 */
import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams';
import type { Start, StreamSource } from './stream-source.ts';

type Reading = { start: Start; iterator: string | undefined };

export class StreamReader {
  readonly #source: StreamSource;
  readonly #reading = new Map<string, Reading>();
  /** Every shard there was at the last look: those not among them are new, and read from their beginning. */
  #known: ReadonlySet<string> = new Set();
  #mustLook = false;

  private constructor(source: StreamSource) {
    this.#source = source;
  }

  /** From here on nothing is missed; what was written before is not read again. */
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

  /** What is new since the last call, a batch of each shard at the most, in the order of the shard. */
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
      // The next call asks for another one.
      reading.iterator = undefined;
      const { name } = error as Error;
      if (name === 'TrimmedDataAccessException') {
        if (typeof reading.start === 'object') tellOfLoss(reading.start.after);
        reading.start = 'TRIM_HORIZON';
      } else if (name !== 'ExpiredIteratorException') {
        // Perhaps the shard is gone: after a night's sleep it may be.
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

  /** Each shard that ends is followed by another; until that shows, every call looks for it. */
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

/** That a first iterator is trimmed means nothing (see above); of a record that was read it may mean a loss. */
function tellOfLoss(after: string): void {
  console.error(`events: some of those after record ${after} may be missing, because the stream no longer has them`);
}

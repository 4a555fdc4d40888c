import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams';
import { describe, expect, it, vi } from 'vitest';
import { StreamReader } from '../../local/dynamodb/stream-reader.ts';
import type { StreamSource } from '../../local/dynamodb/stream-source.ts';

/** A stream in memory that acts like DynamoDB Local, with its oddities. An iterator is `generation/shard/position`. */
class TestStream implements StreamSource {
  readonly #shards = new Map<string, { records: string[]; isClosed: boolean }>();
  /** Iterators of an earlier generation have expired. */
  #generation = 0;
  readonly #trimmed: string[] = [];
  fault: Error | undefined;

  add(shardId: string, ...records: string[]): this {
    const shard = this.#shards.get(shardId) ?? { records: [], isClosed: false };
    shard.records.push(...records);
    this.#shards.set(shardId, shard);
    return this;
  }

  close(shardId: string): this {
    const shard = this.#shards.get(shardId);
    if (shard) shard.isClosed = true;
    return this;
  }

  remove(shardId: string): this {
    this.#shards.delete(shardId);
    return this;
  }

  /** The oldest records are gone, as after a day. */
  trim(shardId: string, count: number): this {
    this.#trimmed.push(...this.#recordsOf(shardId).splice(0, count));
    return this;
  }

  expireIterators(): this {
    this.#generation += 1;
    return this;
  }

  shards = async () => [...this.#shards].map(([shardId, { isClosed }]) => ({ shardId, isClosed }));

  iterator: StreamSource['iterator'] = async (shardId, start) => {
    const records = this.#recordsOf(shardId);
    if (typeof start === 'object' && this.#trimmed.includes(start.after)) throw named('TrimmedDataAccessException');
    // The position before the first record is -1 as long as there is none. It is trimmed as soon as there is one.
    const first = records.length === 0 ? -1 : 0;
    const position = { LATEST: records.length || -1, TRIM_HORIZON: first };
    const at = typeof start === 'string' ? position[start] : records.indexOf(start.after) + 1;
    return `${this.#generation}/${shardId}/${at}`;
  };

  records: StreamSource['records'] = async (iterator) => {
    if (this.fault) throw this.fault;
    const [generation, shardId = '', position] = iterator.split('/');
    if (Number(generation) < this.#generation) throw named('ExpiredIteratorException');
    const records = this.#recordsOf(shardId);
    if (position === '-1' && records.length > 0) throw named('TrimmedDataAccessException');
    const from = Math.max(0, Number(position));
    const page = records.slice(from, from + 2);
    const isOver = this.#shards.get(shardId)?.isClosed && from + page.length === records.length;
    const at = records.length === 0 ? -1 : from + page.length;
    return {
      records: page.map((id) => ({ dynamodb: { SequenceNumber: id } })),
      ...(!isOver && { next: `${generation}/${shardId}/${at}` }),
    };
  };

  #recordsOf = (shardId: string): string[] => {
    const shard = this.#shards.get(shardId);
    if (!shard) throw new Error(`no shard ${shardId}`);
    return shard.records;
  };
}

const named = (name: string): Error => Object.assign(new Error(name), { name });

/** The records that a reader finds in so many calls. */
async function read(reader: StreamReader, calls = 5): Promise<string[]> {
  const found: StreamRecord[] = [];
  for (let call = 0; call < calls; call += 1) found.push(...(await reader.next()));
  return found.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
}

describe('the reader of a stream', () => {
  it('the reader reads all that is written after it opened, in order, one page of results after the other', async () => {
    const stream = new TestStream().add('A');
    const reader = await StreamReader.open(stream);
    expect(await read(reader)).toEqual([]);
    stream.add('A', 'a', 'b', 'c');
    expect(await read(reader)).toEqual(['a', 'b', 'c']);
    stream.add('A', 'd');
    expect(await read(reader)).toEqual(['d']);
  });

  it('the reader misses nothing that is written before its first call', async () => {
    const stream = new TestStream().add('A');
    const reader = await StreamReader.open(stream);
    stream.add('A', 'a');
    expect(await read(reader)).toEqual(['a']);
  });

  it('the reader skips what was written before it opened', async () => {
    const stream = new TestStream().add('old', 'x').close('old').add('A', 'a', 'b');
    const reader = await StreamReader.open(stream);
    stream.add('A', 'c');
    expect(await read(reader)).toEqual(['c']);
  });

  it('the reader goes on after the end of a shard with the first record of the next', async () => {
    const stream = new TestStream().add('A', 'a');
    const reader = await StreamReader.open(stream);
    stream.add('A', 'b', 'c').close('A').add('B', 'd');
    expect(await read(reader)).toEqual(['b', 'c', 'd']);
    stream.close('B').add('C');
    expect(await read(reader)).toEqual([]);
    stream.add('C', 'e');
    expect(await read(reader)).toEqual(['e']);
  });

  it('the reader looks for the next shard until there is one', async () => {
    const stream = new TestStream().add('A');
    const reader = await StreamReader.open(stream);
    stream.close('A');
    expect(await read(reader)).toEqual([]);
    stream.add('B', 'a');
    expect(await read(reader)).toEqual(['a']);
  });

  it('the reader that opens between two shards reads the next one', async () => {
    const stream = new TestStream().add('A', 'a').close('A');
    const reader = await StreamReader.open(stream);
    expect(await read(reader)).toEqual([]);
    stream.add('B', 'b');
    expect(await read(reader)).toEqual(['b']);
  });

  it('the reader goes on with the stream after its shard is gone', async () => {
    const stream = new TestStream().add('A');
    const reader = await StreamReader.open(stream);
    stream.remove('A').add('B', 'a');
    await expect(reader.next()).rejects.toThrow('no shard A');
    expect(await read(reader)).toEqual(['a']);
  });

  it('the reader goes on after its last record if its iterator has expired', async () => {
    const stream = new TestStream().add('A');
    const reader = await StreamReader.open(stream);
    stream.add('A', 'a');
    expect(await read(reader)).toEqual(['a']);
    stream.expireIterators().add('A', 'b', 'c', 'd');
    expect(await read(reader)).toEqual(['b', 'c', 'd']);
  });

  it('the reader reports lost records, and goes on with the oldest there is', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    const stream = new TestStream().add('A');
    const reader = await StreamReader.open(stream);
    stream.add('A', 'a');
    expect(await read(reader)).toEqual(['a']);
    expect(said).not.toHaveBeenCalled();
    stream.expireIterators().add('A', 'b', 'c').trim('A', 2);
    expect(await read(reader)).toEqual(['c']);
    expect(said.mock.calls).toEqual([
      ['events: some events after record a may be missing, because the stream no longer has them'],
    ]);
    said.mockRestore();
  });

  it('the reader throws any other fault, and goes on at its place once the fault is over', async () => {
    const stream = new TestStream().add('A');
    const reader = await StreamReader.open(stream);
    stream.add('A', 'a', 'b', 'c');
    expect(await read(reader, 2)).toEqual(['a', 'b']);
    stream.fault = new Error('unreachable');
    await expect(reader.next()).rejects.toThrow('unreachable');
    stream.fault = undefined;
    expect(await read(reader)).toEqual(['c']);
  });
});

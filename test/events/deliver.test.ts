import type { DynamoDBRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deliver, lambdaRecord, type Publish } from '../../local/streams/deliver.ts';

const record = (id: string) => ({ dynamodb: { SequenceNumber: id } }) as DynamoDBRecord;
const records = ['a', 'b', 'c', 'd'].map(record);
const idsOf = (all: readonly DynamoDBRecord[]) => all.map(({ dynamodb }) => dynamodb?.SequenceNumber).join('');

/** A function that handles every record, except those that `fails` names, and stops at the first of them. */
function publisher(fails: (id: string, call: number) => boolean) {
  const done: string[] = [];
  const calls: string[] = [];
  const publish: Publish = async ({ Records }) => {
    calls.push(idsOf(Records));
    for (const id of idsOf(Records)) {
      if (fails(id, calls.length)) {
        if (id === idsOf(Records)[0]) throw new Error(`${id} failed`);
        return { batchItemFailures: [{ itemIdentifier: id }] };
      }
      done.push(id);
    }
    return { batchItemFailures: [] };
  };
  return { publish, done, calls };
}

describe('the delivery of records', () => {
  // A record that is given up goes to the console, and a test run has no use for that.
  beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
  afterEach(() => void vi.restoreAllMocks());

  it('the delivery invokes the function once on success, and not at all without records', async () => {
    const { publish, calls } = publisher(() => false);
    await deliver(records, publish);
    await deliver([], publish);
    expect(calls).toEqual(['abcd']);
  });

  it('the delivery repeats the first record that failed and those behind it', async () => {
    const { publish, calls, done } = publisher((id, call) => id === 'c' && call < 3);
    await deliver(records, publish);
    expect(calls).toEqual(['abcd', 'cd', 'cd']);
    expect(done).toEqual(['a', 'b', 'c', 'd']);
  });

  it('the delivery gives up a record after five retries, and goes on with those behind it', async () => {
    const { publish, calls, done } = publisher((id) => id === 'b');
    await deliver(records, publish);
    expect(calls).toEqual(['abcd', ...Array(6).fill('bcd'), 'cd']);
    expect(done).toEqual(['a', 'c', 'd']);
  });
});

it('a record becomes the one that Lambda hands on, with its stream named and its time in seconds', () => {
  const made = lambdaRecord(
    {
      eventName: 'INSERT',
      dynamodb: { ApproximateCreationDateTime: new Date('2024-01-31T15:00:00.900Z'), Keys: { seq: { N: '1' } } },
    },
    'arn:stream',
  );
  expect(made).toEqual({
    eventName: 'INSERT',
    eventSourceARN: 'arn:stream',
    dynamodb: { ApproximateCreationDateTime: 1_706_713_200, Keys: { seq: { N: '1' } } },
  });
});

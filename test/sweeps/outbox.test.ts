import type { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { ofEachSweep } from '../../shared/contract/sweeps.ts';
import { BusyError } from '../../shared/store/store.ts';
import { sqsOutbox } from '../../shared/sweeps/outbox.ts';

const URLS = ofEachSweep(({ name }) => name);

type Answer = { Failed?: { Id: string; Message?: string }[] };

/** An SQS that gives prepared results, and then takes everything. */
function createOutbox(...answers: (Answer | Error)[]) {
  const calls: { queue: string | undefined; bodies: (string | undefined)[] }[] = [];
  const pauses: number[] = [];
  const client = {
    send: async ({ input: { QueueUrl, Entries = [] } }: SendMessageBatchCommand) => {
      calls.push({ queue: QueueUrl, bodies: Entries.map(({ MessageBody }) => MessageBody) });
      const answer = answers.shift() ?? {};
      if (answer instanceof Error) throw answer;
      return answer;
    },
  } as unknown as Pick<SQSClient, 'send'>;
  const pause = async (millis: number) => {
    pauses.push(millis);
  };
  return { outbox: sqsOutbox(client, URLS, { random: () => 1, pause }), calls, pauses };
}

describe('the outbox', () => {
  it.each([
    [0, []],
    [1, [1]],
    [10, [10]],
    [21, [10, 10, 1]],
  ])('the outbox sends %i batches ten at a time, to the queue of their sweep', async (count, sizes) => {
    const { outbox, calls } = createOutbox();
    const bodies = Array.from({ length: count }, (_, index) => `batch ${index}`);
    await outbox('remind-recipients', bodies);
    expect(calls.map((call) => call.bodies.length)).toEqual(sizes);
    expect(calls.flatMap((call) => call.bodies)).toEqual(bodies);
    expect(calls.every(({ queue }) => queue === 'remind-recipients')).toBe(true);
  });

  it('the outbox repeats only the batches that were not taken', async () => {
    const { outbox, calls, pauses } = createOutbox({ Failed: [{ Id: '1' }, { Id: '2' }] }, { Failed: [{ Id: '2' }] });
    await outbox('renew-wallets', ['a', 'b', 'c']);
    expect(calls.map(({ bodies }) => bodies)).toEqual([['a', 'b', 'c'], ['b', 'c'], ['c']]);
    expect(pauses).toEqual([100, 200]);
  });

  it('the outbox repeats all batches if the outcome is unknown', async () => {
    const { outbox, calls } = createOutbox(new Error('timed out'));
    await outbox('renew-wallets', ['a', 'b']);
    expect(calls.map(({ bodies }) => bodies)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('the outbox is busy after three times, and says how much is left and why', async () => {
    const no = { Failed: [{ Id: '1', Message: 'throttled' }] };
    const { outbox, calls } = createOutbox(no, no, no);
    const sending = outbox('renew-wallets', ['a', 'b']);
    await expect(sending).rejects.toThrow(BusyError);
    await expect(sending).rejects.toMatchObject({
      message: '1 of 2 batches could not be queued',
      cause: 'throttled',
    });
    expect(calls).toHaveLength(3);
  });
});

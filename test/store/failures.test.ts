import { describe, expect, it } from 'vitest';
import { meaningOf } from '../../shared/store/failures.ts';
import { repeatLostRaces } from '../../shared/store/race.ts';
import { BusyError, LostRaceError } from '../../shared/store/store.ts';

const sdkError = (name: string, more = {}): Error => Object.assign(new Error(name), { name, ...more });
const cancelled = (...codes: (string | undefined)[]) =>
  sdkError('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });

describe('a failure of DynamoDB', () => {
  it.each([
    ['a failed condition', sdkError('ConditionalCheckFailedException')],
    ['a conflict outside a transaction', sdkError('TransactionConflictException')],
    ['a transaction with a failed condition', cancelled('None', 'ConditionalCheckFailed')],
    ['a transaction that met another', cancelled('TransactionConflict', 'None', undefined)],
    ['a transaction with both', cancelled('TransactionConflict', 'ConditionalCheckFailed')],
  ])('%s is a lost race', (_, error) => {
    expect(meaningOf(error)).toBeInstanceOf(LostRaceError);
  });

  it.each([
    ['a throttled table', sdkError('ProvisionedThroughputExceededException')],
    ['a throttled account', sdkError('ThrottlingException')],
    ['throttling within a transaction', cancelled('None', 'ThrottlingError')],
    ['throttling and a failed condition', cancelled('ConditionalCheckFailed', 'ProvisionedThroughputExceeded')],
    ['a time-out', sdkError('TimeoutError')],
    ['the end of the function’s time', sdkError('AbortError')],
    ['a broken connection', sdkError('Error', { code: 'ECONNRESET' })],
    ['a response of 500', sdkError('Unheard', { $metadata: { httpStatusCode: 500 } })],
  ])('%s means busy, because it is unknown what was written', (_, error) => {
    expect(meaningOf(error)).toBeInstanceOf(BusyError);
  });

  it.each([
    ['an invalid request', sdkError('ValidationException', { $metadata: { httpStatusCode: 400 } })],
    ['a transaction too large', cancelled('None', 'ItemCollectionSizeLimitExceeded')],
    ['an invalid item in a transaction', cancelled('ValidationError', 'ConditionalCheckFailed')],
    ['missing permission', sdkError('AccessDeniedException', { $metadata: { httpStatusCode: 400 } })],
    ['a thrown text', 'oops'],
  ])('%s is a fault of ours and stays as it is', (_, error) => {
    expect(meaningOf(error)).toBe(error);
  });
});

describe('a lost race', () => {
  const race = async (losses: number) => {
    const pauses: number[] = [];
    let attempts = 0;
    const attempt = async () => {
      attempts += 1;
      if (attempts <= losses) throw new LostRaceError('lost');
      return 'won';
    };
    const pause = async (millis: number) => {
      pauses.push(millis);
    };
    const result = await repeatLostRaces(attempt, { random: () => 1, pause }).catch((error: unknown) => error);
    return { result, attempts, pauses };
  };

  it('a lost race is run again until it is won, with pauses that grow to a bound', async () => {
    const { result, attempts, pauses } = await race(8);
    expect({ result, attempts }).toEqual({ result: 'won', attempts: 9 });
    expect(pauses).toEqual([20, 40, 80, 160, 320, 640, 640, 640]);
  });

  it('a lost race is given up as busy after 16 attempts, before an API function’s 10 s are over', async () => {
    const { result, attempts, pauses } = await race(100);
    expect(result).toBeInstanceOf(BusyError);
    expect(attempts).toBe(16);
    expect(pauses.reduce((total, millis) => total + millis)).toBeLessThan(8_000);
  });

  it('a lost race is the only failure that is run again', async () => {
    let attempts = 0;
    const attempt = async () => {
      attempts += 1;
      throw new BusyError('throttled');
    };
    const patience = { random: () => 0, pause: async () => {} };
    await expect(repeatLostRaces(attempt, patience)).rejects.toThrow(BusyError);
    expect(attempts).toBe(1);
  });
});

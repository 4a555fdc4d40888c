import { describe, expect, it } from 'vitest';
import { meaningOf } from '../../shared/store/failures.ts';
import { repeatLostRaces } from '../../shared/store/race.ts';
import { BusyError, LostRaceError } from '../../shared/store/store.ts';

const sdkError = (name: string, more = {}): Error => Object.assign(new Error(name), { name, ...more });
const CALL = { operation: 'TransactWriteItems', tables: ['inmails', 'ledger'] };
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
    expect(meaningOf(error, CALL)).toBeInstanceOf(LostRaceError);
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
    expect(meaningOf(error, CALL)).toBeInstanceOf(BusyError);
  });

  it.each([
    ['an invalid request', sdkError('ValidationException', { $metadata: { httpStatusCode: 400 } })],
    ['a transaction too large', cancelled('None', 'ItemCollectionSizeLimitExceeded')],
    ['an invalid item in a transaction', cancelled('ValidationError', 'ConditionalCheckFailed')],
    ['missing permission', sdkError('AccessDeniedException', { $metadata: { httpStatusCode: 400 } })],
    ['a thrown text', 'oops'],
  ])('%s is a fault of ours and stays as it is', (_, error) => {
    expect(meaningOf(error, CALL)).toBe(error);
  });

  const PUT = { operation: 'PutItem', tables: ['ledger'] };

  it.each([
    ['ThrottlingException', sdkError('ThrottlingException', { $metadata: { attempts: 3 } }), 3],
    ['InternalServerError', sdkError('InternalServerError', { $metadata: { attempts: 3, httpStatusCode: 500 } }), 3],
    ['AbortError', sdkError('AbortError'), undefined],
    ['ECONNREFUSED', sdkError('Error', { code: 'ECONNREFUSED', $metadata: { attempts: 3 } }), 3],
    ['ConditionalCheckFailedException', sdkError('ConditionalCheckFailedException'), undefined],
  ])('a failure names its call, %s and its attempts', (awsError, error, attempts) => {
    expect(meaningOf(error, PUT)).toMatchObject({
      call: { operation: 'PutItem', table: 'ledger', awsError, attempts },
    });
  });

  it.each([
    [cancelled('None', 'ThrottlingError'), 'ledger', 'ThrottlingError'],
    [cancelled('TransactionConflict', undefined), 'inmails', 'TransactionConflict'],
    [
      cancelled('ConditionalCheckFailed', 'ThrottlingError'),
      'inmails, ledger',
      'ConditionalCheckFailed, ThrottlingError',
    ],
  ])('a cancelled transaction (%#) names only the tables that cancelled it', (error, table, awsError) => {
    expect(meaningOf(error, CALL)).toMatchObject({ call: { operation: CALL.operation, table, awsError } });
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

  it('a lost race that is given up names its last call and all its attempts', async () => {
    const call = { operation: 'PutItem', table: 'ledger', awsError: 'Conflict' };
    const attempt = () => Promise.reject(new LostRaceError('met another', { call }));
    await expect(repeatLostRaces(attempt, { random: () => 0, pause: async () => {} })).rejects.toMatchObject({
      message: 'every attempt lost its race: met another',
      call: { ...call, attempts: 16 },
    });
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

/** A request that fails by our fault tells the operator why, and tells nothing private. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context } from 'aws-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { type DocumentClient, documentClient } from '../../shared/store/database.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { BusyError, LostRaceError } from '../../shared/store/store.ts';
import { CONTEXT } from '../support/context.ts';
import { failCommits, GATEWAY_REQUEST_ID, partsOf, TestSystem } from '../support/system.ts';
import { whatIsTold } from '../support/told.ts';

const tables = { subscriptions: 'S', ledger: 'L', inmails: 'I', connections: 'C' };
const FUNCTION = 'inmail-credits-dev-send-inmail';
const REQUEST = { requestId: GATEWAY_REQUEST_ID, endpoint: 'send-inmail', route: 'POST /v1/inmails' };
const LETTER = { product: 'premium', recipientId: 'bob', subject: 'private subject', body: 'private body' };
const PRIVATE = ['private subject', 'private body', 'private key', 'private token'];
/** A send begins with several reads at once, and any of them may fail first. */
const CALLED = {
  operation: expect.stringMatching(/^(Query|GetItem)$/),
  table: expect.stringMatching(/^[LIC]$/),
};
const TIME_UP = Object.assign(new Error('aborted'), { name: 'AbortError' });

/** `millis` are left. The chain ends 500 ms before that. */
const contextWith = (millis: number): Context => ({
  ...CONTEXT,
  functionName: FUNCTION,
  getRemainingTimeInMillis: () => millis,
});

const send = (system: TestSystem, millis = 10_000) =>
  whatIsTold(() =>
    system.call('send-inmail', {
      as: 'ada',
      headers: { 'idempotency-key': '"private key"', authorization: 'Bearer private token' },
      body: LETTER,
      context: contextWith(millis),
    }),
  );

function systemOn(client: DocumentClient): TestSystem {
  const system = new TestSystem('2024-03-01T12:00:00Z');
  const storeFor = (signal?: AbortSignal) => dynamoStore({ client, tables, signal });
  return Object.assign(system, { runtime: { ...system.runtime, storeFor } });
}

const clientOf = (call: (signal: AbortSignal | undefined) => Promise<unknown>) =>
  ({
    send: (_command: unknown, { abortSignal }: { abortSignal?: AbortSignal }) => call(abortSignal),
  }) as unknown as DocumentClient;

const hanging = clientOf(
  (signal) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(TIME_UP))),
);

describe('a database that fails', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  /** The real client, against a DynamoDB that always gives this response, or none at all. */
  async function realClient(respond: { readonly status: number; readonly type: string } | 'never') {
    server = createServer((_, response) => {
      if (respond === 'never') return;
      response.writeHead(respond.status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${respond.type}`, message: 'no' }));
    });
    await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    return documentClient({ endpoint: `http://127.0.0.1:${port}`, region: 'local', credentials });
  }

  it.each([
    [400, 'ThrottlingException'],
    [400, 'ProvisionedThroughputExceededException'],
    [500, 'InternalServerError'],
  ])('a response of %i %s is logged with its route, its table and its attempts', async (status, type) => {
    const { result, logs, failures } = await send(systemOn(await realClient({ status, type })));
    expect([result.status, result.json.type]).toEqual([503, '/problems/busy']);
    expect(logs).toEqual([
      expect.objectContaining({
        ...{ level: 'WARN', message: 'busy', ...REQUEST, reason: type, awsError: type, attempts: 3 },
        ...{ function_request_id: 'request-1', afterMillis: 0, ...CALLED },
      }),
    ]);
    expect(failures).toEqual([`busy of ${FUNCTION}`]);
  });

  it('a database that gives no response is logged when the time of the function is nearly up', async () => {
    const { result, logs, failures } = await send(systemOn(await realClient('never')), 1_200);
    expect([result.status, result.json.type]).toEqual([503, '/problems/busy']);
    expect(logs).toEqual([
      expect.objectContaining({ ...REQUEST, ...CALLED, awsError: 'AbortError', afterMillis: 8_800 }),
    ]);
    expect(failures).toEqual([`busy of ${FUNCTION}`]);
  });
});

describe('a request of our fault', () => {
  it('a race that is lost every time is logged with all its attempts', async () => {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    await system.subscribe('ada', 'premium-career');
    const call = { operation: 'TransactWriteItems', table: 'L, I', awsError: 'TransactionConflict' };
    failCommits(system, () => new LostRaceError('TransactionConflict', { call }));
    const { result, logs } = await send(system);
    expect(result.status).toBe(503);
    expect(logs).toEqual([expect.objectContaining({ ...REQUEST, ...call, attempts: 16 })]);
    expect(logs[0].reason).toBe('every attempt lost its race: TransactionConflict');
  });

  it('a request that runs out of time between two calls is logged and counted as well', async () => {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    await system.subscribe('ada', 'premium-career');
    failCommits(system, () => new LostRaceError('lost'));
    Object.assign(system.runtime, { pause: () => new Promise(() => {}) });
    const { result, logs, failures } = await send(system, 550);
    expect(result.status).toBe(503);
    expect(logs).toEqual([expect.objectContaining({ ...REQUEST, reason: 'the time was up outside of a call' })]);
    expect(failures).toEqual([`busy of ${FUNCTION}`]);
  });

  it('an unexpected error is logged with its route and its stack', async () => {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    await system.subscribe('ada', 'premium-career');
    failCommits(system, () => new RangeError('a fault of ours'));
    const { result, logs, failures } = await send(system);
    expect(result.status).toBe(500);
    expect(logs).toEqual([expect.objectContaining({ level: 'ERROR', message: 'unexpected', ...REQUEST })]);
    expect(logs[0].error).toMatchObject({ name: 'RangeError', stack: expect.stringContaining('faults-told') });
    expect(failures).toEqual([`internal-error of ${FUNCTION}`]);
  });

  it.each([
    ['hangs', () => systemOn(hanging)],
    ['throttles', () => systemOn(clientOf(() => Promise.reject(throttledWith(LETTER))))],
    ['is busy', () => failing(new BusyError('throttled'))],
    ['has a fault', () => failing(new Error('a fault of ours'))],
  ])('a database that %s brings nothing private into a log', async (_, systemThat) => {
    const { result, text } = await send(systemThat(), 700);
    expect(result.status).toBeGreaterThanOrEqual(500);
    expect(text).toContain(GATEWAY_REQUEST_ID);
    for (const secret of PRIVATE) expect(text).not.toContain(secret);
  });

  it('a refusal is no fault, so it is counted without the function, and logged with its caller and its rule', async () => {
    const { result, logs, failures, counted } = await send(new TestSystem('2024-03-01T12:00:00Z'));
    expect(result.status).toBe(409);
    expect([failures, counted]).toEqual([[], ['no-active-subscription']]);
    const why = { caller: 'ada', problem: 'no-active-subscription', rule: result.json.rule };
    expect(logs).toEqual([expect.objectContaining({ level: 'INFO', message: 'refused', ...REQUEST, ...why })]);
    expect(logs[0].rule).toMatch(/^R\d/);
  });

  it('a request with faults is logged with its problem alone, because its words are private', async () => {
    const system = new TestSystem('2024-03-01T12:00:00Z');
    const body = { ...LETTER, 'private field': 'private value', product: 'private product' };
    const { logs, text } = await whatIsTold(() => system.call('send-inmail', { as: 'ada', body }));
    expect(logs).toEqual([expect.objectContaining({ message: 'refused', caller: 'ada', problem: 'invalid-request' })]);
    expect(text).not.toContain('private');
  });

  it('a caller without claims is logged without a name', async () => {
    const { logs } = await whatIsTold(() => new TestSystem('2024-03-01T12:00:00Z').call('list-plans', {}));
    expect(logs).toEqual([expect.objectContaining({ message: 'refused', problem: 'unauthenticated' })]);
    expect(logs[0]).not.toHaveProperty('caller');
  });
});

/** AWS may put the item of a failed condition into its error. */
const throttledWith = (Item: object) =>
  Object.assign(new Error('slow down'), { name: 'ThrottlingException', Item, CancellationReasons: [{ Item }] });

function failing(error: Error): TestSystem {
  return new TestSystem('2024-03-01T12:00:00Z', (store) => ({
    ...partsOf(store),
    inmails: { ...store.inmails, withKey: () => Promise.reject(error), last: () => Promise.reject(error) },
  }));
}

/** A conflict is no success. A worker acknowledges what it has seen done, and gives everything else back. */
import { describe, expect, it } from 'vitest';
import { SWEEPS, type SweepName } from '../../shared/contract/sweeps.ts';
import { BusyError, LostRaceError } from '../../shared/store/store.ts';
import type { MemoryStore } from '../support/memory-store.ts';
import { booksOf, createWorld, type Io, list, messageOf, run, undisturbed, work } from './world.ts';

const NAMES = SWEEPS.map(({ name }) => name);

/** Fails one call by its index, either before it is made or after it, so that its result is lost. */
function failing(index: number, moment: 'before' | 'after', error: Error) {
  let calls = 0;
  let failed = false;
  const io: Io = async (call) => {
    calls += 1;
    if (calls !== index) return call();
    failed = true;
    if (moment === 'after') await call();
    throw error;
  };
  return { io, wasUsed: () => failed };
}

/** Works on all batches, and repeats each one until it is not given back. */
async function workAll(sweep: SweepName, store: MemoryStore, io: Io): Promise<number> {
  const queue: string[] = [];
  await list(messageOf(sweep), queue, store, undisturbed);
  let givenBack = 0;
  for (let body = queue.shift(); body && givenBack < 5; body = queue.shift()) {
    const { failed } = await work(sweep, body, store, io);
    if (failed > 0) queue.push(body);
    givenBack += failed > 0 ? 1 : 0;
  }
  return givenBack;
}

async function expected(sweep: SweepName) {
  const store = await createWorld();
  await run(sweep, store);
  return booksOf(store);
}

describe.each(NAMES)('%s', (sweep) => {
  it.each([
    ['meets another transaction', 'before', new LostRaceError('TransactionConflictException')],
    ['loses its result, and is repeated by the SDK', 'after', new LostRaceError('ConditionalCheckFailedException')],
    ['is throttled', 'before', new BusyError('ThrottlingException')],
    ['meets itself', 'before', new BusyError('TransactionInProgressException')],
    ['loses its result for good', 'after', new BusyError('TimeoutError')],
  ] as const)(`${sweep} leaves nothing undone if any one call %s`, async (_, moment, error) => {
    const whole = await expected(sweep);
    for (let index = 1; ; index += 1) {
      const store = await createWorld();
      const { io, wasUsed } = failing(index, moment, error);
      const givenBack = await workAll(sweep, store, io);
      expect([index, booksOf(store)]).toEqual([index, whole]);
      // A call with an unknown outcome is given back. A conflict is tried again at once.
      if (wasUsed()) expect([index, givenBack]).toEqual([index, error instanceof BusyError ? 1 : 0]);
      else break;
    }
  });

  it(`${sweep} gives back a message whose writes always meet others`, async () => {
    const store = await createWorld();
    const queue: string[] = [];
    await list(messageOf(sweep), queue, store, undisturbed);
    const before = booksOf(store);
    const transact = store.transact.bind(store);
    store.transact = () => Promise.reject(new LostRaceError('TransactionConflictException'));
    for (const body of queue) {
      const report = await work(sweep, body, store, undisturbed);
      expect(report).toMatchObject({ written: 0, overtaken: 0, failed: report.found });
    }
    expect(booksOf(store)).toEqual(before);
    store.transact = transact;
    for (const body of queue) await work(sweep, body, store, undisturbed);
    expect(booksOf(store)).toEqual(await expected(sweep));
  });
});

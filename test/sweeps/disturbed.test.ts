/** However a sweep is disturbed, the books end like those of an undisturbed run. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SWEEPS, type SweepName } from '../../shared/contract/sweeps.ts';
import type { MemoryStore } from '../support/memory-store.ts';
import { booksOf, createWorld, type Io, list, messageOf, run, undisturbed, work } from './world.ts';

const NAMES = SWEEPS.map(({ name }) => name);

async function expected(sweep: SweepName) {
  const store = await createWorld();
  await run(sweep, store);
  return booksOf(store);
}

type Moment = 'before' | 'after';

/** Kills the process at the call of this index, either before the call or before its result is read. */
function killer(index: number, moment: Moment) {
  let calls = 0;
  let killed = 0;
  /** A process that makes no other call once it is killed. */
  const process = (): Io => {
    let isDead = false;
    return async (call) => {
      if (isDead) throw new Error('killed');
      isDead = calls === index;
      calls += 1;
      if (!isDead) return call();
      killed += 1;
      if (moment === 'after') await call();
      throw new Error('killed');
    };
  };
  return { process, wasUsed: () => killed > 0 };
}

/** A run with a kill. The work under way is left, as if it ended in the dead-letter queue. */
async function killedRun(sweep: SweepName, store: MemoryStore, process: () => Io): Promise<string[]> {
  const queue: string[] = [];
  await list(messageOf(sweep), queue, store, process()).catch(() => {});
  const left: string[] = [];
  for (const body of queue) {
    const { failed } = await work(sweep, body, store, process());
    if (failed > 0) left.push(body);
  }
  return left;
}

describe.each(NAMES)('%s', (sweep) => {
  it.each(['before', 'after'] as const)(`${sweep} killed %s any call is finished by the next run`, async (moment) => {
    const whole = await expected(sweep);
    let kills = 0;
    for (let index = 0; ; index += 1) {
      const store = await createWorld();
      const { process, wasUsed } = killer(index, moment);
      await killedRun(sweep, store, process);
      expect(booksOf(store).faults).toEqual([]);
      await run(sweep, store);
      expect([index, booksOf(store)]).toEqual([index, whole]);
      if (!wasUsed()) break;
      kills += 1;
    }
    // The kills cover each part of the index, each batch, and one or more calls of each key.
    expect(kills).toBeGreaterThan(40);
  });

  it(`${sweep} killed during its work is finished by the same message given again`, async () => {
    const whole = await expected(sweep);
    for (const moment of ['before', 'after'] as const) {
      for (let index = 0; ; index += 1) {
        const store = await createWorld();
        const queue: string[] = [];
        await list(messageOf(sweep), queue, store, undisturbed);
        const { process, wasUsed } = killer(index, moment);
        for (const body of queue) {
          const { failed } = await work(sweep, body, store, process());
          if (failed > 0) expect(await work(sweep, body, store, process())).toMatchObject({ failed: 0 });
        }
        expect(booksOf(store)).toEqual(whole);
        if (!wasUsed()) break;
      }
    }
  });

  it(`${sweep} run twice at once leaves the same books, in any order of all calls`, async () => {
    const whole = await expected(sweep);
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const store = await createWorld();
        const io: Io = async (call) => {
          await scheduler.schedule(Promise.resolve());
          return call();
        };
        const reports = await scheduler.waitFor(Promise.all([run(sweep, store, io), run(sweep, store, io)]));
        expect(booksOf(store)).toEqual(whole);
        expect(reports.flat().every(({ failed }) => failed === 0)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it(`${sweep} leaves the same books with repeated batches in any order`, async () => {
    const whole = await expected(sweep);
    const listed = await createWorld();
    const batches: string[] = [];
    await list(messageOf(sweep), batches, listed, undisturbed);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...batches, ...batches], { minLength: batches.length }), async (given) => {
        const store = await createWorld();
        for (const body of [...given, ...batches.toReversed()]) await work(sweep, body, store, undisturbed);
        expect(booksOf(store)).toEqual(whole);
      }),
      { numRuns: 15 },
    );
  });

  it(`${sweep} has work in this world`, async () => {
    const before = booksOf(await createWorld());
    const after = await expected(sweep);
    expect(after.faults).toEqual([]);
    expect(after).not.toEqual(before);
  });
});

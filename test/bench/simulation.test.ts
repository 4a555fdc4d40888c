import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LISTER_MEBIBYTES, LISTERS_AT_ONCE, WORKER_MEBIBYTES } from '../../bench/simulation/assumptions.ts';
import { BatchQueue } from '../../bench/simulation/batch-queue.ts';
import { Capacity } from '../../bench/simulation/capacity.ts';
import { latencyDraws, seededChance } from '../../bench/simulation/chance.ts';
import { plotOf } from '../../bench/simulation/plot.ts';
import { costOf } from '../../bench/simulation/prices.ts';
import { rehearse } from '../../bench/simulation/rehearsal.ts';
import { reportOf } from '../../bench/simulation/report.ts';
import { modelUndisturbed, type Results, runQuick } from '../../bench/simulation/results.ts';
import { SCENARIOS } from '../../bench/simulation/scenarios.ts';
import { simulateSweep } from '../../bench/simulation/sweep-model.ts';
import { LaneTimetable } from '../../bench/simulation/timetable.ts';
import { VirtualClock } from '../../bench/simulation/virtual-clock.ts';
import { MAX_RECEIVES, retrySecondsAfter } from '../../shared/contract/queues.ts';
import { resourcesOf, synthesizeTemplates } from '../infra/synthesized.ts';

const committed = (name: string) => readFileSync(`bench/simulation/${name}`, 'utf8');
const RESULTS = JSON.parse(committed('results.json')) as Results;

describe('the committed results of the simulation', () => {
  it('a small run of the simulation gives its committed results again', () => {
    expect(JSON.parse(JSON.stringify(runQuick()))).toEqual(RESULTS.quick);
  });

  it('the committed results are those of the scenarios', () => {
    expect(RESULTS.runs.map(({ scenario }) => scenario)).toEqual(SCENARIOS);
  });

  it('the committed report and picture are made of the committed results', () => {
    expect(reportOf(RESULTS)).toBe(committed('README.md'));
    expect(plotOf(RESULTS.runs)).toBe(committed('sweep-of-50-million.svg'));
  });

  it.each(RESULTS.runs)('the scenario $scenario.name loses no wallet', ({ scenario, outcome }) => {
    expect(outcome.written + outcome.givenUpWallets).toBe(scenario.areDue ? scenario.wallets : 0);
  });
});

describe('the models', () => {
  it('the models take as long as the real handlers do in virtual time', async () => {
    const real = await rehearse({ invocations: 20, pages: 100 });
    const model = modelUndisturbed();
    expect(model).toEqual(RESULTS.modelled);
    expect(model.invocationMillis / real.invocationMillis).toBeGreaterThan(0.97);
    expect(model.invocationMillis / real.invocationMillis).toBeLessThan(1.03);
    expect(model.pageMillis / real.pageMillis).toBeGreaterThan(0.93);
    expect(model.pageMillis / real.pageMillis).toBeLessThan(1.07);
  });

  const few = { name: 'few', wallets: 20_000, workersAtOnce: 3, areDue: true } as const;

  it('the models write each wallet once where the table takes all writes', () => {
    const outcome = simulateSweep({ ...few, warm: { writes: 40_000, reads: 40_000 } });
    expect(outcome).toMatchObject({ written: 20_000, reads: 20_000, throttledWrites: 0, redelivered: 0, pages: 64 });
  });

  it('the models write each wallet once where the table takes little and batches come back', () => {
    const outcome = simulateSweep({ ...few, warm: { writes: 50, reads: 12_000 } });
    expect(outcome.throttledWrites).toBeGreaterThan(0);
    expect(outcome.redelivered).toBeGreaterThan(0);
    expect(outcome.written + outcome.givenUpWallets).toBe(20_000);
    expect(outcome.busiestSecondWrites).toBeLessThanOrEqual(2 * 50 + 1);
  });

  it('the models write nothing where nothing is due', () => {
    const outcome = simulateSweep({ ...few, areDue: false, warm: { writes: 4_000, reads: 12_000 } });
    expect(outcome).toMatchObject({ written: 0, reads: 20_000 });
  });
});

describe('what the simulation says of the stack', () => {
  it('the memory and the listers of the simulation are those of the stack', () => {
    const { service } = synthesizeTemplates();
    const functions = Object.entries(resourcesOf(service, 'AWS::Lambda::Function'));
    const memoryOf = (id: RegExp) =>
      functions.filter(([name]) => id.test(name)).map(([, { MemorySize }]) => MemorySize);
    expect(memoryOf(/^RenewWallets[0-9A-F]{8}$/)).toEqual([WORKER_MEBIBYTES]);
    expect(memoryOf(/^ListDue[0-9A-F]{8}$/)).toEqual([LISTER_MEBIBYTES]);
    const mappings = Object.entries(resourcesOf(service, 'AWS::Lambda::EventSourceMapping'));
    const atOnce = mappings
      .filter(([name]) => name.startsWith('ListDue'))
      .map(([, { ScalingConfig }]) => ScalingConfig);
    expect(atOnce).toEqual([{ MaximumConcurrency: LISTERS_AT_ONCE }]);
  });
});

describe('a table’s capacity', () => {
  it('a table takes its limit a second, and refuses more', () => {
    const capacity = new Capacity({ limit: 10, quota: 100 });
    const taken = Array.from({ length: 30 }, () => capacity.takeOne(0)).filter(Boolean).length;
    expect([taken, capacity.used, capacity.refused]).toEqual([10, 10, 20]);
    expect(Array.from({ length: 10 }, () => capacity.takeOne(500)).filter(Boolean).length).toBe(5);
  });

  it('a table grows to twice its busiest minute at the half hour, not before, and not past its quota', () => {
    const capacity = new Capacity({ limit: 10, quota: 15 });
    for (let at = 0; at < 29 * 60_000; at += 100) capacity.takeOne(at);
    expect(capacity.limit).toBe(10);
    capacity.takeOne(30 * 60_000);
    expect(capacity.limit).toBe(15);
  });

  it('a table does not grow without traffic', () => {
    const capacity = new Capacity({ limit: 10, quota: 100 });
    capacity.takeOne(31 * 60_000);
    expect(capacity.limit).toBe(10);
  });
});

describe('the queue of batches', () => {
  it('the queue gives a batch again after longer and longer times, eight times in all, and then gives it up', () => {
    const queue = new BatchQueue();
    queue.add({ keys: 100, unwritten: 100, receives: 0 });
    for (let [time, at] = [0, 0]; time < MAX_RECEIVES; time += 1, at += retrySecondsAfter(time) * 1_000) {
      expect(queue.hasVisible(at - 1)).toBe(time === 0);
      const [batch] = queue.receive(10, at);
      expect(batch?.receives).toBe(time + 1);
      if (batch) queue.fail(batch, at);
    }
    expect([queue.isEmpty, queue.givenUp.length, queue.redelivered]).toEqual([true, 1, MAX_RECEIVES - 1]);
  });
});

describe('chance and time', () => {
  it('latencies are drawn with the stated median and 99th percentile', () => {
    const draw = latencyDraws({ medianMillis: 6, p99Millis: 25 }, seededChance(1));
    const drawn = Array.from({ length: 100_000 }, draw).sort((one, other) => one - other);
    expect(drawn[50_000]).toBeCloseTo(6, 0);
    expect((drawn[99_000] ?? 0) / 25).toBeCloseTo(1, 1);
  });

  it('chance is the same for the same seed', () => {
    const [one, other] = [seededChance(5), seededChance(5)];
    expect(Array.from({ length: 5 }, one)).toEqual(Array.from({ length: 5 }, other));
  });

  it('the timetable takes lanes in the order of their times', () => {
    const timetable = new LaneTimetable(100);
    const chance = seededChance(3);
    const times = Array.from({ length: 100 }, chance);
    for (const [lane, at] of times.entries()) timetable.add(lane, at);
    const taken = times.map(() => times[timetable.take()]);
    expect(taken).toEqual(times.toSorted((one, other) => one - other));
    expect(timetable.nextAt).toBe(Number.POSITIVE_INFINITY);
  });

  it('virtual time passes for all that wait, in order, and takes no real time', async () => {
    const clock = new VirtualClock();
    const woken: number[] = [];
    const wait = async (at: number) => {
      await clock.until(at);
      woken.push(clock.nowMillis);
    };
    await clock.run(() => Promise.all([wait(3_600_000), wait(5), wait(7_200_000)]));
    expect(woken).toEqual([5, 3_600_000, 7_200_000]);
    await expect(clock.run(() => new Promise(() => {}))).rejects.toThrow('no time');
  });
});

describe('the cost of a sweep', () => {
  it('the cost of a sweep is the sum of its parts, by the published prices', () => {
    const outcome = {
      ...RESULTS.quick.outcome,
      ...{ written: 1_000_000, reads: 1_000_000, pages: 1_000, sends: 1_000 },
      ...{ workerInvocations: 1_000, listerInvocations: 16, workerMillis: 1_024_000_000 / 1769, listerMillis: 0 },
    };
    const cost = costOf(outcome, 6_000);
    expect(cost.writes).toBeCloseTo(0.625);
    expect(cost.reads).toBeCloseTo(0.125);
    expect(cost.indexReads).toBeCloseTo(0.0015625);
    expect(cost.lambda).toBeCloseTo(1_000 * 0.0000133334 + 1_016 * 0.0000002);
    expect(cost.sqs).toBeCloseTo(3_048 * 0.0000004);
    expect(cost.scheduler).toBeCloseTo(0.000016);
    const { total, ...parts } = cost;
    expect(total).toBeCloseTo(Object.values(parts).reduce((sum, part) => sum + part, 0));
  });
});

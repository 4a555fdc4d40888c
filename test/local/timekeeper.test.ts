import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { createAgenda, everyRun } from '../../local/clock/agenda.ts';
import { LocalClock } from '../../local/clock/clock.ts';
import { Gate } from '../../local/clock/gate.ts';
import { Timekeeper, type TimekeeperParts } from '../../local/clock/timekeeper.ts';
import { Timetable } from '../../local/clock/timetable.ts';
import { listingMessage } from '../../shared/contract/sweep-messages.ts';
import { expireInMails, remindRecipients, renewWallets } from '../../shared/contract/sweeps.ts';
import { type Instant, instant, millisOf, plusHours } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';

type Call = readonly [sweep: string, at: string, lookBackHours: number, clock: string];
type State = Parameters<TimekeeperParts['save']>[0];

/** However many sweeps there are, these are what the tests here count on. */
const THREE = [renewWallets, remindRecipients, expireInMails];

const START = instant('2027-01-10T10:30:00Z');
const REPORT = { found: 1, written: 1, overtaken: 0, leftOut: 0, failed: 0 };
const short = (at: string) => at.slice(5, 16);

/** A timekeeper whose sweeps only note their calls, on a real clock that stands until the test moves it. */
function world({
  pending = { renewalDays: [] as number[], sentAts: [] as string[] },
  saved = undefined as State | undefined,
} = {}) {
  const real = { at: START };
  const clock = new LocalClock(() => millisOf(real.at), saved);
  const calls: Call[] = [];
  const failing = new Set<string>();
  const onRun = { call: () => {} };
  const states: State[] = [];
  const gate = new Gate();
  const agenda = createAgenda(
    { renewalDays: new Set(pending.renewalDays), sentAts: pending.sentAts.map((at) => instant(at)) },
    RULES,
  );
  const timekeeper = new Timekeeper({
    clock,
    gate,
    timetable: new Timetable(THREE, clock.now(), saved?.schedules),
    readAgenda: async () => agenda,
    save: (state) => states.push(state),
    runSweep: async ({ sweep, scheduledAt, lookBackHours }) => {
      calls.push([sweep, short(scheduledAt), lookBackHours, short(clock.now())]);
      onRun.call();
      if (failing.has(sweep)) throw new Error('not today');
      return REPORT;
    },
  });
  const advance = (hours: number) => timekeeper.move((now) => plusHours(now, hours));
  return { real, timekeeper, gate, calls, failing, onRun, states, advance, lastState: () => states.at(-1) as State };
}

describe('moving the clock', () => {
  it('a move runs everything with work in order, at its scheduled time, and passes over the rest', async () => {
    const { advance, calls } = world({ pending: { renewalDays: [12], sentAts: ['2027-01-09T12:10:00Z'] } });
    const { now, ran, passedOver } = await advance(72);
    expect(now).toBe('2027-01-13T10:30:00.000Z');
    expect(calls).toEqual([
      ['renew-wallets', '01-12T00:05', 0, '01-12T00:05'],
      ['remind-recipients', '01-12T11:15', 0, '01-12T11:15'],
    ]);
    expect(ran).toEqual([
      { sweep: 'renew-wallets', scheduledAt: '2027-01-12T00:05:00.000Z', report: REPORT },
      { sweep: 'remind-recipients', scheduledAt: '2027-01-12T11:15:00.000Z', report: REPORT },
    ]);
    // 72 × 4 quarter-hourly runs and 2 × 3 daily ones, less the two that ran.
    expect(passedOver).toBe(72 * 4 + 6 - 2);
  });

  it('a move ends at its target, and the clock ticks on from there', async () => {
    const { real, advance, timekeeper } = world();
    await advance(5);
    expect(timekeeper.now()).toBe('2027-01-10T15:30:00.000Z');
    real.at = plusHours(real.at, 1);
    expect(timekeeper.now()).toBe('2027-01-10T16:30:00.000Z');
  });

  it('a move counts no run twice, even if it is cut into several', async () => {
    const { advance } = world();
    let passedOver = 0;
    for (const hours of [0, 0.25, 0.25, 0, 13.5, 0.25, 9.75]) passedOver += (await advance(hours)).passedOver;
    expect(passedOver).toBe(24 * 4 + 2);
  });

  it('two moves of a day run one after the other, and make two days', async () => {
    const { advance, timekeeper } = world({ pending: { renewalDays: [11, 12], sentAts: [] } });
    const [one, two] = await Promise.all([advance(24), advance(24)]);
    expect([one.ran.length, two.ran.length]).toEqual([1, 1]);
    expect(timekeeper.now()).toBe('2027-01-12T10:30:00.000Z');
  });

  it('a move waits for the requests under way, and lets others in when it is over', async () => {
    const { advance, gate, timekeeper, calls } = world({ pending: { renewalDays: [11], sentAts: [] } });
    const early = gate.pass(async () => {
      await setTimeout(20);
      return { ran: calls.length, now: timekeeper.now() };
    });
    const move = advance(24);
    await setTimeout(1);
    const late = gate.pass(async () => ({ ran: calls.length, now: timekeeper.now() }));
    expect(await early).toEqual({ ran: 0, now: START });
    expect(await late).toEqual({ ran: 1, now: (await move).now });
  });

  it('a refused move leaves the clock where it is, and the way open', async () => {
    const { timekeeper, gate } = world();
    const refused = timekeeper.move(() => {
      throw new RangeError('no');
    });
    await expect(refused).rejects.toThrow('no');
    expect(timekeeper.now()).toBe(START);
    expect(await gate.pass(async () => 'open')).toBe('open');
  });

  it('a move ends with the run under way when the system stops', async () => {
    const { advance, timekeeper, onRun, lastState } = world({ pending: { renewalDays: [11, 12, 13], sentAts: [] } });
    let stopped: Promise<void> | undefined;
    onRun.call = () => {
      stopped = timekeeper.stop();
    };
    const { ran, now } = await advance(24 * 30);
    await stopped;
    expect(ran).toHaveLength(1);
    expect(now).toBe('2027-01-11T00:05:00.000Z');
    expect(lastState().now).toBe(now);
  });
});

describe('a run that fails', () => {
  it('a run that fails is reported, and the next run looks back over it', async () => {
    const { advance, failing, calls } = world({ pending: { renewalDays: [11], sentAts: [] } });
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    failing.add('renew-wallets');
    expect((await advance(24)).ran).toEqual([
      { sweep: 'renew-wallets', scheduledAt: '2027-01-11T00:05:00.000Z', error: 'Error: not today' },
    ]);
    expect(error).toHaveBeenCalledOnce();
    error.mockRestore();
    failing.clear();
    await advance(48);
    expect(calls).toEqual([
      ['renew-wallets', '01-11T00:05', 0, '01-11T00:05'],
      ['renew-wallets', '01-12T00:05', 14, '01-12T00:05'],
    ]);
  });
});

describe('a schedule that is switched off', () => {
  it('a schedule that is off runs nothing, and looks back over the whole gap once it is on again', async () => {
    const { advance, timekeeper, calls } = world({ pending: { renewalDays: [15], sentAts: ['2027-01-10T09:10:00Z'] } });
    await timekeeper.setEnabled('renew-wallets', false);
    await advance(24 * 100);
    expect(calls.map(([name]) => name)).toEqual(['remind-recipients', 'expire-inmails']);
    await timekeeper.setEnabled('renew-wallets', true);
    await advance(48);
    // Off from 10 January 10:30 to 20 April 10:30. The run of 21 April covers a day of its own.
    expect(calls.slice(2)).toEqual([['renew-wallets', '04-21T00:05', 24 * 100 + 14 - 24, '04-21T00:05']]);
  });

  it('a schedule that is off stays off over a restart', async () => {
    const first = world();
    await first.timekeeper.setEnabled('expire-inmails', false);
    const second = world({ saved: first.lastState() });
    expect(second.timekeeper.schedules()['expire-inmails'].enabled).toBe(false);
  });
});

describe('as real time passes', () => {
  it('a run that falls due in real time runs once', async () => {
    const { real, timekeeper, calls } = world({ pending: { renewalDays: [11], sentAts: [] } });
    real.at = instant('2027-01-11T00:05:00.400Z');
    timekeeper.start();
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    await setTimeout(1_100);
    await timekeeper.stop();
    expect(calls).toEqual([['renew-wallets', '01-11T00:05', 0, '01-11T00:05']]);
  });

  it('one run makes up for all that a sweep missed while the system was down', async () => {
    const before = world();
    await before.timekeeper.stop();
    const pending = { renewalDays: [5], sentAts: ['2027-01-10T09:10:00Z'] };
    const { real, timekeeper, calls } = world({ pending, saved: before.lastState() });
    real.at = instant('2027-03-08T10:30:00Z');
    timekeeper.start();
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    await timekeeper.stop();
    const hoursDown = (Date.UTC(2027, 2, 8) - Date.UTC(2027, 0, 10)) / 3_600_000;
    expect(calls).toEqual([
      ['renew-wallets', '03-08T00:05', hoursDown - 10 - 24, '03-08T10:30'],
      ['remind-recipients', '03-08T10:30', hoursDown, '03-08T10:30'],
    ]);
  });
});

describe('after a pause of any length', () => {
  it.each([9, 11, 24, 900])(
    'every sweep runs again after a pause of %i years, with a message that the lister takes',
    async (years) => {
      const before = world();
      await before.timekeeper.stop();
      const pending = { renewalDays: [5], sentAts: ['2027-01-10T09:10:00Z'] };
      const { real, timekeeper, calls } = world({ pending, saved: before.lastState() });
      real.at = instant(`${2027 + years}-03-08T10:30:00Z`);
      timekeeper.start();
      await vi.waitFor(() => expect(calls).toHaveLength(3));
      await timekeeper.stop();
      for (const [sweep, , lookBackHours] of calls) {
        expect(listingMessage.safeParse({ sweep, scheduledAt: real.at, lookBackHours }).success).toBe(true);
      }
    },
  );
});

describe('the clock', () => {
  const at = (time: string) => millisOf(instant(time));

  it('the clock does not go back when the real one is set back', () => {
    let real = at('2027-01-10T10:30:00Z');
    const clock = new LocalClock(() => real);
    const before = clock.now();
    real -= 3_600_000;
    expect(clock.now()).toBe(before);
  });

  it('the clock goes on after a restart at its expected time, or at least at its last time', () => {
    const ahead = { now: instant('2027-06-01T00:00:00Z'), offsetMillis: at('2027-06-01T00:00:00Z') - at(START) };
    expect(new LocalClock(() => at(plusHours(START, 2)), ahead).now()).toBe('2027-06-01T02:00:00.000Z');
    expect(new LocalClock(() => at(plusHours(START, -2)), ahead).now()).toBe('2027-06-01T00:00:00.000Z');
  });

  it('the clock is saved no earlier than the writes of a run, in case the run is the last thing that happens', async () => {
    const { advance, states, calls } = world({ pending: { renewalDays: [11], sentAts: [] } });
    await advance(24);
    expect(calls).toHaveLength(1);
    expect(states.find(({ now }) => now === '2027-01-11T00:05:00.000Z')?.schedules['renew-wallets'].lastRunAt).toBe(
      START,
    );
  });
});

describe('every run', () => {
  it('every scheduled run takes place if the agenda always has work', () => {
    const timetable = new Timetable(THREE, START);
    const runs: string[] = [];
    for (let next = timetable.next(everyRun, plusHours(START, 24)); next && runs.length < 200; ) {
      runs.push(`${next.sweep.name} ${next.scheduledAt}`);
      timetable.finish(next, 'succeeded');
      next = timetable.next(everyRun, plusHours(START, 24));
    }
    expect(runs).toHaveLength(24 * 4 + 2);
    expect(runs.toSorted((one, other) => (one.slice(-24) < other.slice(-24) ? -1 : 1))).toEqual(runs);
    expect(runs[0]).toBe(`remind-recipients ${'2027-01-10T10:45:00.000Z' as Instant}`);
  });
});

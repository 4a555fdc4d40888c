import { expect, it } from 'vitest';
import { instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { NOTHING_DONE } from '../../shared/sweeps/worker.ts';
import { SweepTimetable } from '../../tools/replay/sweep-timetable.ts';

it('renewals of a replay run on each day on which a wallet may renew, month ends included, and on no other', async () => {
  const runs: string[] = [];
  const timetable = new SweepTimetable(RULES, instant('2024-01-29T12:00:00Z'), async ({ sweep, scheduledAt }) => {
    if (sweep === 'renew-wallets') runs.push(scheduledAt.slice(5, 16));
    return NOTHING_DONE;
  });
  timetable.noteSubscribed(instant('2024-01-30T23:59:59.999Z'));
  timetable.noteSubscribed(instant('2024-01-10T00:00:00Z'));
  await timetable.runUntil(instant('2024-05-01T12:00:00Z'));
  expect(runs).toEqual([
    ...['01-30T00:05', '02-01T00:05', '02-10T00:05', '02-29T00:05', '03-01T00:05', '03-10T00:05', '03-30T00:05'],
    ...['04-01T00:05', '04-10T00:05', '04-30T00:05', '05-01T00:05'],
  ]);
});

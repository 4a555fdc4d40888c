/** The time of a state folder: its clock, and the schedules with their last runs. */
import { join } from 'node:path';
import * as z from 'zod';
import { at } from '../../shared/contract/schemas.ts';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { readState, writeState } from '../state-folder.ts';
import type { ClockState } from './clock.ts';
import type { ScheduleStates } from './timetable.ts';

/** A new system has no schedules yet. */
export type Time = ClockState & { readonly schedules?: ScheduleStates };

const scheduleSchema = z.strictObject({ enabled: z.boolean(), lastRunAt: at, passedAt: at });
const timeSchema = z.strictObject({
  now: at,
  offsetMillis: z.int(),
  schedules: z.partialRecord(z.enum(SWEEPS.map(({ name }) => name)), scheduleSchema),
});

const fileIn = (dataDir: string): string => join(dataDir, 'clock.json');

/** Undefined in a new folder, and for a system in memory. Throws a LocalFailure for a damaged file. */
export function readTime(dataDir: string | undefined): Time | undefined {
  const time = dataDir === undefined ? undefined : readState(fileIn(dataDir), timeSchema);
  // A sweep that is newer than the file has no state in it. The timetable then starts it as in a new system.
  return time && { ...time, schedules: time.schedules as ScheduleStates };
}

export function saveTime(dataDir: string | undefined, time: Time): void {
  if (dataDir !== undefined) writeState(fileIn(dataDir), time);
}

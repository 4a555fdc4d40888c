/** The controls under `/local/`, which only a system on one machine has. They take no token. */
import type { Instant } from '../../../shared/domain/instant.ts';
import { problemIn, RefusedError } from '../../app/problem.ts';
import type { Run } from '../../words/time-words.ts';

export type Move = { readonly advance: string } | { readonly set: Instant };
export type Moved = { readonly now: Instant; readonly ran: readonly Run[]; readonly passedOver: number };

export type Schedule = {
  /** The name of a sweep. */
  readonly name: string;
  readonly cron: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly lastRunAt: Instant;
};

export type Queue = {
  readonly name: string;
  readonly waiting: number;
  readonly underWay: number;
  readonly failures: number;
};

export const EVENTS_URL = '/local/events';

export const readClock = (): Promise<{ readonly now: Instant }> => call('GET', '/local/clock');
export const moveClock = (move: Move): Promise<Moved> => call('POST', '/local/clock', move);
export const readSchedules = (): Promise<{ readonly schedules: readonly Schedule[] }> =>
  call('GET', '/local/schedules');
export const switchSchedule = (name: string, enabled: boolean): Promise<Schedule> =>
  call('PUT', `/local/schedules/${name}`, { enabled });
export const readQueues = (): Promise<{ readonly queues: readonly Queue[] }> => call('GET', '/local/queues');

/** Throws a RefusedError, also if the system cannot be reached. */
async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(path, {
    method,
    ...(body !== undefined && { headers, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new RefusedError({ slug: 'unreachable' });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new RefusedError(problemIn(response.status, answer));
  return answer as Answer;
}

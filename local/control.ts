/** The routes under `/local/`, which AWS does not have: clock, schedules, queues and events. They need no token. */
import { UTCDateMini } from '@date-fns/utc/date/mini';
import { addMonths } from 'date-fns/addMonths';
import { parse } from 'tinyduration';
import * as z from 'zod';
import { QUEUE_NAMES } from '../shared/contract/queues.ts';
import { at } from '../shared/contract/schemas.ts';
import { listingMessage } from '../shared/contract/sweep-messages.ts';
import { type NamedSweep, SWEEPS } from '../shared/contract/sweeps.ts';
import { earlierOf, type Instant, instant, millisOf } from '../shared/domain/instant.ts';
import { invalidRequest, ProblemError, problemResponse } from '../shared/http/problem-response.ts';
import { faultsOf } from '../shared/http/request.ts';
import type { Timekeeper } from './clock/timekeeper.ts';
import { type HttpRequest, partsOfTarget } from './gateway/http-event.ts';
import type { HttpHandler, HttpResult, StreamedResult } from './gateway/http-server.ts';
import type { SweepQueues } from './queues/sweep-queues.ts';

export const isControl = ({ target }: HttpRequest): boolean => target.startsWith('/local/');

export type ControlParts = {
  readonly timekeeper: Timekeeper;
  readonly sweeps: Pick<SweepQueues, 'states' | 'redrive'>;
  readonly events: HttpHandler<StreamedResult>;
};

export function createControl({ timekeeper, sweeps, events }: ControlParts): HttpHandler<HttpResult> {
  return async (request, requestId) => {
    const { method, target } = request;
    const call = `${method} ${partsOfTarget(target).path}`;
    if (call === 'GET /local/clock') return json({ now: timekeeper.now() });
    if (call === 'POST /local/clock') return json(await timekeeper.move(readMove(request)));
    if (call === 'GET /local/events') return events(request, requestId);
    if (call === 'GET /local/queues') return json({ queues: await sweeps.states() });
    if (call === 'POST /local/redrives')
      return json(await timekeeper.inTurn(() => sweeps.redrive(readBody(request, redriveSchema).queue)));
    if (call === 'POST /local/sweeps') return json(await timekeeper.runNow(readBody(request, sweepSchema)));
    if (call === 'GET /local/schedules') return json({ schedules: SWEEPS.map((sweep) => viewOf(sweep, timekeeper)) });
    const sweep = SWEEPS.find(({ name }) => call === `PUT /local/schedules/${name}`);
    if (!sweep) return problemResponse({ slug: 'not-found' });
    await timekeeper.setEnabled(sweep.name, readBody(request, switchSchema).enabled);
    return json(viewOf(sweep, timekeeper));
  };
}

const json = (body: unknown) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

function viewOf({ name, runs, summary, wrote }: NamedSweep, timekeeper: Timekeeper) {
  const { enabled, lastRunAt } = timekeeper.schedules()[name];
  return { name, cron: cronOf(runs), description: summary, wrote, enabled, lastRunAt };
}

const cronOf = (runs: NamedSweep['runs']): string =>
  'everyMinutes' in runs ? `*/${runs.everyMinutes} * * * *` : `${runs.minute} ${runs.hour} * * *`;

const redriveSchema = z.strictObject({ queue: z.enum(QUEUE_NAMES) });
const switchSchema = z.strictObject({ enabled: z.boolean() });
const moveSchema = z
  .strictObject({
    advance: z.iso.duration('an ISO 8601 duration such as P31D or PT71H').optional(),
    set: at.optional(),
  })
  .refine(({ advance, set }) => (advance === undefined) !== (set === undefined), 'either advance or set');

/** The expire sweep looks 91 days further back than this. It must not pass the first instant, in the year 1. */
const FIRST_LOOKED_AT = millisOf(instant('0002-01-01T00:00:00Z'));

/** A look-back to before the year 2 is a typing error, so it is refused before it is queued. */
const sweepSchema = listingMessage.refine(
  ({ scheduledAt, lookBackHours }) => !(millisOf(scheduledAt) - lookBackHours * 3_600_000 < FIRST_LOOKED_AT),
  { path: ['scheduledAt'], error: '`scheduledAt` minus `lookBackHours` must be in the year 2 or later' },
);

/** Long enough to test month ends and leap years, and short enough to end soon. */
const MAX_MOVE_YEARS = 10;
/** Instants end with the year 2999. A year before that, all scheduled and computed instants still exist. */
const LAST_MOVE = instant('2998-12-31T00:00:00Z');

function readMove(request: HttpRequest): (now: Instant) => Instant {
  const { advance, set } = readBody(request, moveSchema);
  const pointer = set === undefined ? '/advance' : '/set';
  return (now) => {
    const target = set ?? later(now, advance ?? '');
    if (target === undefined || target > earlierOf(LAST_MOVE, later(now, `P${MAX_MOVE_YEARS}Y`) ?? LAST_MOVE)) {
      throw invalid(pointer, `must be at most ${MAX_MOVE_YEARS} years ahead, and not after ${LAST_MOVE}`);
    }
    if (target < now) throw invalid(pointer, `the clock goes forward only, and it shows ${now}`);
    return target;
  };
}

/** Adds months and years by the calendar, and the rest by the clock. Undefined past the end of time. */
function later(now: Instant, duration: string): Instant | undefined {
  const { years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = parse(duration);
  const byCalendar = addMonths(new UTCDateMini(millisOf(now)), years * 12 + months).getTime();
  const byClockSeconds = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
  try {
    return instant(byCalendar + Math.round(byClockSeconds * 1_000));
  } catch {
    return undefined;
  }
}

function readBody<Schema extends z.ZodType>({ body }: HttpRequest, schema: Schema): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    throw new ProblemError({ slug: 'malformed-json' });
  }
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  throw invalidRequest(error.issues.flatMap((issue) => faultsOf('body', issue)));
}

const invalid = (pointer: string, detail: string): ProblemError => invalidRequest([{ in: 'body', pointer, detail }]);

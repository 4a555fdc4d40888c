/** The whole system on one machine: tables, API, schedules and a clock that can be moved. */
import { join } from 'node:path';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { at } from '../shared/contract/schemas.ts';
import { SWEEPS } from '../shared/contract/sweeps.ts';
import { type Instant, millisOf } from '../shared/domain/instant.ts';
import { RULES } from '../shared/domain/rules.ts';
import { type Runtime, SYSTEM } from '../shared/runtime/runtime.ts';
import type { TableNames } from '../shared/store/database.ts';
import { dynamoStore } from '../shared/store/dynamo-store.ts';
import { type Agenda, agendaOf, everyRun } from './clock/agenda.ts';
import { readAwaited } from './clock/awaited.ts';
import { type ClockState, LocalClock } from './clock/clock.ts';
import { Gate } from './clock/gate.ts';
import { Timekeeper } from './clock/timekeeper.ts';
import { type ScheduleStates, Timetable } from './clock/timetable.ts';
import { controlOf, isControl } from './control.ts';
import { borrowed, localClient, startDynamoDbLocal, type TablesAddress } from './dynamodb/dynamodb-local.ts';
import { createTables } from './dynamodb/tables.ts';
import { apiOf } from './gateway/gateway.ts';
import { apiHandlers } from './gateway/handlers.ts';
import type { HttpRequest } from './gateway/http-event.ts';
import { type Answer, type HttpResult, listen } from './gateway/http-server.ts';
import { forOwnPage } from './gateway/own-page.ts';
import { pageOf } from './gateway/page.ts';
import { type Issuer, openIssuer } from './identity/issuer.ts';
import { knownMembers } from './identity/known-members.ts';
import { isSignIn, signInOf } from './identity/sign-in.ts';
import { startQueues } from './queues/sqs-local.ts';
import { SweepQueues } from './queues/sweep-queues.ts';
import { announceEndpoint, lockStateFolder, makeFolder, readState, writeState } from './state-folder.ts';
import { startEventFeed } from './streams/feed.ts';

export type LocalSystemOptions = {
  /** Where everything is kept; left out, in memory. */
  readonly dataDir?: string | undefined;
  /** Left out or 0, any free one. */
  readonly port?: number;
  /** False runs every scheduled run, those too that find nothing: to show that passing over them changes nothing. */
  readonly passOver?: boolean;
  /** Where the built page stands; left out, there is none. */
  readonly pageDir?: string;
  /** What time it is where there are no books yet, in the past or in the future; left out, the real one. */
  readonly startsAt?: Instant;
  /** A DynamoDB Local that runs already, and goes on when this system stops; left out, one is started. */
  readonly dynamo?: TablesAddress;
};

export type LocalSystem = {
  readonly baseUrl: string;
  readonly dynamo: TablesAddress;
  readonly client: DynamoDBDocumentClient;
  readonly tables: TableNames;
  readonly clock: Timekeeper;
  readonly tokenFor: Issuer['tokenFor'];
  /** Settles, with the reason, should DynamoDB Local end before `stop` is called. */
  readonly broken: Promise<string>;
  readonly stop: () => Promise<void>;
};

/** Throws a LocalFailure, with nothing left running, for what the caller can put right. */
export async function startLocalSystem(options: LocalSystemOptions = {}): Promise<LocalSystem> {
  const cleanup = new AsyncDisposableStack();
  try {
    return await start(options, cleanup);
  } catch (error) {
    await cleanup.disposeAsync();
    throw error;
  }
}

async function start(
  { dataDir, port = 0, passOver = true, pageDir, startsAt, dynamo: given }: LocalSystemOptions,
  cleanup: AsyncDisposableStack,
) {
  if (dataDir !== undefined) {
    makeFolder(dataDir);
    cleanup.defer(lockStateFolder(dataDir));
  }
  const time = readTime(dataDir) ?? (startsAt && timeFrom(startsAt));
  const issuer = await openIssuer(dataDir);
  // The port comes before the seconds that Java takes: whether it is free is known at once, and early callers wait.
  const answer = Promise.withResolvers<Answer<HttpResult>>();
  answer.promise.catch(() => {});
  cleanup.defer(() => answer.reject(new Error('the local system did not start')));
  const server = await listen(port, async (...request) => (await answer.promise)(...request));
  cleanup.defer(server.close);

  const { dynamo, client, tables } = await startTables(given, dataDir, cleanup);
  const queues = await startQueues();
  cleanup.defer(queues.stop);
  // Before the tables go: requests under way may end.
  cleanup.defer(server.close);

  const clock = new LocalClock(Date.now, time);
  const runtime: Runtime = {
    ...SYSTEM,
    rules: RULES,
    clock: () => clock.now(),
    storeFor: (signal) => dynamoStore({ client, tables, signal }),
  };
  // Before anything is written. It ends before the server does, which waits for answers under way, and these never end.
  const events = await startEventFeed({ client, endpoint: dynamo.endpoint, tables });
  cleanup.defer(events.stop);
  const sweeps = await SweepQueues.open({ queues, runtime });
  const gate = new Gate();
  const timekeeper = new Timekeeper({
    clock,
    gate,
    timetable: new Timetable(SWEEPS, clock.now(), time?.schedules),
    runSweep: (message) => sweeps.run(message),
    readAgenda: async (): Promise<Agenda> => (passOver ? agendaOf(await readAwaited(client, tables), RULES) : everyRun),
    save: (state) => saveTime(dataDir, state),
  });
  cleanup.defer(() => timekeeper.stop());
  const api = apiOf({ handlers: await apiHandlers(runtime), issuer, gate });
  const control = forOwnPage(server.port, controlOf({ timekeeper, sweeps, events: events.answer }));
  const members = () => knownMembers(client, tables);
  const signIn = forOwnPage(server.port, signInOf({ tokenFor: issuer.tokenFor, members, nowMillis: Date.now }));
  const page = pageOf(pageDir);
  const answerFor = (request: HttpRequest): Answer<HttpResult> => {
    if (isSignIn(request)) return signIn;
    if (isControl(request)) return control;
    return page.has(request) ? page.answer : api;
  };
  answer.resolve((request, requestId) => answerFor(request)(request, requestId));
  timekeeper.start();
  if (dataDir !== undefined && !given) cleanup.defer(announceEndpoint(dataDir, dynamo.endpoint));

  return {
    baseUrl: server.baseUrl,
    dynamo,
    client,
    tables,
    clock: timekeeper,
    tokenFor: issuer.tokenFor,
    broken: dynamo.exited,
    stop: () => cleanup.disposeAsync(),
  };
}

async function startTables(
  given: TablesAddress | undefined,
  dataDir: string | undefined,
  cleanup: AsyncDisposableStack,
) {
  const dynamo = given ? borrowed(given) : await startDynamoDbLocal({ dataDir });
  cleanup.defer(dynamo.stop);
  const client = localClient(dynamo);
  cleanup.defer(() => client.destroy());
  return { dynamo, client, tables: await createTables(client) };
}

const scheduleSchema = z.strictObject({ enabled: z.boolean(), lastRunAt: at, passedAt: at });
const timeSchema = z.strictObject({
  now: at,
  offsetMillis: z.int(),
  schedules: z.partialRecord(z.enum(SWEEPS.map(({ name }) => name)), scheduleSchema),
});

const fileOf = (dataDir: string): string => join(dataDir, 'clock.json');

type Time = ClockState & { readonly schedules?: ScheduleStates };

const timeFrom = (now: Instant): Time => ({ now, offsetMillis: millisOf(now) - Date.now() });

function readTime(dataDir: string | undefined): Time | undefined {
  const time = dataDir === undefined ? undefined : readState(fileOf(dataDir), timeSchema);
  return time && { ...time, schedules: time.schedules as ScheduleStates };
}

function saveTime(dataDir: string | undefined, state: object): void {
  if (dataDir !== undefined) writeState(fileOf(dataDir), state);
}

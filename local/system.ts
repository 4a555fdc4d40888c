/** The whole system on one machine: tables, API, schedules and a clock that can be moved. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SWEEPS } from '../shared/contract/sweeps.ts';
import { type Instant, millisOf } from '../shared/domain/instant.ts';
import { RULES } from '../shared/domain/rules.ts';
import { type Runtime, SYSTEM } from '../shared/runtime/runtime.ts';
import type { TableNames } from '../shared/store/database.ts';
import { dynamoStore } from '../shared/store/dynamo-store.ts';
import { createAgenda, everyRun } from './clock/agenda.ts';
import { readAwaited } from './clock/awaited.ts';
import { LocalClock } from './clock/clock.ts';
import { Gate } from './clock/gate.ts';
import { readTime, saveTime, type Time } from './clock/saved-time.ts';
import { Timekeeper } from './clock/timekeeper.ts';
import { Timetable } from './clock/timetable.ts';
import { createControl, isControl } from './control.ts';
import { borrowed, localClient, startDynamoDbLocal, type TablesAddress } from './dynamodb/dynamodb-local.ts';
import { createTables } from './dynamodb/tables.ts';
import { createApi } from './gateway/gateway.ts';
import { apiHandlers, loadFunctions } from './gateway/handlers.ts';
import type { HttpRequest } from './gateway/http-event.ts';
import { type HttpHandler, type HttpResult, listen } from './gateway/http-server.ts';
import { forOwnPage } from './gateway/own-page.ts';
import { loadPage } from './gateway/page.ts';
import { type Issuer, openIssuer } from './identity/issuer.ts';
import { knownMembers } from './identity/known-members.ts';
import { createSignIn, isSignIn } from './identity/sign-in.ts';
import { startQueues } from './queues/sqs-local.ts';
import { SweepQueues } from './queues/sweep-queues.ts';
import { announceEndpoint, lockStateFolder, makeFolder } from './state-folder.ts';
import { type EventFeed, startEventFeed } from './streams/feed.ts';

export type LocalSystemOptions = {
  /** The folder that keeps everything. Without it, everything is in memory. */
  readonly dataDir?: string | undefined;
  /** Any free port by default, and for 0. */
  readonly port?: number;
  /** False runs every scheduled run, also those that find nothing. A test shows that passing over them changes nothing. */
  readonly passOver?: boolean;
  /** The folder of the built page. Without it, there is no page. */
  readonly pageDir?: string;
  /** The time of a system without books, in the past or in the future. It is the real time by default. */
  readonly startsAt?: Instant;
  /** A DynamoDB Local that runs already, and goes on when this system stops. Without it, the system starts one. */
  readonly dynamo?: TablesAddress;
};

export type LocalSystem = {
  readonly baseUrl: string;
  readonly dynamo: TablesAddress;
  readonly client: DynamoDBDocumentClient;
  readonly tables: TableNames;
  readonly clock: Timekeeper;
  readonly tokenFor: Issuer['tokenFor'];
  /** Settles with the reason if DynamoDB Local ends before a call of `stop`. */
  readonly broken: Promise<string>;
  readonly stop: () => Promise<void>;
};

/** Throws a LocalFailure for a fault that the caller can put right. It then leaves nothing running. */
export async function startLocalSystem(options: LocalSystemOptions = {}): Promise<LocalSystem> {
  const cleanup = new AsyncDisposableStack();
  try {
    return await start(options, cleanup);
  } catch (error) {
    await cleanup.disposeAsync();
    throw error;
  }
}

async function start(options: LocalSystemOptions, cleanup: AsyncDisposableStack): Promise<LocalSystem> {
  const { dataDir, port = 0, dynamo: given } = options;
  if (dataDir !== undefined) {
    makeFolder(dataDir);
    cleanup.defer(lockStateFolder(dataDir));
  }
  const timeBefore = timeOf(options);
  const issuer = await openIssuer(dataDir);
  const server = await startServer(port, cleanup);
  const books = await startBooks(given, dataDir, cleanup);
  const queues = await startQueues();
  cleanup.defer(queues.stop);
  // The server ends before the tables, so that requests under way can end.
  cleanup.defer(server.close);

  const clock = new LocalClock(Date.now, timeBefore);
  const runtime = createRuntime(books, clock);
  const events = await startEvents(books, cleanup);
  const sweeps = await SweepQueues.open({ queues, runtime });
  const gate = new Gate();
  const timetable = new Timetable(SWEEPS, clock.now(), timeBefore?.schedules);
  const timekeeper = createTimekeeper(options, { books, clock, gate, sweeps, timetable });
  cleanup.defer(() => timekeeper.stop());
  const api = createApi({ handlers: await apiHandlers(runtime), issuer, gate });
  server.handleWith(
    createFront({
      api,
      control: forOwnPage(server.port, createControl({ timekeeper, sweeps, events: events.handler })),
      signIn: forOwnPage(server.port, createLocalSignIn(issuer, books)),
      page: loadPage(options.pageDir),
    }),
  );
  timekeeper.start();
  const { client, tables, dynamo } = books;
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

function timeOf({ dataDir, startsAt }: LocalSystemOptions): Time | undefined {
  return readTime(dataDir) ?? (startsAt && { now: startsAt, offsetMillis: millisOf(startsAt) - Date.now() });
}

/**
 * Listens at once, because Java takes seconds to start. A port in use shows before that. Early requests wait for
 * `handleWith`.
 */
async function startServer(port: number, cleanup: AsyncDisposableStack) {
  const { promise, resolve, reject } = Promise.withResolvers<HttpHandler<HttpResult>>();
  promise.catch(() => {});
  cleanup.defer(() => reject(new Error('the local system did not start')));
  const server = await listen(port, async (...request) => (await promise)(...request));
  cleanup.defer(server.close);
  return { ...server, handleWith: (handler: HttpHandler<HttpResult>) => resolve(handler) };
}

type Books = Awaited<ReturnType<typeof startTables>>;

/** The functions load while Java starts, because each takes a second or two. */
async function startBooks(
  given: TablesAddress | undefined,
  dataDir: string | undefined,
  cleanup: AsyncDisposableStack,
): Promise<Books> {
  const [books, functions] = await Promise.allSettled([startTables(given, dataDir, cleanup), loadFunctions()]);
  if (books.status === 'rejected') throw books.reason;
  if (functions.status === 'rejected') throw functions.reason;
  return books.value;
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

const createRuntime = ({ client, tables }: Books, clock: LocalClock): Runtime => ({
  ...SYSTEM,
  rules: RULES,
  clock: () => clock.now(),
  storeFor: (signal) => dynamoStore({ client, tables, signal }),
});

/**
 * The feed starts before the first write. It ends before the server, because the server waits for open responses and those
 * of the feed never end by themselves.
 */
async function startEvents({ client, dynamo, tables }: Books, cleanup: AsyncDisposableStack): Promise<EventFeed> {
  const events = await startEventFeed({ client, endpoint: dynamo.endpoint, tables });
  cleanup.defer(events.stop);
  return events;
}

type TimeParts = {
  readonly books: Books;
  readonly clock: LocalClock;
  readonly gate: Gate;
  readonly sweeps: SweepQueues;
  readonly timetable: Timetable;
};

function createTimekeeper(
  { dataDir, passOver = true }: LocalSystemOptions,
  { books: { client, tables }, clock, gate, sweeps, timetable }: TimeParts,
): Timekeeper {
  return new Timekeeper({
    clock,
    gate,
    timetable,
    runSweep: (message) => sweeps.run(message),
    readAgenda: async () => (passOver ? createAgenda(await readAwaited(client, tables), RULES) : everyRun),
    save: (time) => saveTime(dataDir, time),
  });
}

const createLocalSignIn = ({ tokenFor }: Issuer, { client, tables }: Books): HttpHandler =>
  createSignIn({ tokenFor, members: () => knownMembers(client, tables), nowMillis: Date.now });

type FrontParts = {
  readonly api: HttpHandler;
  readonly control: HttpHandler<HttpResult>;
  readonly signIn: HttpHandler<HttpResult>;
  readonly page: ReturnType<typeof loadPage>;
};

function createFront({ api, control, signIn, page }: FrontParts): HttpHandler<HttpResult> {
  const handlerFor = (request: HttpRequest): HttpHandler<HttpResult> => {
    if (isSignIn(request)) return signIn;
    if (isControl(request)) return control;
    return page.has(request) ? page.handler : api;
  };
  return (request, requestId) => handlerFor(request)(request, requestId);
}

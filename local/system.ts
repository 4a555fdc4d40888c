/** The whole system on one machine: tables, API, schedules and a clock that can be moved. */
import { SWEEPS } from '../shared/contract/sweeps.ts';
import { type Instant, millisOf } from '../shared/domain/instant.ts';
import { RULES } from '../shared/domain/rules.ts';
import { type Runtime, SYSTEM } from '../shared/runtime/runtime.ts';
import type { Database } from '../shared/store/database.ts';
import { dynamoStore } from '../shared/store/dynamo-store.ts';
import { NOTHING_DONE } from '../shared/sweeps/worker.ts';
import { createAgenda, everyRun } from './clock/agenda.ts';
import { readAwaited } from './clock/awaited.ts';
import { LocalClock } from './clock/clock.ts';
import { Gate } from './clock/gate.ts';
import { readTime, saveTime, type Time } from './clock/saved-time.ts';
import { Timekeeper } from './clock/timekeeper.ts';
import { Timetable } from './clock/timetable.ts';
import { createControl, isControl } from './control.ts';
import type { TablesAddress } from './dynamodb/dynamodb-local.ts';
import { DEFAULT_ENGINE, type Engine, type EngineName } from './engine.ts';
import { createApi } from './gateway/gateway.ts';
import { apiHandlers, loadFunctions } from './gateway/handlers.ts';
import type { HttpRequest } from './gateway/http-event.ts';
import { type HttpHandler, type HttpResult, listen } from './gateway/http-server.ts';
import { forOwnPage } from './gateway/own-page.ts';
import { loadPage } from './gateway/page.ts';
import { type Issuer, openIssuer } from './identity/issuer.ts';
import { knownMembers } from './identity/known-members.ts';
import { createSignIn, isSignIn } from './identity/sign-in.ts';
import { openEngine } from './open-engine.ts';
import { sweepDirectly } from './queues/direct.ts';
import { startQueues } from './queues/sqs-local.ts';
import { SweepQueues } from './queues/sweep-queues.ts';
import { lockStateFolder, makeFolder } from './state-folder.ts';
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
  readonly engine?: EngineName;
  /**
   * True for books that are thrown away unless they are finished. Then no write waits for the disk, sweeps are called without
   * queues, and no events are told.
   */
  readonly isDraft?: boolean;
  /** A DynamoDB Local that runs already, and goes on when this system stops. It is then the engine. */
  readonly dynamo?: TablesAddress;
};

export type LocalSystem = Database & {
  readonly baseUrl: string;
  readonly clock: Timekeeper;
  readonly tokenFor: Issuer['tokenFor'];
  /** Settles with the reason if the engine ends before a call of `stop`. */
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
  const { dataDir, port = 0 } = options;
  if (dataDir !== undefined) {
    makeFolder(dataDir);
    cleanup.defer(lockStateFolder(dataDir));
  }
  const timeBefore = timeOf(options);
  const issuer = await openIssuer(dataDir);
  const server = await startServer(port, cleanup);
  const engine = await startEngine(options, cleanup);
  const clock = new LocalClock(Date.now, timeBefore);
  const runtime = createRuntime(engine, clock);
  const sweeps = await startSweeps(options, runtime, cleanup);
  // The server ends before the tables, so that requests under way can end.
  cleanup.defer(server.close);
  const events = await startEvents(options, engine, cleanup);
  const gate = new Gate();
  const timetable = new Timetable(SWEEPS, clock.now(), timeBefore?.schedules);
  const timekeeper = createTimekeeper(options, { engine, clock, gate, sweeps, timetable });
  cleanup.defer(() => timekeeper.stop());
  const api = createApi({ handlers: await apiHandlers(runtime), issuer, gate });
  server.handleWith(
    createFront({
      api,
      control: forOwnPage(server.port, createControl({ timekeeper, sweeps, events: events.handler })),
      signIn: forOwnPage(server.port, createLocalSignIn(issuer, engine)),
      page: loadPage(options.pageDir),
    }),
  );
  timekeeper.start();
  return {
    baseUrl: server.baseUrl,
    client: engine.client,
    tables: engine.tables,
    clock: timekeeper,
    tokenFor: issuer.tokenFor,
    broken: engine.broken,
    stop: () => cleanup.disposeAsync(),
  };
}

function timeOf({ dataDir, startsAt }: LocalSystemOptions): Time | undefined {
  return readTime(dataDir) ?? (startsAt && { now: startsAt, offsetMillis: millisOf(startsAt) - Date.now() });
}

/** Listens at once, so that a port in use shows before anything slow. Early requests wait for `handleWith`. */
async function startServer(port: number, cleanup: AsyncDisposableStack) {
  const { promise, resolve, reject } = Promise.withResolvers<HttpHandler<HttpResult>>();
  promise.catch(() => {});
  cleanup.defer(() => reject(new Error('the local system did not start')));
  const server = await listen(port, async (...request) => (await promise)(...request));
  cleanup.defer(server.close);
  return { ...server, handleWith: (handler: HttpHandler<HttpResult>) => resolve(handler) };
}

/** The functions load while Java starts, because each takes a second or two. */
async function startEngine(
  { engine: name = DEFAULT_ENGINE, dataDir, dynamo, isDraft }: LocalSystemOptions,
  cleanup: AsyncDisposableStack,
): Promise<Engine> {
  const opening = openEngine({ name, dataDir, dynamo, isDraft }).then((engine) => {
    cleanup.defer(engine.stop);
    return engine;
  });
  const [opened, functions] = await Promise.allSettled([opening, loadFunctions()]);
  if (opened.status === 'rejected') throw opened.reason;
  if (functions.status === 'rejected') throw functions.reason;
  return opened.value;
}

const createRuntime = ({ client, tables }: Engine, clock: LocalClock): Runtime => ({
  ...SYSTEM,
  rules: RULES,
  clock: () => clock.now(),
  storeFor: (signal) => dynamoStore({ client, tables, signal }),
});

type Sweeps = Pick<SweepQueues, 'run' | 'states' | 'redrive'>;

async function startSweeps(
  { isDraft = false }: LocalSystemOptions,
  runtime: Runtime,
  cleanup: AsyncDisposableStack,
): Promise<Sweeps> {
  if (isDraft) {
    const deps = () => ({ store: runtime.storeFor(), rules: runtime.rules, now: runtime.clock() });
    return {
      run: (message) => sweepDirectly(message, deps()),
      states: async () => [],
      redrive: async () => ({ ...NOTHING_DONE, moved: 0 }),
    };
  }
  const queues = await startQueues();
  cleanup.defer(queues.stop);
  return SweepQueues.open({ queues, runtime });
}

/**
 * The feed starts before the first write. It ends before the server, because the server waits for open responses and those
 * of the feed never end by themselves.
 */
async function startEvents(
  { isDraft = false }: LocalSystemOptions,
  engine: Engine,
  cleanup: AsyncDisposableStack,
): Promise<EventFeed> {
  const events = await startEventFeed(isDraft ? [] : await engine.openSources());
  cleanup.defer(events.stop);
  return events;
}

type TimeParts = {
  readonly engine: Engine;
  readonly clock: LocalClock;
  readonly gate: Gate;
  readonly sweeps: Sweeps;
  readonly timetable: Timetable;
};

function createTimekeeper(
  { dataDir, passOver = true }: LocalSystemOptions,
  { engine, clock, gate, sweeps, timetable }: TimeParts,
): Timekeeper {
  return new Timekeeper({
    clock,
    gate,
    timetable,
    runSweep: (message) => sweeps.run(message),
    readAgenda: async () => (passOver ? createAgenda(await readAwaited(engine), RULES) : everyRun),
    save: (time) => saveTime(dataDir, time),
  });
}

const createLocalSignIn = ({ tokenFor }: Issuer, engine: Engine): HttpHandler =>
  createSignIn({ tokenFor, members: () => knownMembers(engine), nowMillis: Date.now });

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

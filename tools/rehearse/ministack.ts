/** MiniStack, an emulator of AWS in Python. It takes templates, serves APIs, runs functions on Node and enforces IAM. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { endWithUs } from '../../local/dynamodb/process-guard.ts';
import { pythonPrograms } from '../python-environment.ts';
import { surroundings } from './call.ts';

/**
 * MiniStack is pinned, because another release knows other things. CDK's function that fills the page's bucket calls the
 * AWS command line and boto3. MiniStack signs with `cryptography`.
 */
const REQUIREMENTS = ['ministack==1.5.33', 'awscli==1.46.3', 'boto3==1.43.106', 'cryptography==50.0.2'] as const;

export const ACCOUNT = '123456789012';
export const REGION = 'us-east-1';

/** MiniStack takes the key of its own environment for the account's root. It checks the rights of every other key. */
const ROOT_KEY = { AWS_ACCESS_KEY_ID: 'rehearsal', AWS_SECRET_ACCESS_KEY: 'rehearsal' };

const LAUNCHER = fileURLToPath(new URL('launch_ministack.py', import.meta.url));

const START_MILLIS = 60_000;
const STOP_MILLIS = 5_000;
const POLL_MILLIS = 200;

export type MiniStack = AsyncDisposable & {
  readonly endpoint: string;
  /** The folder with the program `aws`. */
  readonly programs: string;
  /** For programs that call it as the account's root. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: string;
};

/** Installs it in `cache` if need be, and starts it with its files in `folder`. Throws an Error with the end of its log. */
export async function startMiniStack({ cache, folder }: Record<'cache' | 'folder', string>): Promise<MiniStack> {
  const programs = pythonPrograms({ folder: join(cache, 'ministack'), requirements: REQUIREMENTS });
  const port = await freePort();
  const log = join(folder, 'ministack.log');
  mkdirSync(folder, { recursive: true });
  const output = openSync(log, 'a');
  const child = spawn(join(programs, 'python'), [LAUNCHER], {
    cwd: folder,
    env: settingsOf(folder, port),
    // A group of its own, because Ctrl-C is to stop the rehearsal first and MiniStack last.
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  endWithUs(child);
  const endpoint = `https://localhost:${port}`;
  const certificate = certificateIn(folder);
  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => stop(child));
  await untilServing({ child, endpoint, certificate, log });
  const started = cleanup.move();
  return {
    ...{ endpoint, programs, log },
    environment: { ...ROOT_KEY, ...surroundings(), ...callersOf(endpoint, certificate) },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

/** MiniStack makes it under its TMPDIR. */
const certificateIn = (folder: string): string => join(folder, 'ministack-tls', 'server.crt');

/** The emulator is the only host that anything here speaks to. */
const trustIn = (certificate: string) => ({
  AWS_CA_BUNDLE: certificate,
  NODE_EXTRA_CA_CERTS: certificate,
  SSL_CERT_FILE: certificate,
});

const settingsOf = (folder: string, port: number) => ({
  ...surroundings(),
  ...ROOT_KEY,
  PATH: `${join(process.execPath, '..')}:${process.env.PATH}`, // functions run on the Node of this process
  ...trustIn(certificateIn(folder)), // functions call the emulator in turn
  AUTH: 'true',
  // With IAM come the policies that refuse everything but TLS.
  USE_SSL: '1',
  PYTHONDONTWRITEBYTECODE: '1',
  GATEWAY_PORT: String(port),
  BIND_HOST: '127.0.0.1',
  IOT_MTLS_ENABLED: '0',
  MINISTACK_ACCOUNT_ID: ACCOUNT,
  MINISTACK_REGION: REGION,
  TMPDIR: folder,
  STATE_DIR: join(folder, 'state'),
  S3_DATA_DIR: join(folder, 's3'),
});

const callersOf = (endpoint: string, certificate: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  ...trustIn(certificate),
});

type Starting = {
  readonly child: ChildProcess;
  readonly endpoint: string;
  readonly certificate: string;
  readonly log: string;
};

/** MiniStack makes a certificate of its own, which this process trusts from then on. */
async function untilServing({ child, endpoint, certificate, log }: Starting): Promise<void> {
  const deadline = Date.now() + START_MILLIS;
  while (child.exitCode === null && Date.now() < deadline) {
    if (existsSync(certificate)) {
      setDefaultCACertificates([...getCACertificates('default'), readFileSync(certificate, 'utf8')]);
      const isServing = await fetch(`${endpoint}/_ministack/health`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isServing) return;
    }
    await setTimeout(POLL_MILLIS);
  }
  throw new Error(`MiniStack did not start: ${readFileSync(log, 'utf8').slice(-2_000)}`);
}

/** Its workers end with it, because they read their work from it. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const late = new AbortController();
  const timeout = setTimeout(STOP_MILLIS, undefined, { signal: late.signal }).then(
    () => child.kill('SIGKILL'),
    () => {},
  );
  await gone;
  late.abort();
  await timeout;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

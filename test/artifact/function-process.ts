/** A bundle in a fresh process, in a folder where nothing of ours can be resolved, with the variables of its template alone. */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BundledFunction } from '../../infra/assembly.ts';
import { REGION } from '../../local/dynamodb/database-file.ts';
import type { Invocation, Outcome } from './lambda-runtime.ts';

const RUNTIME = fileURLToPath(new URL('lambda-runtime.ts', import.meta.url));

export type Variables = Readonly<Record<string, string>>;

export type FunctionProcess = {
  readonly invoke: (event: unknown) => Promise<Outcome>;
  /** Everything that it has printed, which CloudWatch would keep. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
};

type Parts = {
  readonly bundled: BundledFunction;
  /** Gets the copy of the bundle. */
  readonly folder: string;
  /** Those of the template, with the references resolved. */
  readonly variables: Variables;
  /** The addresses of local services, and the credentials. */
  readonly surroundings: Variables;
};

/** Lambda invokes an instance with one event at a time, and so must the caller. */
export function startFunction({ bundled, folder, variables, surroundings }: Parts): FunctionProcess {
  const { folder: bundle, properties } = bundled;
  const root = join(folder, bundled.name);
  cpSync(bundle, root, { recursive: true });
  const env = { ...variables, ...reserved(properties, root), ...surroundings };
  // No options of this process, because vitest's would load its own modules.
  const child = fork(RUNTIME, { cwd: root, env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let printed = '';
  const note = (chunk: Buffer) => {
    printed += chunk;
  };
  child.stdout?.on('data', note);
  child.stderr?.on('data', note);
  const ended = once(child, 'close');
  const failed = ended.then(() => Promise.reject(new Error(`${bundled.name} ended: ${printed}`)));
  failed.catch(() => {});
  return {
    invoke: async (event) => {
      const invocation: Invocation = { event, requestId: randomUUID(), timeoutSeconds: properties.Timeout };
      const outcome = once(child, 'message');
      child.send(invocation);
      const [message] = await Promise.race([outcome, failed]);
      return message as Outcome;
    },
    log: () => printed,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The variables that Lambda itself sets (docs.aws.amazon.com: configuration-envvars). */
function reserved({ FunctionName, MemorySize, Handler, Runtime }: BundledFunction['properties'], root: string) {
  return {
    _HANDLER: Handler,
    AWS_EXECUTION_ENV: `AWS_Lambda_${Runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
    AWS_LAMBDA_FUNCTION_NAME: FunctionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${FunctionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]0123456789abcdef',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    LAMBDA_TASK_ROOT: root,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    // The SDK would read the profiles of a developer.
    HOME: root,
  };
}

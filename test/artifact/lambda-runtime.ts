/**
 * Lambda's runtime for one function, as far as a function can tell. It loads `index.js` from the folder in `LAMBDA_TASK_ROOT`,
 * and calls the handler with each event that the parent sends. It notes the variables that the function reads.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

export type Invocation = { readonly event: unknown; readonly requestId: string; readonly timeoutSeconds: number };

/** `result` is JSON, as it leaves Lambda. With an error there is none. */
export type Outcome = {
  readonly result?: string;
  readonly error?: { readonly errorType: string; readonly errorMessage: string };
  /** The names of the variables that were read so far. */
  readonly read: readonly string[];
  readonly nodeVersion: string;
};

type Handler = (event: unknown, context: object) => Promise<unknown>;

const read = new Set<string>();

/** Stands in front of the environment before the bundle is loaded. */
function watchEnvironment(): void {
  process.env = new Proxy(process.env, {
    get: (variables, name) => {
      read.add(String(name));
      return Reflect.get(variables, name);
    },
  });
}

async function loadHandler(): Promise<Handler> {
  const { LAMBDA_TASK_ROOT = '', _HANDLER = '' } = process.env;
  const [file, name = ''] = _HANDLER.split('.');
  watchEnvironment();
  // Lambda, too, requires a module of CommonJS.
  const handler = createRequire(import.meta.url)(join(LAMBDA_TASK_ROOT, `${file}.js`))[name];
  // Node 24 on Lambda calls no handler with a callback, and refuses it.
  if (typeof handler !== 'function' || handler.length > 2) throw new TypeError(`${_HANDLER} is no async handler`);
  return handler;
}

function contextOf({ requestId, timeoutSeconds }: Invocation): object {
  const { AWS_LAMBDA_FUNCTION_NAME: functionName, AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memoryLimitInMB } = process.env;
  const endsAtMillis = performance.now() + timeoutSeconds * 1_000;
  return {
    ...{ functionName, memoryLimitInMB, functionVersion: '$LATEST', awsRequestId: requestId },
    invokedFunctionArn: `arn:aws:lambda:eu-central-1:123456789012:function:${functionName}`,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: '2026/01/01/[$LATEST]0123456789abcdef',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, endsAtMillis - performance.now()),
  };
}

async function outcomeOf(handler: Promise<Handler>, invocation: Invocation): Promise<Outcome> {
  const facts = () => ({ read: [...read], nodeVersion: process.version });
  const context = contextOf(invocation);
  try {
    const result = JSON.stringify((await (await handler)(invocation.event, context)) ?? null);
    return { result, ...facts() };
  } catch (error) {
    const { name, message } = error as Error;
    return { error: { errorType: name, errorMessage: message }, ...facts() };
  }
}

const handler = loadHandler();
process.on('message', async (invocation: Invocation) => {
  process.send?.(await outcomeOf(handler, invocation));
});

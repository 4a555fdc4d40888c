/** Gives a handler its runtime. On AWS it comes from the environment. Elsewhere the caller hands one in. */
import type { Context } from 'aws-lambda';
import type { Variables } from './environment.ts';

export type Handler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

/** AWS calls it. The local system and the tests call `on`, and get a handler on a runtime of their own. */
export type LambdaFunction<Runtime, Event, Result> = Handler<Event, Result> & {
  readonly on: (runtime: Runtime) => Handler<Event, Result>;
};

/**
 * `make` builds the handler, and gets a function that returns the runtime. On AWS the runtime is made once per
 * container. That happens at the first call and never at import, so that a missing variable fails the call and not the
 * start.
 */
export function lambda<Runtime, Event, Result>(
  fromEnvironment: (variables: Variables) => Runtime,
  make: (runtime: () => Runtime) => Handler<Event, Result>,
): LambdaFunction<Runtime, Event, Result> {
  let own: Runtime | undefined;
  const handler = make(() => {
    own ??= fromEnvironment(process.env);
    return own;
  });
  return Object.assign((event: Event, context: Context) => handler(event, context), {
    on: (runtime: Runtime) => make(() => runtime),
  });
}

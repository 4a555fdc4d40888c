/**
 * What a handler gets from the world: storage, time and chance. Made once per container from the environment, at the
 * first call and never at import, so that a warm Lambda holds no stale clock and a test can hand in its own.
 */
import { setTimeout } from 'node:timers/promises';
import { type Instant, instant } from '../domain/instant.ts';
import { RULES, type Rules } from '../domain/rules.ts';
import { documentClient } from '../store/database.ts';
import { dynamoStore } from '../store/dynamo-store.ts';
import { type Patience, repeatLostRaces } from '../store/race.ts';
import type { Store } from '../store/store.ts';
import { readEnvironment } from './environment.ts';

export type Runtime = Patience & {
  readonly rules: Rules;
  readonly clock: () => Instant;
  /** `signal` ends the store's calls when the function's time is up. */
  readonly storeFor: (signal?: AbortSignal) => Store;
};

/** What a use case works with. `now` is read once per call: one call, one instant. */
export type Deps = { readonly store: Store; readonly rules: Rules; readonly now: Instant };

export type UseCase<Input, Result> = (input: Input, deps: Deps) => Promise<Result>;

let current: Runtime | undefined;

export function runtime(): Runtime {
  current ??= lambdaRuntime(process.env);
  return current;
}

/** Lets the local server and the tests run the handlers on a store and a clock of their own. */
export function provideRuntime(provided: Runtime): void {
  current = provided;
}

export const SYSTEM: Pick<Runtime, 'clock' | 'random' | 'pause'> = {
  clock: () => instant(Date.now()),
  random: Math.random,
  pause: async (millis) => {
    await setTimeout(millis);
  },
};

function lambdaRuntime(variables: Record<string, string | undefined>): Runtime {
  const environment = readEnvironment(variables);
  const client = documentClient();
  const tables = {
    subscriptions: environment.SUBSCRIPTIONS_TABLE,
    ledger: environment.LEDGER_TABLE,
    inmails: environment.INMAILS_TABLE,
    connections: environment.CONNECTIONS_TABLE,
  };
  return { ...SYSTEM, rules: RULES, storeFor: (signal) => dynamoStore({ client, tables, signal }) };
}

/** Runs a use case, repeating it whole when it lost a race. */
export function perform<Input, Result>(
  useCase: UseCase<Input, Result>,
  input: Input,
  { rules, clock, storeFor, ...patience }: Runtime,
  signal?: AbortSignal,
): Promise<Result> {
  const deps = { store: storeFor(signal), rules, now: clock() };
  return repeatLostRaces(() => useCase(input, deps), patience);
}

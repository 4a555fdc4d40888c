/** A handler's access to storage, time and chance. It holds no state, so many can stand side by side. */
import { setTimeout } from 'node:timers/promises';
import { TABLE_VARIABLES, tableVariableOf } from '../contract/environment.ts';
import { ofEachTable } from '../contract/tables.ts';
import { type Instant, instant } from '../domain/instant.ts';
import { RULES, type Rules } from '../domain/rules.ts';
import { documentClient } from '../store/database.ts';
import { dynamoStore } from '../store/dynamo-store.ts';
import { repeatLostRaces } from '../store/race.ts';
import type { Patience } from '../store/retry.ts';
import type { Store } from '../store/store.ts';
import { readEnvironment, type Variables } from './environment.ts';

export type Runtime = Patience & {
  readonly rules: Rules;
  readonly clock: () => Instant;
  /** `signal` ends the store's calls when the function's time is up. */
  readonly storeFor: (signal?: AbortSignal) => Store;
};

/** The inputs of a use case besides its request. `now` is read once per call, so a call has one instant. */
export type Deps = DepsWithoutBooks & { readonly store: Store };

/** The inputs of a use case that reads and writes nothing. */
export type DepsWithoutBooks = { readonly rules: Rules; readonly now: Instant };

export type UseCase<Input, Result> = (input: Input, deps: Deps) => Promise<Result>;

export const SYSTEM: Pick<Runtime, 'clock' | 'random' | 'pause'> = {
  clock: () => instant(Date.now()),
  random: Math.random,
  pause: async (millis) => {
    await setTimeout(millis);
  },
};

/** The runtime on AWS. The variables name its tables. */
export function awsRuntime(variables: Variables): Runtime {
  const environment = readEnvironment(TABLE_VARIABLES, variables);
  const tables = ofEachTable((table) => environment[tableVariableOf(table)]);
  const client = documentClient();
  return { ...SYSTEM, rules: RULES, storeFor: (signal) => dynamoStore({ client, tables, signal }) };
}

/** Runs a use case, and repeats it whole when it lost a race. */
export function perform<Input, Result>(
  useCase: UseCase<Input, Result>,
  input: Input,
  { rules, clock, storeFor, ...patience }: Runtime,
  signal?: AbortSignal,
): Promise<Result> {
  const deps = { store: storeFor(signal), rules, now: clock() };
  return repeatLostRaces(() => useCase(input, deps), patience);
}

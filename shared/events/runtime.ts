/** What the publisher gets from the world, as `../runtime.ts` for everybody else: it touches no table, only the bus. */
import * as z from 'zod';
import { RULES, type Rules } from '../domain/rules.ts';
import { SYSTEM } from '../runtime/runtime.ts';
import type { Patience } from '../store/race.ts';
import { type EventBus, eventBridge } from './event-bus.ts';

export type EventRuntime = Patience & { readonly rules: Rules; readonly bus: EventBus };

export const eventEnvironmentSchema = z.object({ EVENT_BUS_NAME: z.string().min(1) });
export type EventEnvironment = z.infer<typeof eventEnvironmentSchema>;

let current: EventRuntime | undefined;

export function eventRuntime(): EventRuntime {
  current ??= lambdaRuntime(process.env);
  return current;
}

/** Lets the local server and the tests run the publisher on a bus of their own. */
export function provideEventBus(bus: EventBus, { random, pause }: Patience = SYSTEM): void {
  current = { bus, rules: RULES, random, pause };
}

function lambdaRuntime(variables: Record<string, string | undefined>): EventRuntime {
  const { success, data, error } = eventEnvironmentSchema.safeParse(variables);
  if (!success) throw new Error(`environment: ${z.prettifyError(error)}`);
  return { ...SYSTEM, rules: RULES, bus: eventBridge(data.EVENT_BUS_NAME) };
}

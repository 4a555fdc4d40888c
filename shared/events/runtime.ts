/** The publisher's access to the bus. It touches no table. */
import { EVENT_BUS_VARIABLE } from '../contract/environment.ts';
import { RULES, type Rules } from '../domain/rules.ts';
import { readEnvironment, type Variables } from '../runtime/environment.ts';
import { SYSTEM } from '../runtime/runtime.ts';
import type { Patience } from '../store/retry.ts';
import { type EventBus, eventBridge } from './event-bus.ts';

export type PublisherRuntime = Patience & { readonly rules: Rules; readonly bus: EventBus };

export function awsPublisherRuntime(variables: Variables): PublisherRuntime {
  const environment = readEnvironment([EVENT_BUS_VARIABLE], variables);
  return { ...SYSTEM, rules: RULES, bus: eventBridge(environment[EVENT_BUS_VARIABLE]) };
}

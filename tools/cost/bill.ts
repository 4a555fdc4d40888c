/** The bill of a month: what each service costs, idle and under a load. */

import { costOf, firstPriceOf } from './charge.ts';
import { type Facts, PLANS, type Plan } from './facts.ts';
import { PRICES, type PriceName, SERVICES, type Service } from './prices.ts';
import { ACTS, type Act, idleUses, inUseUses, memberPriceOf, type Use, usesOf } from './usage.ts';

export type Load = {
  readonly members: number;
  readonly sends: number;
  readonly responses: number;
  readonly reads: number;
  /** How many months of such books are kept. */
  readonly months: number;
};

type Line = { readonly service: Service; readonly idle: number; readonly dollars: number };

export type Bill = {
  /** One for each service that costs anything, the dearest first. */
  readonly lines: readonly Line[];
  readonly idle: number;
  readonly dollars: number;
  /** Dollars for one more of each, at the price of the first units. */
  readonly each: Readonly<Record<Act, number>>;
  /** Dollars for the sign-in of all members, by plan. */
  readonly plans: Readonly<Record<Plan, number>>;
};

/** `hasAllowance` says whether the free units of the account are there for this stage. */
export function billOf(facts: Facts, load: Load, hasAllowance: boolean): Bill {
  const idle = total(idleUses(facts));
  const inUse = total([...idleUses(facts), ...loadUses(facts, load)]);
  const dollarsIn = (units: ReadonlyMap<PriceName, number>, service: Service) =>
    sum([...units].filter(([price]) => PRICES[price].service === service).map((use) => costOf(...use, hasAllowance)));
  const lines = SERVICES.map((service) => ({
    service,
    idle: dollarsIn(idle, service),
    dollars: dollarsIn(inUse, service),
  }))
    .filter(({ idle: least, dollars }) => least + dollars > 0)
    .sort((one, other) => other.dollars - one.dollars);
  return {
    lines,
    idle: sum(lines.map((line) => line.idle)),
    dollars: sum(lines.map((line) => line.dollars)),
    each: ofEach(ACTS, (act) =>
      sum(usesOf(act, facts, load.months).map(([price, units]) => units * firstPriceOf(price))),
    ),
    plans: ofEach(PLANS, (plan) => costOf(memberPriceOf(plan), load.members, hasAllowance)),
  };
}

function loadUses(facts: Facts, { members, sends, responses, reads, months }: Load): readonly Use[] {
  const times: Readonly<Record<Act, number>> = {
    ...{ member: members, send: sends, response: responses, read: reads },
    unanswered: Math.max(0, sends - responses),
  };
  const uses = ACTS.flatMap((act) =>
    usesOf(act, facts, months).map(([price, units]): Use => [price, times[act] * units]),
  );
  return sum(Object.values(times)) > 0 ? [...inUseUses(facts, sends + responses + reads), ...uses] : uses;
}

/** Free units and steps of a price count for the whole month, so all uses of a price come together first. */
function total(uses: readonly Use[]): ReadonlyMap<PriceName, number> {
  const units = new Map<PriceName, number>();
  for (const [price, more] of uses) units.set(price, (units.get(price) ?? 0) + more);
  return units;
}

const sum = (figures: readonly number[]): number => figures.reduce((all, figure) => all + figure, 0);

const ofEach = <Name extends string>(names: readonly Name[], make: (name: Name) => number) =>
  Object.fromEntries(names.map((name) => [name, make(name)])) as Readonly<Record<Name, number>>;

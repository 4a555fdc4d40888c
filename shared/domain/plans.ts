/**
 * The catalogue of plans is data, not code. A new plan, or a new allotment from a date on, is a row here and nothing
 * else.
 */
import type { DateOnly } from './instant.ts';

export const PRODUCTS = ['premium', 'sales-navigator', 'recruiter'] as const;
export type Product = (typeof PRODUCTS)[number];

/** The credits that a plan grants a month from a day on, and the most that a wallet may hold. */
export type Grant = { readonly from: DateOnly; readonly allotment: number; readonly cap: number };

export type Plan = {
  readonly plan: string;
  /** The name that people see. */
  readonly title: string;
  readonly product: Product;
  /** R3: on the day of the month of the initial sign-up. R4: on the 1st. */
  readonly renews: 'anniversary' | 'first-of-month';
  /** Oldest first. The first one also holds for all time before it. */
  readonly grants: readonly [Grant, ...Grant[]];
};

export type Catalogue = ReadonlyMap<string, Plan>;

/** Throws an Error that names the plan and what is wrong with it. */
export function defineCatalogue(plans: readonly Plan[]): Catalogue {
  for (const [index, plan] of plans.entries()) {
    const fault = faultOf(plan) ?? (plans.findIndex((other) => other.plan === plan.plan) < index ? 'twice' : undefined);
    if (fault) throw new Error(`catalogue: plan ${plan.plan}: ${fault}`);
  }
  return new Map(plans.map((plan) => [plan.plan, plan]));
}

function faultOf({ title, grants }: Plan): string | undefined {
  if (title.trim() === '') return 'no title';
  for (const [index, grant] of grants.entries()) {
    const earlier = grants[index - 1];
    if (!Number.isInteger(grant.allotment) || grant.allotment < 1) return `allotment ${grant.allotment}`;
    if (!Number.isInteger(grant.cap)) return `cap ${grant.cap}`;
    if (grant.cap < grant.allotment) return `cap ${grant.cap} below its allotment`;
    if (earlier && earlier.from >= grant.from) return `grants out of order at ${grant.from}`;
    // A smaller cap would leave full wallets above it, because no rule takes credits away when the catalogue
    // changes.
    if (earlier && earlier.cap > grant.cap) return `cap shrinks at ${grant.from}`;
  }
  return undefined;
}

export function grantOn(plan: Plan, date: DateOnly): Grant {
  return plan.grants.findLast((grant) => grant.from <= date) ?? plan.grants[0];
}

const since = (allotment: number, cap: number): [Grant] => [{ from: '0001-01-01' as DateOnly, allotment, cap }];

/** docs/rules.md, Plans [S1, S2]. */
export const CATALOGUE = defineCatalogue([
  { plan: 'premium-career', title: 'Premium Career', product: 'premium', renews: 'anniversary', grants: since(5, 15) },
  {
    plan: 'premium-business',
    title: 'Premium Business',
    product: 'premium',
    renews: 'anniversary',
    grants: since(15, 45),
  },
  {
    plan: 'sales-navigator-core',
    title: 'Sales Navigator Core',
    product: 'sales-navigator',
    renews: 'first-of-month',
    grants: since(50, 150),
  },
  {
    plan: 'sales-navigator-pro',
    title: 'Sales Navigator Pro',
    product: 'sales-navigator',
    renews: 'anniversary',
    grants: since(20, 60),
  },
  {
    plan: 'sales-navigator-teams',
    title: 'Sales Navigator Teams',
    product: 'sales-navigator',
    renews: 'anniversary',
    grants: since(30, 90),
  },
  {
    plan: 'sales-navigator-enterprise',
    title: 'Sales Navigator Enterprise',
    product: 'sales-navigator',
    renews: 'anniversary',
    grants: since(50, 150),
  },
  {
    plan: 'recruiter-lite',
    title: 'Recruiter Lite',
    product: 'recruiter',
    renews: 'anniversary',
    grants: since(30, 120),
  },
]);

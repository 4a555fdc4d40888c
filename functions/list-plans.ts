import { listPlans as endpoint } from '../shared/contract/endpoints/plans.ts';
import { dateOf } from '../shared/domain/instant.ts';
import { grantOn } from '../shared/domain/plans.ts';
import { apiWithoutBooks } from '../shared/http/api.ts';
import { ok } from '../shared/http/response.ts';
import type { DepsWithoutBooks } from '../shared/runtime/runtime.ts';

/** The catalogue. Each plan has its allotment and cap of today. */
export async function listPlans({ rules, now }: DepsWithoutBooks) {
  const plans = [...rules.catalogue.values()].map((plan) => {
    const { allotment, cap } = grantOn(plan, dateOf(now));
    return { plan: plan.plan, product: plan.product, allotment, cap, renews: plan.renews };
  });
  return ok({ plans });
}

export const handler = apiWithoutBooks(endpoint, (_, deps) => listPlans(deps));

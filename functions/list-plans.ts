import { listPlans as endpoint } from '../shared/contract/endpoints/plans.ts';
import { dateOf } from '../shared/domain/instant.ts';
import { grantOn } from '../shared/domain/plans.ts';
import { api } from '../shared/http/api.ts';
import { ok } from '../shared/http/response.ts';
import type { Deps } from '../shared/runtime/runtime.ts';

/** The catalogue. Each plan has its allotment and cap of today. */
export async function listPlans({ rules, now }: Deps) {
  const plans = [...rules.catalogue.values()].map((plan) => {
    const { allotment, cap } = grantOn(plan, dateOf(now));
    return { plan: plan.plan, product: plan.product, allotment, cap, renews: plan.renews };
  });
  return ok({ plans });
}

export const handler = api(endpoint, (_, deps) => listPlans(deps));

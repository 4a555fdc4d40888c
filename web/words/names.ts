import { CATALOGUE } from '../../shared/domain/plans.ts';

const PRODUCTS: Readonly<Record<string, string>> = {
  premium: 'Premium',
  'sales-navigator': 'Sales Navigator',
  recruiter: 'Recruiter',
};

/** Products and plans as people call them. One that has no title here is called as the API calls it. */
export const nameOf = (productOrPlan: string): string =>
  CATALOGUE.get(productOrPlan)?.title ?? PRODUCTS[productOrPlan] ?? productOrPlan;

/** `1 credit`, `3 credits`. */
export const creditsInWords = (count: number): string => `${count} ${count === 1 ? 'credit' : 'credits'}`;

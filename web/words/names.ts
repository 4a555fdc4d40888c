/** Products and plans as people call them. A product or plan without a title here is called as the API calls it. */
import { CATALOGUE, type Product } from '../../shared/domain/plans.ts';

const PRODUCT_TITLES = {
  premium: 'Premium',
  'sales-navigator': 'Sales Navigator',
  recruiter: 'Recruiter',
} as const satisfies Record<Product, string>;

const TITLES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(PRODUCT_TITLES),
  ...[...CATALOGUE.values()].map(({ plan, title }) => [plan, title] as const),
]);

export const nameOf = (productOrPlan: string): string => TITLES.get(productOrPlan) ?? productOrPlan;

/** `1 credit`, `3 credits`. */
export const creditsInWords = (count: number): string => countInWords(count, 'credit', 'credits');

/** `1 InMail`, `3 InMails`. */
export const countInWords = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

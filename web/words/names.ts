/** Products and plans as people call them. What has no name here is called as the API calls it. */
const NAMES: Readonly<Record<string, string>> = {
  premium: 'Premium',
  'sales-navigator': 'Sales Navigator',
  recruiter: 'Recruiter',
  'premium-career': 'Premium Career',
  'premium-business': 'Premium Business',
  'sales-navigator-core': 'Sales Navigator Core',
  'sales-navigator-pro': 'Sales Navigator Pro',
  'sales-navigator-teams': 'Sales Navigator Teams',
  'sales-navigator-enterprise': 'Sales Navigator Enterprise',
  'recruiter-lite': 'Recruiter Lite',
};

export const nameOf = (productOrPlan: string): string => NAMES[productOrPlan] ?? productOrPlan;

/** `1 credit`, `3 credits`. */
export const creditsInWords = (count: number): string => `${count} ${count === 1 ? 'credit' : 'credits'}`;

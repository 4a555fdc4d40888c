import { accountMetric } from '../metrics.ts';
import type { Watched } from './watched.ts';

/** The budget (`budget.ts`) watches the bill itself. */
export const OF_COST: readonly Watched[] = [
  {
    name: 'concurrency-runs-out',
    concern: 'cost',
    when: 'The functions of the account run more than 800 at once.',
    hurts: 'No member yet. An account begins with 1,000, and beyond them members get 503.',
    runbook: 'requests-turned-away',
    query: 'slow-requests',
    metric: () => accountMetric('ConcurrentExecutions', { statistic: 'Maximum', minutes: 5 }),
    rings: { threshold: 800, periods: 2 },
  },
];

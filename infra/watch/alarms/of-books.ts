import { failuresMetric, functionMetric } from '../metrics.ts';
import type { Watched } from './watched.ts';

/** Whether the books and their listeners agree. */
export const OF_BOOKS: readonly Watched[] = [
  {
    name: 'events-are-late',
    concern: 'books',
    when: 'The oldest change that is not yet published is more than 10 minutes old.',
    hurts: 'Listeners on the event bus learn of changes late. The books are right.',
    runbook: 'lost-events',
    query: 'failures',
    metric: ({ scope }) => functionMetric(scope, 'publish-events', 'IteratorAge', { statistic: 'Maximum', minutes: 5 }),
    rings: { threshold: 10 * 60 * 1_000, periods: 2 },
  },
  {
    name: 'publish-events-failures',
    concern: 'books',
    when: 'A change could not be published in five attempts or six hours.',
    hurts: 'Listeners on the event bus miss these events. The books are right.',
    runbook: 'lost-events',
    query: 'failures',
    metric: ({ scope }) => failuresMetric(scope, 'publish-events'),
    rings: { threshold: 0 },
  },
];

import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { accountMetric, apiMetric, functionMetric, ownMetric, throttledRequests } from '../metrics.ts';
import type { Watched } from './watched.ts';

const SHARE_OF_ERRORS = 'IF(errors >= 3, 100 * errors / requests, 0)';

/** The ones that members feel at once. */
export const OF_MEMBERS: readonly Watched[] = [
  {
    name: 'requests-fail',
    concern: 'members',
    when: 'More than 1 % of the requests fail, in two of three spans of 5 minutes, and at least 3.',
    hurts: 'Members get 500, 503 or 504. A send under the same key later tells whether it was carried out.',
    runbook: 'requests-that-fail',
    query: 'failures',
    metric: ({ apiId }) =>
      new MathExpression({
        expression: SHARE_OF_ERRORS,
        usingMetrics: {
          errors: apiMetric(apiId, '5xx', { statistic: 'Sum', minutes: 5 }),
          requests: apiMetric(apiId, 'Count', { statistic: 'Sum', minutes: 5 }),
        },
        label: 'Requests that fail, %',
        period: Duration.minutes(5),
      }),
    rings: { threshold: 1, periods: 2, of: 3 },
  },
  {
    name: 'requests-are-slow',
    concern: 'members',
    when: 'One request in a hundred takes more than 2 s, for 15 minutes.',
    hurts: 'Members wait. Beyond 10 s they get 503.',
    runbook: 'requests-that-fail',
    query: 'slow-requests',
    metric: ({ apiId }) => apiMetric(apiId, 'Latency', { statistic: 'p99', minutes: 5 }),
    rings: { threshold: 2_000, periods: 3 },
  },
  {
    name: 'requests-are-turned-away',
    concern: 'members',
    when: 'The gateway answers 429 more than 50 times in 5 minutes.',
    hurts: 'Members are told to come back later, because a route is asked more often than its rate allows.',
    runbook: 'requests-turned-away',
    query: 'turned-away',
    metric: ({ scope }) => ownMetric(scope, 'turned-away', { statistic: 'Sum', minutes: 5 }),
    rings: { threshold: 50 },
  },
  {
    name: 'callers-are-refused',
    concern: 'members',
    when: 'The gateway answers 401 or 403 more than 200 times in 5 minutes.',
    hurts: 'Either members cannot use their sign-in any more, or a stranger tries tokens and scopes.',
    runbook: 'callers-that-are-refused',
    query: 'refused-callers',
    metric: ({ scope }) => ownMetric(scope, 'refused-callers', { statistic: 'Sum', minutes: 5 }),
    rings: { threshold: 200 },
  },
  {
    name: 'sign-in-fails',
    concern: 'members',
    when: 'The function that Cognito calls at each sign-in fails once.',
    hurts: 'No member can sign in while it fails, and sign-ins end within minutes.',
    runbook: 'sign-in-that-fails',
    query: 'failures',
    metric: ({ scope }) => functionMetric(scope, 'grant-scopes', 'Errors', { statistic: 'Sum', minutes: 5 }),
    rings: { threshold: 0 },
  },
  {
    name: 'functions-are-throttled',
    concern: 'members',
    when: 'Lambda turns away a call in two of three spans of 5 minutes, of any function of the account.',
    hurts: 'Members get 503. Sweeps and events wait, and lose nothing.',
    runbook: 'requests-turned-away',
    query: 'failures',
    metric: () => accountMetric('Throttles', { statistic: 'Sum', minutes: 5 }),
    rings: { threshold: 0, periods: 2, of: 3 },
  },
  ...(['Read', 'Write'] as const).map(
    (kind): Watched => ({
      name: `${kind.toLowerCase()}s-are-throttled`,
      concern: 'members',
      when: `DynamoDB throttles more than 10 ${kind.toLowerCase()}s in two of three spans of 5 minutes.`,
      hurts: 'Members get 503 where three attempts are not enough. Sweeps are slower, and lose nothing.',
      runbook: 'requests-turned-away',
      query: 'failures',
      metric: ({ scope }) => throttledRequests(scope, `${kind}ThrottleEvents`, 5),
      rings: { threshold: 10, periods: 2, of: 3 },
    }),
  ),
];

import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import type { QueueName } from '../../../shared/contract/queues.ts';
import { type NamedSweep, periodMinutesOf, SWEEPS } from '../../../shared/contract/sweeps.ts';
import { failedMessages, failuresMetric, jobErrors, ownMetric, queueMetric, schedulerMetric } from '../metrics.ts';
import type { Ringing, Watched } from './watched.ts';

/** A daily run may be an hour late. Three runs of the reminders may be missed. */
const runThatNeverCame = (sweep: NamedSweep): Ringing => ({
  threshold: 1,
  compared: ComparisonOperator.LESS_THAN_THRESHOLD,
  periods: 'everyMinutes' in sweep.runs ? 4 : 26,
  isMissingBad: true,
});

/** A message of a daily sweep may wait as long as a run may take. A reminder is late after half an hour. */
const oldestMessageSeconds = (sweep: NamedSweep): number =>
  'everyMinutes' in sweep.runs ? 30 * 60 : (sweep.mayTakeHours ?? 6) * 60 * 60;

const ofSweep = (sweep: NamedSweep): Watched[] => [
  {
    name: `${sweep.name}-failures`,
    concern: 'sweeps',
    when: 'A batch of keys has failed eight times.',
    hurts: sweep.failureHurts,
    runbook: 'a-queue-of-failures',
    query: 'failures',
    metric: ({ scope }) => failuresMetric(scope, sweep.name),
    rings: { threshold: 0 },
  },
  {
    name: `${sweep.name}-never-came`,
    concern: 'sweeps',
    when:
      'everyMinutes' in sweep.runs
        ? 'No run was listed for an hour. After a first deployment it rings until the first run.'
        : 'No run was listed for 26 hours. After a first deployment it rings until the first run.',
    hurts: sweep.missedRunHurts,
    runbook: 'a-missed-month',
    query: 'first-of-month',
    metric: ({ scope }) =>
      ownMetric(scope, `${sweep.name}-listed`, {
        statistic: 'SampleCount',
        minutes: Math.min(60, periodMinutesOf(sweep)),
      }),
    rings: runThatNeverCame(sweep),
  },
  waiting(sweep.name, oldestMessageSeconds(sweep), sweep.missedRunHurts),
];

const waiting = (queue: QueueName, seconds: number, hurts: string): Watched => ({
  name: `${queue}-wait`,
  concern: 'sweeps',
  when: `The oldest message of the queue ${queue} is more than ${seconds / 60} minutes old.`,
  hurts,
  runbook: 'a-queue-of-failures',
  query: 'failures',
  metric: ({ scope }) => queueMetric(scope, queue, 'ApproximateAgeOfOldestMessage', 5),
  rings: { threshold: seconds },
});

const LISTINGS_HURT =
  'A part of a sweep was not listed. Balances are right all the same (R6). Reminders may come late or not at all (R15). ' +
  'Statements show renewals and expiries that the tables do not hold yet.';

export const OF_SWEEPS: readonly Watched[] = [
  {
    name: 'messages-fail',
    concern: 'sweeps',
    when: 'A message of a sweep has failed. It is tried again after 1, 2, 4, 8 and 15 minutes.',
    hurts: 'No member yet. After an hour the message goes to its queue of failures.',
    runbook: 'a-queue-of-failures',
    query: 'failures',
    metric: ({ scope }) => failedMessages(scope),
    rings: { threshold: 0 },
  },
  {
    name: 'jobs-crash',
    concern: 'sweeps',
    when: 'Lambda ends the lister, a worker or the publisher, for example because its memory is used up.',
    hurts: 'No member yet. Its work comes again only after the visibility timeout, which is 90 minutes for a listing.',
    runbook: 'a-queue-of-failures',
    query: 'failures',
    metric: ({ scope }) => jobErrors(scope),
    rings: { threshold: 0 },
  },
  {
    name: 'listings-failures',
    concern: 'sweeps',
    when: 'A listing has failed eight times, or Scheduler could not deliver it in a day.',
    hurts: LISTINGS_HURT,
    runbook: 'a-queue-of-failures',
    query: 'failures',
    metric: ({ scope }) => failuresMetric(scope, 'listings'),
    rings: { threshold: 0 },
  },
  waiting('listings', 15 * 60, LISTINGS_HURT),
  {
    name: 'schedules-fail',
    concern: 'sweeps',
    when: 'Scheduler cannot reach the queue of listings.',
    hurts: LISTINGS_HURT,
    runbook: 'a-missed-month',
    query: 'first-of-month',
    metric: ({ scope }) => schedulerMetric(scope, 'TargetErrorCount', { statistic: 'Sum', minutes: 5 }),
    rings: { threshold: 0, periods: 2, of: 3 },
  },
  ...SWEEPS.flatMap(ofSweep),
  {
    name: 'renewals-are-behind',
    concern: 'sweeps',
    when: 'A renewal was written more than 3 hours after it was due.',
    hurts: 'No balance is wrong (R6). Statements and listeners learn of the renewal late.',
    runbook: 'a-missed-month',
    query: 'first-of-month',
    metric: ({ scope }) => ownMetric(scope, 'renew-wallets-behind', { statistic: 'Maximum', minutes: 5 }),
    rings: { threshold: 3 * 60 * 60 },
  },
  {
    name: 'reminders-are-left-out',
    concern: 'sweeps',
    when: 'An InMail was found more than 96 hours after its send, without a reminder.',
    hurts: 'Its recipient was never reminded (R15), and its sender may lose a credit.',
    runbook: 'a-missed-month',
    query: 'first-of-month',
    metric: ({ scope }) => ownMetric(scope, 'remind-recipients-left-out', { statistic: 'Sum', minutes: 5 }),
    rings: { threshold: 0 },
  },
];

/** The shape of an alarm. It says when it rings, which people the failure hurts, and where the way out of it stands. */
import { ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { StageStack } from '../../stage-stack.ts';
import type { QueryName } from '../queries.ts';

/** The dashboard has a part for each, from the top to the bottom. */
export const CONCERNS = ['members', 'books', 'sweeps', 'cost'] as const;
export type Concern = (typeof CONCERNS)[number];

export type WatchedParts = { readonly scope: StageStack; readonly apiId: string };

export type Watched = {
  /** Its name within the stage. */
  readonly name: string;
  readonly concern: Concern;
  /** Says when it rings, in words. */
  readonly when: string;
  /** Says which people the failure hurts, and how. */
  readonly hurts: string;
  /** The heading in `docs/recovery.md`. */
  readonly runbook: string;
  /** The saved query to look at first. */
  readonly query: QueryName;
  readonly metric: (parts: WatchedParts) => IMetric;
  readonly rings: Ringing;
};

/** `of` the last periods, `periods` must be bad. Missing data is good, except where it is what is looked for. */
export type Ringing = {
  readonly threshold: number;
  readonly compared?: ComparisonOperator;
  readonly periods?: number;
  readonly of?: number;
  readonly isMissingBad?: true;
};

/** The properties of an alarm that say when it rings. */
export function evaluationOf({ threshold, compared, periods = 1, of = periods, isMissingBad }: Ringing) {
  return {
    threshold,
    comparisonOperator: compared ?? ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: of,
    datapointsToAlarm: periods,
    // A queue or a function without traffic reports nothing.
    treatMissingData: isMissingBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  };
}

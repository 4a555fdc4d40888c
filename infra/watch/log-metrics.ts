import { FilterPattern, type IFilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { pascalCaseOf } from '../../shared/contract/pascal-case.ts';
import { accessLogOf, METRICS_NAMESPACE } from '../names.ts';
import type { StageStack } from '../stage-stack.ts';

/** The gateway writes all values as text. */
const status = (code: string): IFilterPattern => FilterPattern.stringValue('$.status', '=', code);

/** The answers of the gateway itself, which no function sees. Its own metrics count them among all others below 500. */
const FILTERS = {
  'turned-away': status('429'),
  'refused-callers': FilterPattern.any(
    FilterPattern.stringValue('$.status', '=', '401'),
    FilterPattern.stringValue('$.status', '=', '403'),
  ),
} as const;

/**
 * A filter on the lines of one log cannot carry the dimension of our other metrics without a field of that value. So the
 * access log names its application.
 */
export function createLogMetrics(scope: StageStack): void {
  const logGroup = LogGroup.fromLogGroupName(scope, 'AccessLog', accessLogOf(scope.stage));
  for (const [metricName, filterPattern] of Object.entries(FILTERS)) {
    new MetricFilter(scope, `${pascalCaseOf(metricName)}Filter`, {
      filterName: scope.nameOf(metricName),
      logGroup,
      filterPattern,
      metricNamespace: METRICS_NAMESPACE,
      metricName,
      metricValue: '1',
      dimensions: { service: '$.application' },
    });
  }
}

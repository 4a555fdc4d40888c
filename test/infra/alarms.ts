/** CloudWatch's evaluation of an alarm, as its guide describes it, on data of a test's own. */
import { runInNewContext } from 'node:vm';
import type { Properties } from './synthesized.ts';

/** One value for each period, the oldest first. Undefined stands for missing data. */
type Series = readonly (number | undefined)[];

/** By metric, for example `AWS/SQS ApproximateNumberOfMessagesVisible`. A metric that it lacks has no data. */
export type Data = Readonly<Record<string, Series>>;

type MetricStat = { readonly Metric: { readonly Namespace: string; readonly MetricName: string } };
type MetricQuery = {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: MetricStat;
  readonly ReturnData?: boolean;
};

const nameOf = ({ Namespace, MetricName }: MetricStat['Metric']): string => `${Namespace} ${MetricName}`;

/** The names of the metrics that an alarm reads. */
export function metricsOf(alarm: Properties): string[] {
  const queries = alarm.Metrics as readonly MetricQuery[] | undefined;
  if (!queries) return [nameOf(alarm as unknown as MetricStat['Metric'])];
  return queries.flatMap(({ MetricStat }) => (MetricStat ? [nameOf(MetricStat.Metric)] : []));
}

const COMPARISONS: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

/** Its state after the newest period: M bad ones among the last N. */
export function stateOf(alarm: Properties, data: Data): 'ALARM' | 'OK' {
  const periods = Number(alarm.EvaluationPeriods);
  const isBad = COMPARISONS[String(alarm.ComparisonOperator)];
  if (!isBad) throw new Error(`the comparison ${alarm.ComparisonOperator} is not known here`);
  const values = Array.from({ length: periods }, (_, index) => valueAt(alarm, data, index - periods));
  const bad = values.filter((value) =>
    value === undefined ? alarm.TreatMissingData === 'breaching' : isBad(value, Number(alarm.Threshold)),
  );
  return bad.length >= Number(alarm.DatapointsToAlarm) ? 'ALARM' : 'OK';
}

/** `index` counts from the end: -1 is the newest period. */
function valueAt(alarm: Properties, data: Data, index: number): number | undefined {
  const queries = alarm.Metrics as readonly MetricQuery[] | undefined;
  if (!queries) return data[nameOf(alarm as unknown as MetricStat['Metric'])]?.at(index);
  const known = queries.flatMap(({ Id, MetricStat }) =>
    MetricStat ? [[Id, data[nameOf(MetricStat.Metric)]?.at(index)] as const] : [],
  );
  // A metric without any data makes the whole expression missing, unless FILL stands around it.
  const expression = queries.find(({ ReturnData, Expression }) => Expression !== undefined && ReturnData !== false);
  const result = runInNewContext(String(expression?.Expression), { ...FUNCTIONS, ...Object.fromEntries(known) });
  return Number.isNaN(result) ? undefined : result;
}

const FUNCTIONS = {
  IF: (condition: boolean, then: number, otherwise: number) => (condition ? then : otherwise),
  FILL: (value: number | undefined, fill: number) => value ?? fill,
};

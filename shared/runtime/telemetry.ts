/** Logs and metrics of all functions. Service name and namespace come from the environment (Powertools). */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { MiddlewareObj } from '@middy/core';

export const logger = new Logger();
const metrics = new Metrics();

export function count(name: string, times = 1): void {
  metrics.addMetric(name, MetricUnit.Count, times);
}

export function seconds(name: string, duration: number): void {
  metrics.addMetric(name, MetricUnit.Seconds, duration);
}

/** The failures that are faults of ours. */
export type FailureName = 'busy' | 'internal-error' | 'messages-failed';

/**
 * Counts a failure of a function, by its name. AWS bills a metric only for the hours with data, so this costs nothing
 * while all is well. All other metrics have no such dimension, because they would cost that many times as much.
 */
export function countFailure(name: FailureName, functionName: string): void {
  metrics.singleMetric().addDimension('function', functionName).addMetric(name, MetricUnit.Count, 1);
}

/** Hands out what the function has counted, however it ends. */
export function publishCounts(): MiddlewareObj {
  const publish = () => {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
  return { after: publish, onError: publish };
}

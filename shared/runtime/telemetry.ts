/** Logs and metrics of all functions. Service name and namespace come from the environment (Powertools). */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

export const logger = new Logger();
export const metrics = new Metrics();

export function count(name: string, times = 1): void {
  metrics.addMetric(name, MetricUnit.Count, times);
}

export function seconds(name: string, duration: number): void {
  metrics.addMetric(name, MetricUnit.Seconds, duration);
}

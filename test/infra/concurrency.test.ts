/** The figures that the checks of a deployment reckon with are those of the templates. */
import { describe, expect, it } from 'vitest';
import { jobsAtOnce, requestsAtOnce } from '../../infra/concurrency.ts';
import { API_TIMEOUT_SECONDS } from '../../shared/contract/timeouts.ts';
import { resourcesOf, synthesizeTemplates } from './synthesized.ts';

const { service } = synthesizeTemplates({ rateFactor: 3, reservesConcurrency: true });

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);

describe('the concurrency of a stage', () => {
  it('the requests at once are those that the throttles of the routes let in, at their timeout', () => {
    const [stage] = Object.values(resourcesOf(service, 'AWS::ApiGatewayV2::Stage'));
    type Settings = { readonly ThrottlingRateLimit: number; readonly ThrottlingBurstLimit: number };
    const routes = Object.values(stage?.RouteSettings as Record<string, Settings>);
    const rates = sumOf(routes.map(({ ThrottlingRateLimit }) => ThrottlingRateLimit));
    const bursts = sumOf(routes.map(({ ThrottlingBurstLimit }) => ThrottlingBurstLimit));
    expect(requestsAtOnce({ rateFactor: 3 })).toBe(rates * API_TIMEOUT_SECONDS + bursts);
    expect(3 * requestsAtOnce({ rateFactor: 1 })).toBe(requestsAtOnce({ rateFactor: 3 }));
  });

  it('the jobs at once are those that the stage reserves', () => {
    const functions = Object.values(resourcesOf(service, 'AWS::Lambda::Function'));
    const reserved = functions.map(({ ReservedConcurrentExecutions = 0 }) => Number(ReservedConcurrentExecutions));
    expect(jobsAtOnce()).toBe(sumOf(reserved));
    expect(jobsAtOnce()).toBeGreaterThan(0);
  });
});

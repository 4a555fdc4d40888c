import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../shared/edge/environment.ts';
import { eventEnvironmentSchema } from '../../shared/edge/events/runtime.ts';
import { ROUTES } from '../../shared/edge/routes.ts';
import { SWEEPS } from '../../shared/edge/sweeps.ts';
import { idIn, type Properties, resourcesOf, synthesizeTemplates } from './synthesized.ts';

const { service } = synthesizeTemplates();
const functions = resourcesOf(service, 'AWS::Lambda::Function');
const routes = Object.values(resourcesOf(service, 'AWS::ApiGatewayV2::Route'));
const PUBLISHER = 'Publishes what is new in the books as events';
const [stage, ...otherStages] = Object.values(resourcesOf(service, 'AWS::ApiGatewayV2::Stage'));

describe('the functions', () => {
  it('are one for each route and each sweep and the publisher of events, and nothing else', () => {
    const summaries = [...[...ROUTES, ...SWEEPS].map(({ summary }) => summary), PUBLISHER];
    expect(Object.values(functions).map(({ Description }) => Description)).toEqual(summaries);
  });

  it.each(Object.entries(functions))('%s is Node 24 on arm64', (_, properties) => {
    expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
  });

  it.each(Object.entries(functions))('%s is given the environment that handlers check', (_, properties) => {
    const { Variables } = properties.Environment as { Variables: Record<string, unknown> };
    const powertools = {
      POWERTOOLS_SERVICE_NAME: 'inmail-credits',
      POWERTOOLS_METRICS_NAMESPACE: 'InMailCredits',
    };
    expect(Variables).toMatchObject(powertools);
    const { shape } = properties.Description === PUBLISHER ? eventEnvironmentSchema : environmentSchema;
    const expected = [...Object.keys(shape), ...Object.keys(powertools)];
    expect(Object.keys(Variables).sort()).toEqual(expected.sort());
  });

  it.each(ROUTES)('$name answers within 10 s', ({ summary }) => {
    service.hasResourceProperties('AWS::Lambda::Function', { Description: summary, Timeout: 10, MemorySize: 512 });
  });

  it.each(SWEEPS)('$name may take 15 min', ({ summary }) => {
    service.hasResourceProperties('AWS::Lambda::Function', { Description: summary, Timeout: 900, MemorySize: 1024 });
  });

  it('keep their logs for a month, each in a log group of its own', () => {
    const configs = Object.values(functions).map(({ LoggingConfig }) => LoggingConfig as { LogGroup: { Ref: string } });
    const groups = configs.map(({ LogGroup }) => LogGroup.Ref);
    const logs = resourcesOf(service, 'AWS::Logs::LogGroup');
    expect(new Set(groups).size).toBe(groups.length);
    expect(groups.map((group) => logs[group]?.RetentionInDays)).toEqual(groups.map(() => 30));
  });
});

describe('the HTTP API', () => {
  it('has the routes of the route table, each with its own function, and nothing else', () => {
    const found = routes.map((route) => [route.RouteKey, summaryBehind(route)]);
    expect(found).toEqual(ROUTES.map(({ method, path, summary }) => [`${method} ${path}`, summary]));
  });

  it('lets nobody in without a token of the user pool', () => {
    const authorizers = Object.entries(resourcesOf(service, 'AWS::ApiGatewayV2::Authorizer'));
    expect(authorizers.map(([, { AuthorizerType }]) => AuthorizerType)).toEqual(['JWT']);
    for (const route of routes) {
      expect(route).toMatchObject({ AuthorizationType: 'JWT', AuthorizerId: { Ref: authorizers[0]?.[0] } });
    }
  });

  it('has one stage, and that is throttled', () => {
    expect(otherStages).toEqual([]);
    expect(stage).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingBurstLimit: 200, ThrottlingRateLimit: 100 },
    });
  });

  it('logs who called which route, as JSON, and no path, for paths hold other members', () => {
    const { DestinationArn, Format } = (stage?.AccessLogSettings ?? {}) as { DestinationArn?: unknown; Format: string };
    expect(resourcesOf(service, 'AWS::Logs::LogGroup')).toHaveProperty(idIn(DestinationArn));
    expect(JSON.parse(Format)).toMatchObject({ caller: '$context.authorizer.claims.sub', route: '$context.routeKey' });
    expect(Format).not.toContain('$context.path');
  });
});

/** Which function, by its description, a route ends in. */
function summaryBehind({ Target }: Properties): unknown {
  const { 'Fn::Join': join } = Target as { 'Fn::Join': [string, [string, { Ref: string }]] };
  const integration = resourcesOf(service, 'AWS::ApiGatewayV2::Integration')[join[1][1].Ref];
  return functions[idIn(integration?.IntegrationUri)]?.Description;
}

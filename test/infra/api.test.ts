import { describe, expect, it } from 'vitest';
import { ENDPOINTS, endpointNamed } from '../../shared/contract/endpoints.ts';
import { EVENT_BUS_VARIABLE, TABLE_VARIABLES } from '../../shared/contract/environment.ts';
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { idIn, importedFrom, type Properties, resourcesOf, synthesizeTemplates } from './synthesized.ts';

const { data, service } = synthesizeTemplates();
const functions = { ...resourcesOf(data, 'AWS::Lambda::Function'), ...resourcesOf(service, 'AWS::Lambda::Function') };
const routes = Object.values(resourcesOf(service, 'AWS::ApiGatewayV2::Route'));
const PUBLISHER = 'Publishes what is new in the books as events';
/** Its environment is typed by its own schema (`infra/service/sweeps.ts`). */
const LISTER = 'Lists what is due for the sweeps, and queues it in batches';
/** Cognito's trigger, which knows no table. */
const TRIGGER = 'Gives operators the scopes of their groups';
const [stage, ...otherStages] = Object.values(resourcesOf(service, 'AWS::ApiGatewayV2::Stage'));

describe('the functions', () => {
  it('the stack has a function for each route and each sweep, the lister, the publisher and the trigger of sign-in', () => {
    const summaries = [...[...ENDPOINTS, ...SWEEPS].map(({ summary }) => summary), LISTER, PUBLISHER, TRIGGER];
    expect(
      Object.values(functions)
        .map(({ Description }) => String(Description))
        .sort(),
    ).toEqual(summaries.sort());
  });

  it.each(Object.entries(functions))('the function %s is Node 24 on arm64', (_, properties) => {
    expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
  });

  const usual = Object.entries(functions).filter(([, { Description }]) => Description !== LISTER);
  it.each(usual)('the function %s has the environment that handlers check', (_, properties) => {
    const { Variables } = properties.Environment as { Variables: Record<string, unknown> };
    const powertools = {
      POWERTOOLS_SERVICE_NAME: 'inmail-credits-prod',
      POWERTOOLS_METRICS_NAMESPACE: 'InMailCredits',
    };
    expect(Variables).toMatchObject(powertools);
    const own: Readonly<Record<string, readonly string[]>> = {
      [PUBLISHER]: [EVENT_BUS_VARIABLE],
      [TRIGGER]: [],
      [endpointNamed('list-plans').summary]: [],
    };
    const expected = [...(own[String(properties.Description)] ?? TABLE_VARIABLES), ...Object.keys(powertools)];
    expect(Object.keys(Variables).sort()).toEqual(expected.sort());
  });

  it.each(ENDPOINTS)('the function of $name has 10 s to respond', ({ summary }) => {
    service.hasResourceProperties('AWS::Lambda::Function', { Description: summary, Timeout: 10, MemorySize: 512 });
  });

  it('each function has a log group of its own, for a month, or for three where it says who read whose books', () => {
    const logs = { ...resourcesOf(data, 'AWS::Logs::LogGroup'), ...resourcesOf(service, 'AWS::Logs::LogGroup') };
    const open = ENDPOINTS.filter(({ access }) => access !== 'member');
    const aboutOthers = new Set(open.map(({ summary }) => summary));
    expect([aboutOthers.size, open.length > 0]).toEqual([open.length, true]);
    const groups = Object.values(functions).map(({ Description, LoggingConfig }) => {
      const { LogGroup } = LoggingConfig as { LogGroup: { Ref?: string } };
      const group = LogGroup.Ref ?? importedFrom(data, LogGroup) ?? '';
      expect([group, logs[group]?.RetentionInDays]).toEqual([group, aboutOthers.has(String(Description)) ? 90 : 30]);
      return group;
    });
    expect(new Set(groups).size).toBe(groups.length);
  });
});

describe('the HTTP API', () => {
  it('the API has exactly the routes of the route table, each with its own function', () => {
    const found = routes.map((route) => [route.RouteKey, summaryBehind(route)]);
    expect(found).toEqual(ENDPOINTS.map(({ method, path, summary }) => [`${method} ${path}`, summary]));
  });

  it('every route needs a token of the user pool', () => {
    const authorizers = Object.entries(resourcesOf(service, 'AWS::ApiGatewayV2::Authorizer'));
    expect(authorizers.map(([, { AuthorizerType }]) => AuthorizerType)).toEqual(['JWT']);
    for (const route of routes) {
      expect(route).toMatchObject({ AuthorizationType: 'JWT', AuthorizerId: { Ref: authorizers[0]?.[0] } });
    }
  });

  it('a route for billing only needs the scope billing at the gateway already', () => {
    const scoped = routes.filter(({ AuthorizationScopes }) => (AuthorizationScopes as string[]).length === 1);
    const ofBilling = ENDPOINTS.filter(({ access }) => access === 'billing');
    expect(ofBilling).toHaveLength(4);
    expect(scoped.map(({ RouteKey }) => RouteKey)).toEqual(ofBilling.map(({ method, path }) => `${method} ${path}`));
    for (const route of scoped) expect(route.AuthorizationScopes).toEqual(['inmail-credits/billing']);
  });

  it('every other route lets in the tokens of our own flows only, and no ID token', () => {
    const others = routes.filter(({ AuthorizationScopes }) => (AuthorizationScopes as string[]).length !== 1);
    expect(others).toHaveLength(ENDPOINTS.length - 4);
    for (const { AuthorizationScopes } of others) {
      expect(AuthorizationScopes).toEqual(['openid', 'inmail-credits/billing', 'inmail-credits/support']);
    }
  });

  it('the API has one stage', () => {
    expect(otherStages).toEqual([]);
    expect(stage).toMatchObject({ StageName: '$default', AutoDeploy: true });
  });

  it('every route has its own rate, with a burst of two seconds', () => {
    expect(stage?.RouteSettings).toEqual(
      Object.fromEntries(
        ENDPOINTS.map(({ method, path, perSecond }) => [
          `${method} ${path}`,
          { ThrottlingRateLimit: perSecond, ThrottlingBurstLimit: 2 * perSecond },
        ]),
      ),
    );
    expect(stage?.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 });
  });

  it('a stage multiplies all rates by its factor', () => {
    const { service: busy } = synthesizeTemplates({ rateFactor: 2.5 });
    const [made] = Object.values(resourcesOf(busy, 'AWS::ApiGatewayV2::Stage'));
    const settings = (made as Properties).RouteSettings as Record<string, Record<string, number>>;
    expect(Object.values(settings).map(({ ThrottlingRateLimit }) => ThrottlingRateLimit)).toEqual(
      ENDPOINTS.map(({ perSecond }) => 2.5 * perSecond),
    );
  });

  it('the stage is made after the routes that it names', () => {
    const [made] = Object.values(service.findResources('AWS::ApiGatewayV2::Stage')) as { DependsOn: string[] }[];
    const ids = Object.keys(resourcesOf(service, 'AWS::ApiGatewayV2::Route'));
    expect(made?.DependsOn).toEqual(expect.arrayContaining(ids));
  });

  it('the API leaves functions of the account free, even if every request runs into its timeout', () => {
    const settings = Object.values(stage?.RouteSettings as Record<string, Record<string, number>>);
    const atOnce = settings.map(
      ({ ThrottlingRateLimit = Infinity, ThrottlingBurstLimit = Infinity }) =>
        ThrottlingRateLimit * 10 + ThrottlingBurstLimit,
    );
    // An account starts with 1,000. The sweeps and the publisher of events take 160 of them.
    expect(atOnce.reduce((sum, functions) => sum + functions, 0)).toBeLessThanOrEqual(1_000 - 160);
  });

  it('the access log has caller, address, route and both ids, and no path, because paths name other members', () => {
    const { DestinationArn, Format } = (stage?.AccessLogSettings ?? {}) as { DestinationArn?: unknown; Format: string };
    expect(importedFrom(data, DestinationArn)).toMatch(/^AccessLog\w+\.Arn$/);
    expect(JSON.parse(Format)).toMatchObject({
      requestId: '$context.requestId',
      functionRequestId: '$context.integration.requestId',
      caller: '$context.authorizer.claims.sub',
      sourceIp: '$context.identity.sourceIp',
      route: '$context.routeKey',
    });
    for (const field of ['path', 'identity.userAgent']) expect(Format).not.toContain(`$context.${field}`);
  });
});

/** The description of the function in which a route ends. */
function summaryBehind({ Target }: Properties): unknown {
  const { 'Fn::Join': join } = Target as { 'Fn::Join': [string, [string, { Ref: string }]] };
  const integration = resourcesOf(service, 'AWS::ApiGatewayV2::Integration')[join[1][1].Ref];
  return functions[idIn(integration?.IntegrationUri)]?.Description;
}

import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  HttpApi,
  HttpMethod,
  type HttpRoute,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ENDPOINTS, type NamedEndpoint } from '../shared/contract/endpoints.ts';
import { SCOPE_PREFIX } from '../shared/contract/scopes.ts';
import { constructIdOf, createFunction } from './functions.ts';
import type { Identity } from './identity.ts';
import type { Tables } from './tables.ts';

/**
 * 10 s: three attempts of 2 s at a call that DynamoDB does not answer (6 s), the calls around it, and a cold start. What
 * takes longer is cut short with a 503 while the client still listens (API Gateway waits 30 s).
 */
const API_TIMEOUT = Duration.seconds(10);

/** 512 MB: CPU comes with memory, and a cold start is all CPU. */
const API_MEMORY_MEBIBYTES = 512;

/**
 * Two seconds' worth at once, for a page that asks for several things. The rates sum up to 66 a second. Even if
 * every call ran into its timeout, that is 66 × (10 s + 2 s) = 792 functions at once. It leaves 208 to sweeps and events of
 * the 1,000 that an account starts with. An account with more raises all rates by one factor.
 */
const BURST_SECONDS = 2;

/** A route that nobody has given a rate is all but shut. */
const DEFAULT_THROTTLE = { rateLimit: 1, burstLimit: 1 };

/** The HTTP API: one function and one route for each endpoint. Every one needs a token. */
export function createApi(scope: Construct, { identity, tables }: { identity: Identity; tables: Tables }): HttpApi {
  const api = new HttpApi(scope, 'Api', {
    description: 'InMail credits, v1',
    createDefaultStage: false, // ours has an access log and a throttle
    defaultAuthorizer: new HttpUserPoolAuthorizer('Tokens', identity.userPool, {
      userPoolClients: Object.values(identity.clients),
    }),
  });

  const routes = ENDPOINTS.flatMap((endpoint) => createRoute(scope, { endpoint, api, tables }));
  const stage = new HttpStage(scope, 'Stage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: DEFAULT_THROTTLE,
    accessLogSettings: { destination: new LogGroupLogDestination(createAccessLog(scope)), format: accessLogFormat() },
  });
  // The stage names routes, which have to be there first: CloudFormation sees no reference between the two.
  stage.node.addDependency(...routes);
  (stage.node.defaultChild as CfnStage).routeSettings = Object.fromEntries(ENDPOINTS.map(throttleOf));
  return api;
}

type RouteParts = {
  readonly endpoint: NamedEndpoint;
  readonly api: HttpApi;
  readonly tables: Tables;
};

function createRoute(scope: Construct, { endpoint, api, tables }: RouteParts): HttpRoute[] {
  const { name, method, path, summary, access } = endpoint;
  const handler = createFunction(scope, {
    name,
    tables,
    description: summary,
    memorySize: API_MEMORY_MEBIBYTES,
    timeout: API_TIMEOUT,
  });
  return api.addRoutes({
    path,
    methods: [HttpMethod[method]],
    integration: new HttpLambdaIntegration(`${constructIdOf(name)}Integration`, handler),
    // The function checks it as well. This is a second lock, in case of a way around the first.
    ...(access === 'billing' && { authorizationScopes: [`${SCOPE_PREFIX}billing`] }),
  });
}

/** By route key, as API Gateway names routes: `POST /v1/inmails`. As in a template: CDK passes these on as they are. */
function throttleOf({ method, path, perSecond }: NamedEndpoint) {
  const settings = { ThrottlingRateLimit: perSecond, ThrottlingBurstLimit: BURST_SECONDS * perSecond };
  return [`${method} ${path}`, settings] as const;
}

function createAccessLog(scope: Construct): LogGroup {
  return new LogGroup(scope, 'AccessLog', {
    retention: RetentionDays.THREE_MONTHS, // who called what is asked later than what went wrong
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** The caller, and the route rather than the path: paths hold what members would not want in a log. */
function accessLogFormat(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: AccessLogField.contextRequestId(),
      requestTime: AccessLogField.contextRequestTime(),
      caller: AccessLogField.contextAuthorizerClaims('sub'),
      route: AccessLogField.contextRouteKey(),
      status: AccessLogField.contextStatus(),
      responseLengthBytes: AccessLogField.contextResponseLength(),
      responseLatencyMillis: AccessLogField.contextResponseLatency(),
      authorizerError: AccessLogField.contextAuthorizerError(),
      integrationError: AccessLogField.contextIntegrationErrorMessage(),
    }),
  );
}

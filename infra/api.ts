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
import { API_TIMEOUT_SECONDS } from '../shared/contract/timeouts.ts';
import { constructIdOf, createFunction } from './functions.ts';
import type { Identity } from './identity.ts';
import type { Tables } from './tables.ts';

/**
 * 10 s = three attempts of 2 s at one DynamoDB call (6 s), the other calls, and a cold start. A longer request gets a 503
 * while the client still listens, because API Gateway waits 30 s.
 */
const API_TIMEOUT = Duration.seconds(API_TIMEOUT_SECONDS);

/** 512 MB, because CPU comes with memory and a cold start is all CPU. */
const API_MEMORY_MEBIBYTES = 512;

/**
 * Two seconds of requests at once, because the page sends several together. The rates sum up to 66 a second. If every
 * request ran into its timeout, 66 × (10 s + 2 s) = 792 functions would run at once. That leaves 208 of an account's first
 * 1,000 to sweeps and events. An account with a higher limit raises all rates by one factor.
 */
const BURST_SECONDS = 2;

/** A route without a rate of its own is almost closed. */
const DEFAULT_THROTTLE = { rateLimit: 1, burstLimit: 1 };

/** The HTTP API: one function and one route for each endpoint. Every route needs a token. */
export function createApi(scope: Construct, { identity, tables }: { identity: Identity; tables: Tables }): HttpApi {
  const api = new HttpApi(scope, 'Api', {
    description: 'InMail credits, v1',
    createDefaultStage: false, // our own stage has an access log and a throttle
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
  // The routes must exist before the stage that names them. CloudFormation sees no reference between the two.
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
    // The function checks the scope as well. This is a second lock, in case the first one fails.
    ...(access === 'billing' && { authorizationScopes: [`${SCOPE_PREFIX}billing`] }),
  });
}

/**
 * API Gateway names a route by its key, for example `POST /v1/inmails`. The settings have the names of CloudFormation,
 * because CDK passes them on unchanged.
 */
function throttleOf({ method, path, perSecond }: NamedEndpoint) {
  const settings = { ThrottlingRateLimit: perSecond, ThrottlingBurstLimit: BURST_SECONDS * perSecond };
  return [`${method} ${path}`, settings] as const;
}

function createAccessLog(scope: Construct): LogGroup {
  return new LogGroup(scope, 'AccessLog', {
    retention: RetentionDays.THREE_MONTHS, // longer than other logs, because questions about callers come late
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** Holds the caller and the route. The path is left out, because paths name members. */
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

import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpApi,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IUserPool, IUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Duration } from 'aws-cdk-lib/core';
import type { Access } from '../../shared/contract/endpoint.ts';
import { ENDPOINTS, type NamedEndpoint } from '../../shared/contract/endpoints.ts';
import { SCOPE_PREFIX } from '../../shared/contract/scopes.ts';
import { API_TIMEOUT_SECONDS } from '../../shared/contract/timeouts.ts';
import { BURST_SECONDS } from '../concurrency.ts';
import type { Evidence } from '../data/evidence.ts';
import { constructIdOf, createFunction } from '../lambda/functions.ts';
import type { Tables } from '../lambda/tables-in-use.ts';
import { applicationOf } from '../names.ts';
import type { StageStack } from '../stage-stack.ts';
import type { Stage } from '../stages.ts';

/**
 * 10 s = three attempts of 2 s at one DynamoDB call (6 s), the other calls, and a cold start. A longer request gets a 503
 * while the client still listens, because API Gateway waits 30 s.
 */
const API_TIMEOUT = Duration.seconds(API_TIMEOUT_SECONDS);

/** 512 MB, because CPU comes with memory and a cold start is all CPU. */
const API_MEMORY_MEBIBYTES = 512;

/** A route without a rate of its own is almost closed. */
const DEFAULT_THROTTLE = { rateLimit: 1, burstLimit: 1 };

export type ApiParts = {
  /** The API of the data stack, which has no routes. */
  readonly address: HttpApi;
  readonly userPool: IUserPool;
  /** Tokens of these clients are let in. */
  readonly callers: readonly IUserPoolClient[];
  readonly tables: Tables;
  readonly evidence: Evidence;
};

/** One function and one route for each endpoint. Every route needs a token. */
export function createApi(scope: StageStack, { address, userPool, callers, tables, evidence }: ApiParts): void {
  // An imported API gets its routes in this stack. CDK would put those of its own one into the data stack.
  const api = HttpApi.fromHttpApiAttributes(scope, 'Api', { httpApiId: address.apiId });
  const authorizer = new HttpUserPoolAuthorizer('Tokens', userPool, { userPoolClients: [...callers] });
  const routes = ENDPOINTS.map((endpoint) => createRoute(scope, { endpoint, api, authorizer, tables, evidence }));
  const stage = new HttpStage(scope, 'Stage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: DEFAULT_THROTTLE,
    accessLogSettings: {
      destination: new LogGroupLogDestination(evidence.access),
      format: accessLogFormat(scope.stage),
    },
  });
  // The routes must exist before the stage that names them. CloudFormation sees no reference between the two.
  stage.node.addDependency(...routes);
  const throttles = ENDPOINTS.map((endpoint) => throttleOf(endpoint, scope.stage));
  (stage.node.defaultChild as CfnStage).routeSettings = Object.fromEntries(throttles);
}

type RouteParts = {
  readonly endpoint: NamedEndpoint;
  readonly api: IHttpApi;
  readonly authorizer: HttpUserPoolAuthorizer;
  readonly tables: Tables;
  readonly evidence: Evidence;
};

function createRoute(scope: StageStack, { endpoint, api, authorizer, tables, evidence }: RouteParts): HttpRoute {
  const { name, method, path, summary, access } = endpoint;
  const handler = createFunction(scope, {
    name,
    tables,
    description: summary,
    memorySize: API_MEMORY_MEBIBYTES,
    timeout: API_TIMEOUT,
    logGroup: evidence.aboutOthers[name],
  });
  const id = constructIdOf(name);
  return new HttpRoute(scope, `${id}Route`, {
    httpApi: api,
    routeKey: HttpRouteKey.with(path, HttpMethod[method]),
    integration: new HttpLambdaIntegration(`${id}Integration`, handler),
    authorizer,
    authorizationScopes: [...GATEWAY_SCOPES[access]],
  });
}

const [BILLING, SUPPORT] = [`${SCOPE_PREFIX}billing`, `${SCOPE_PREFIX}support`];

/**
 * A token needs one of these scopes. The function checks more, so this is a second lock in case the first one fails.
 *
 * People get `openid` from the sign-in pages, and machines get their scope from the token endpoint. So the gateway refuses
 * tokens of other flows, whose only scope is `aws.cognito.signin.user.admin`, and ID tokens, which have none. It cannot
 * compare the member of a path with the caller. So only the function knows whose books a member may read.
 */
const GATEWAY_SCOPES = {
  member: ['openid', BILLING, SUPPORT],
  books: ['openid', BILLING, SUPPORT],
  billing: [BILLING],
} as const satisfies Record<Access, readonly string[]>;

/**
 * API Gateway names a route by its key, for example `POST /v1/inmails`. The settings have the names of CloudFormation,
 * because CDK passes them on unchanged.
 */
function throttleOf({ method, path, perSecond }: NamedEndpoint, { rateFactor }: Stage) {
  const rate = rateFactor * perSecond;
  const settings = { ThrottlingRateLimit: rate, ThrottlingBurstLimit: BURST_SECONDS * rate };
  return [`${method} ${path}`, settings] as const;
}

/**
 * Holds the caller, their address and the route. The path is left out, because paths name members. A function's own log
 * has the same `requestId`. `functionRequestId` finds the lines that Lambda itself wrote, for example about a timeout.
 */
function accessLogFormat(stage: Stage): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      application: applicationOf(stage),
      requestId: AccessLogField.contextRequestId(),
      functionRequestId: '$context.integration.requestId',
      requestTime: AccessLogField.contextRequestTime(),
      sourceIp: AccessLogField.contextIdentitySourceIp(),
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

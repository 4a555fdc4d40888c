import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ROUTES } from '../shared/edge/routes.ts';
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
 * 100 a second × 10 s: even if every call ran into its timeout, the API could not use more than the 1,000 concurrent
 * executions an account starts with. A burst of 200 lets a page that asks for several things at once through.
 */
const THROTTLE = { rateLimit: 100, burstLimit: 200 };

/** The HTTP API: one function and one route for each row of the route table, none without a token. */
export function createApi(scope: Construct, { identity, tables }: { identity: Identity; tables: Tables }): HttpApi {
  const api = new HttpApi(scope, 'Api', {
    description: 'InMail credits, v1',
    createDefaultStage: false, // ours has an access log and a throttle
    defaultAuthorizer: new HttpUserPoolAuthorizer('Tokens', identity.userPool, {
      userPoolClients: Object.values(identity.clients),
    }),
  });

  for (const { name, method, path, summary } of ROUTES) {
    const handler = createFunction(scope, {
      name,
      tables,
      description: summary,
      memorySize: API_MEMORY_MEBIBYTES,
      timeout: API_TIMEOUT,
    });
    const integration = new HttpLambdaIntegration(`${constructIdOf(name)}Integration`, handler);
    api.addRoutes({ path, methods: [HttpMethod[method]], integration });
  }

  new HttpStage(scope, 'Stage', {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    throttle: THROTTLE,
    accessLogSettings: { destination: new LogGroupLogDestination(createAccessLog(scope)), format: accessLogFormat() },
  });
  return api;
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

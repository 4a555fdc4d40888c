import { CorsHttpMethod, type CorsPreflightOptions, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Duration } from 'aws-cdk-lib/core';
import { RESPONSE_HEADERS } from '../../shared/contract/response-headers.ts';
import type { StageStack } from '../stage-stack.ts';

/** The headers that a browser lets a front end of another origin send. */
const REQUEST_HEADERS = ['authorization', 'content-type', 'idempotency-key', 'if-none-match'];

/** A browser need not ask again before each request. */
const PREFLIGHT_AGE = Duration.hours(1);

/** Clients keep the address of the API, and API Gateway never gives one out again. */
export function createApiAddress(scope: StageStack): HttpApi {
  const allowOrigins = scope.stage.otherFrontEnds;
  return new HttpApi(scope, 'Api', {
    apiName: scope.nameOf('api'),
    description: 'InMail credits, v1: subscribe, send, respond and look',
    createDefaultStage: false, // our own stage has an access log and a throttle
    ...(allowOrigins.length > 0 && { corsPreflight: corsFor(allowOrigins) }),
  });
}

/** Our own page has the API's origin. It needs no CORS, so a stage without other front ends allows none. */
const corsFor = (allowOrigins: readonly string[]): CorsPreflightOptions => ({
  allowOrigins: [...allowOrigins],
  allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PUT, CorsHttpMethod.DELETE],
  allowHeaders: REQUEST_HEADERS,
  exposeHeaders: Object.keys(RESPONSE_HEADERS),
  maxAge: PREFLIGHT_AGE,
});

/** The chain of what anybody may read: no token, no tables, and the same bytes for all until the next release. */
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { holds } from '../../http/etag.ts';
import { count, logger, metrics } from '../../runtime/telemetry.ts';
import { PUBLIC_HEADERS } from '../security-headers.ts';

export type PublicPage = {
  readonly contentType: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** 5 min: a release is seen soon, and a busy page asks seldom. */
const MAX_AGE_SECONDS = 300;

/** A Lambda that answers everybody alike; `make` runs once per container, at the first call. */
export function publicPage(make: () => PublicPage) {
  let made: ReturnType<typeof answersOf> | undefined;
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error, Context>({ timeoutEarlyInMillis: 0 })
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler(async ({ headers }) => {
      made ??= answersOf(make());
      count('answered');
      return holds(headers['if-none-match'], made.etag) ? made.notModified : made.whole;
    });
}

function answersOf({ contentType, text, headers: more }: PublicPage) {
  const etag = `"${bytesToHex(sha256(utf8ToBytes(text))).slice(0, 32)}"`;
  const headers = { ...PUBLIC_HEADERS, 'cache-control': `public, max-age=${MAX_AGE_SECONDS}`, etag };
  const body = { 'content-type': contentType, ...more };
  return {
    etag,
    notModified: { statusCode: 304, headers },
    whole: { statusCode: 200, headers: { ...headers, ...body }, body: text },
  };
}

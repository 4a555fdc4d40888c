import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  type ResponseCustomHeader,
  ResponseHeadersPolicy,
  type ResponseHeadersPolicyProps,
} from 'aws-cdk-lib/aws-cloudfront';
import { Duration } from 'aws-cdk-lib/core';
import { pagePolicy } from '../../shared/contract/page-policy.ts';
import { pascalCaseOf } from '../../shared/contract/pascal-case.ts';
import {
  CLEARING_HEADERS,
  DOCUMENT_HEADERS,
  PRIVATE_HEADERS,
  PUBLIC_HEADERS,
  STRICT_TRANSPORT_SECONDS,
} from '../../shared/contract/security-headers.ts';
import type { StageStack } from '../stage-stack.ts';

/** One for each kind of response that CloudFront passes on. Every behaviour has one. */
export type PageHeaders = Readonly<Record<'page' | 'signedOut' | 'api', ResponseHeadersPolicy>>;

const CORP = 'cross-origin-resource-policy';
const CACHING = 'cache-control';

export function createPageHeaders(scope: StageStack, signInUrl: string): PageHeaders {
  const contentSecurityPolicy = { contentSecurityPolicy: pagePolicy(signInUrl), override: true };
  const corp = { header: CORP, value: PUBLIC_HEADERS[CORP], override: true };
  const document = [corp, ...headersOf(DOCUMENT_HEADERS)];
  return {
    page: policy(scope, 'page', { contentSecurityPolicy }, document),
    signedOut: policy(scope, 'signed-out', { contentSecurityPolicy }, [
      ...document,
      ...headersOf({ ...CLEARING_HEADERS, [CACHING]: PRIVATE_HEADERS[CACHING] }),
    ]),
    // A function's own cache-control stays. The gateway's own 401, 403, 404 and 429 have none, and only CloudFront can add a
    // header to them. So it adds no-store and all other headers here.
    api: policy(scope, 'api', {}, [corp, { header: CACHING, value: PRIVATE_HEADERS[CACHING], override: false }]),
  };
}

function policy(
  scope: StageStack,
  name: string,
  more: ResponseHeadersPolicyProps['securityHeadersBehavior'],
  customHeaders: ResponseCustomHeader[],
): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, `${pascalCaseOf(name)}Headers`, {
    responseHeadersPolicyName: scope.nameOf(`${name}-${scope.region}`), // all regions of an account share these names
    securityHeadersBehavior: {
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: {
        accessControlMaxAge: Duration.seconds(STRICT_TRANSPORT_SECONDS),
        includeSubdomains: true,
        preload: true,
        override: true,
      },
      ...more,
    },
    customHeadersBehavior: { customHeaders },
  });
}

const headersOf = (headers: Readonly<Record<string, string>>): ResponseCustomHeader[] =>
  Object.entries(headers).map(([header, value]) => ({ header, value, override: true }));

import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  FunctionEventType,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  type ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Aws, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { SIGNED_OUT_PATH } from '../shared/contract/security-headers.ts';
import type { Identity } from './identity.ts';
import { createPageAddresses } from './page-addresses.ts';
import { createPageHeaders } from './page-headers.ts';

export type Page = { readonly bucketName: string; readonly url: string };

/** All accounts of AWS share these names, so ours carries account and region. The page's stack finds the bucket by it. */
const BUCKET_NAME = `inmail-credits-page-${Aws.ACCOUNT_ID}-${Aws.REGION}`;

/** All paths of the API. Every other path is a file of the page or a document of the contract. */
const API_PATHS = '/v1/*';

/** The page and the API have the same origin. So browsers need no CORS, and tokens go to no other origin. */
export function createPage(scope: Construct, { api, identity }: { api: HttpApi; identity: Identity }): Page {
  const bucket = createBucket(scope);
  const domainName: string | undefined = scope.node.tryGetContext('pageDomain');
  const files = {
    origin: S3BucketOrigin.withOriginAccessControl(bucket as IBucket),
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  };
  const headers = createPageHeaders(scope, identity);
  const addresses = { function: createPageAddresses(scope), eventType: FunctionEventType.VIEWER_REQUEST };
  const distribution = new Distribution(scope, 'Page', {
    comment: 'InMail credits: the page, and the API behind it',
    defaultRootObject: 'index.html',
    defaultBehavior: {
      ...files,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: headers.page,
      functionAssociations: [addresses],
    },
    additionalBehaviors: {
      [API_PATHS]: behaviorOf(api, headers.api),
      // Cognito sends people here when they sign out. Only a response of this origin can clear its stored data.
      [SIGNED_OUT_PATH]: {
        ...files,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: headers.signedOut,
      },
    },
    // Missing files have no error page, because CloudFront would also replace the API's own responses with it.
    httpVersion: HttpVersion.HTTP2_AND_3,
    priceClass: PriceClass.PRICE_CLASS_100,
    ...(domainName && ownDomain(scope, domainName)),
  });
  acknowledge(distribution, bucket, domainName !== undefined);
  const url = `https://${domainName ?? distribution.distributionDomainName}/`;
  const callbackUrl: string | undefined = scope.node.tryGetContext('callbackUrl');
  landOn(identity, [url, ...(callbackUrl ? [callbackUrl] : [])]);
  return { bucketName: BUCKET_NAME, url };
}

/** The bucket may go with this stack, because its files are built from the sources. The page's stack empties it. */
function createBucket(scope: Construct): Bucket {
  return new Bucket(scope, 'PageFiles', {
    bucketName: BUCKET_NAME,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** Passes every header on but Host, because API Gateway finds the API by its own host name. */
function behaviorOf(api: HttpApi, responseHeadersPolicy: ResponseHeadersPolicy) {
  return {
    origin: new HttpOrigin(`${api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    }),
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY, // a redirect comes too late for a token in plain text
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    responseHeadersPolicy,
  };
}

/**
 * Set by `-c pageDomain=credits.example.org -c pageCertificate=arn:aws:acm:us-east-1:…`. CloudFront takes certificates of
 * us-east-1 only.
 */
function ownDomain(scope: Construct, domainName: string) {
  const arn: string | undefined = scope.node.tryGetContext('pageCertificate');
  if (!arn) throw new Error(`pageDomain ${domainName} needs pageCertificate, the ARN of its certificate in us-east-1`);
  return {
    domainNames: [domainName],
    certificate: Certificate.fromCertificateArn(scope, 'PageCertificate', arn),
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
  };
}

/**
 * Sets the address after sign-in and sign-out: the page, or another front end that `-c callbackUrl=https://…` names. The
 * distribution needs the API, and the API's authorizer needs the client. So our functions make the client first and set its
 * addresses last. The CloudFormation resources have no cycle.
 */
function landOn({ clients: { members, operators } }: Identity, [page, ...others]: [string, ...string[]]): void {
  for (const { node } of [members, operators]) {
    const client = node.defaultChild as CfnUserPoolClient;
    client.callbackUrLs = [page, ...others];
    client.logoutUrLs = [`${page}${SIGNED_OUT_PATH.slice(1)}`, ...others];
  }
}

/** The checks' findings that we accept, with our reasons. */
function acknowledge(distribution: Distribution, bucket: Bucket, hasOwnDomain: boolean): void {
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'Only CloudFront reads the bucket, and its files are public.',
  });
  const reasons: Record<string, string> = {
    CFR1: 'Members live in every country.',
    CFR2: 'The page is public, and every route of the API has a rate limit.',
    CFR3: 'Its log would hold paths, which name members. The API logs the caller and the route.',
    ...(!hasOwnDomain && {
      CFR4: "CloudFront's own certificate sets the TLS version. With -c pageDomain it is TLS 1.2 or newer.",
    }),
  };
  for (const [rule, reason] of Object.entries(reasons)) {
    Validations.of(distribution).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
}

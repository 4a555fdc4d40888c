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

/** Names are shared by everybody on AWS, so ours carries account and region; the stack that fills the bucket finds it by it. */
const BUCKET_NAME = `inmail-credits-page-${Aws.ACCOUNT_ID}-${Aws.REGION}`;

/** All paths of the API. Everything else is a file: the page's, or a document of the contract. */
const API_PATHS = '/v1/*';

/** The page and, under the same origin, the API: browsers need no CORS, and tokens go to nobody else. */
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
      // Cognito sends whoever signs out on to here, and only an answer of this origin can clear what it left behind.
      [SIGNED_OUT_PATH]: {
        ...files,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: headers.signedOut,
      },
    },
    // Not an error page for what is missing: those replace the API's own answers, too.
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

/** What is in it is made of the sources, and emptied by the stack that fills it: it can go with this one. */
function createBucket(scope: Construct): Bucket {
  return new Bucket(scope, 'PageFiles', {
    bucketName: BUCKET_NAME,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** As the API is called without us, but for the name of the host, by which API Gateway finds it. */
function behaviorOf(api: HttpApi, responseHeadersPolicy: ResponseHeadersPolicy) {
  return {
    origin: new HttpOrigin(`${api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    }),
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY, // a token in plain text is lost before any redirect
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    responseHeadersPolicy,
  };
}

/** `-c pageDomain=credits.example.org -c pageCertificate=arn:aws:acm:us-east-1:…`: CloudFront takes certificates from there only. */
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
 * After signing in or out: on the page, or on another front end that `-c callbackUrl=https://…` names. Set here and not where the client is made: the distribution stands before the API, whose authorizer names the client.
 * Between resources there is no circle, only between the functions that make them.
 */
function landOn({ clients: { members, operators } }: Identity, [page, ...others]: [string, ...string[]]): void {
  for (const { node } of [members, operators]) {
    const client = node.defaultChild as CfnUserPoolClient;
    client.callbackUrLs = [page, ...others];
    client.logoutUrLs = [`${page}${SIGNED_OUT_PATH.slice(1)}`, ...others];
  }
}

/** What the checks ask for and we leave, and why. */
function acknowledge(distribution: Distribution, bucket: Bucket, hasOwnDomain: boolean): void {
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'Only CloudFront reads it, and what it holds is the same for everybody.',
  });
  const reasons: Record<string, string> = {
    CFR1: 'Members are everywhere.',
    CFR2: 'The page is the same for everybody; of the API every route has its rate.',
    CFR3: 'Its log would hold paths, which name members. The API logs who called which route.',
    ...(!hasOwnDomain && {
      CFR4: "Under CloudFront's own name its certificate decides; -c pageDomain gives another name, and TLS 1.2 at least.",
    }),
  };
  for (const [rule, reason] of Object.entries(reasons)) {
    Validations.of(distribution).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
}

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
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnOutput, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { SIGNED_OUT_PATH } from '../../shared/contract/security-headers.ts';
import type { StageStack } from '../stage-stack.ts';
import type { PageSettings } from '../stages.ts';
import { createPageAddresses } from './addresses.ts';
import { createPageHeaders } from './headers.ts';

export type PageParts = {
  readonly apiId: string;
  readonly signInUrl: string;
  readonly settings: PageSettings;
};

export type Page = {
  readonly bucket: Bucket;
  /** With a slash at its end. */
  readonly url: string;
};

/** All paths of the API. Every other path is a file of the page or a document of the contract. */
const API_PATHS = '/v1/*';

/** The page and the API have the same origin. So browsers need no CORS, and tokens go to no other origin. */
export function createPage(scope: StageStack, { apiId, signInUrl, settings: { domain } }: PageParts): Page {
  const bucket = createBucket(scope);
  const files = {
    origin: S3BucketOrigin.withOriginAccessControl(bucket as IBucket, {
      originAccessControl: new S3OriginAccessControl(scope, 'Access', {
        originAccessControlName: scope.nameOf(`page-${scope.region}`), // all regions of an account share these names
      }),
    }),
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    cachePolicy: CachePolicy.CACHING_OPTIMIZED,
  };
  const headers = createPageHeaders(scope, signInUrl);
  const addresses = { function: createPageAddresses(scope), eventType: FunctionEventType.VIEWER_REQUEST };
  const distribution = new Distribution(scope, 'Page', {
    comment: `InMail credits, ${scope.stage.name}: the page, and the API behind it`,
    defaultRootObject: 'index.html',
    defaultBehavior: { ...files, responseHeadersPolicy: headers.page, functionAssociations: [addresses] },
    additionalBehaviors: {
      [API_PATHS]: behaviorOf(scope, apiId, headers.api),
      // Cognito sends people here when they sign out. Only a response of this origin can clear its stored data.
      [SIGNED_OUT_PATH]: { ...files, responseHeadersPolicy: headers.signedOut },
    },
    // Missing files have no error page, because CloudFront would also replace the API's own responses with it.
    httpVersion: HttpVersion.HTTP2_AND_3,
    priceClass: PriceClass.PRICE_CLASS_100, // the edges of North America and Europe, which serve other continents as well
    ...(domain && ownDomain(scope, domain)),
  });
  acknowledge(distribution, bucket, domain !== undefined);
  const url = `https://${domain?.name ?? distribution.distributionDomainName}/`;
  new CfnOutput(scope, 'PageUrl', { value: url });
  // A stage with a domain needs a DNS record that leads there.
  new CfnOutput(scope, 'DistributionDomain', { value: distribution.distributionDomainName });
  return { bucket, url };
}

/** The bucket may go with its stack, because its files are built from the sources. */
function createBucket(scope: StageStack): Bucket {
  return new Bucket(scope, 'Files', {
    bucketName: scope.nameOf(`page-${scope.account}-${scope.region}`), // all accounts of AWS share these names
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** Passes every header on but Host, because API Gateway finds the API by its own host name. */
function behaviorOf(scope: StageStack, apiId: string, responseHeadersPolicy: ResponseHeadersPolicy) {
  return {
    origin: new HttpOrigin(`${apiId}.execute-api.${scope.region}.${scope.urlSuffix}`, {
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

/** CloudFront takes certificates of us-east-1 only. */
const ownDomain = (scope: StageStack, { name, certificate }: NonNullable<PageSettings['domain']>) => ({
  domainNames: [name],
  certificate: Certificate.fromCertificateArn(scope, 'Certificate', certificate),
  minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
});

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
      CFR4: "CloudFront's own certificate sets the TLS version. With a domain in infra/stages.ts it is TLS 1.2 or newer.",
    }),
  };
  for (const [rule, reason] of Object.entries(reasons)) {
    Validations.of(distribution).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Stack, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { CACHE_CONTROL } from '../shared/contract/page-policy.ts';
import type { Identity } from './identity.ts';
import type { Page } from './page.ts';

export type PageStackProps = {
  readonly page: Page;
  readonly identity: Identity;
  /** The folder of the built page and its documents. Without it, only the page's configuration is put in place. */
  readonly pageDir?: string | undefined;
};

/**
 * Puts the page where CloudFront finds it. CDK's own function does this under a role that we cannot narrow. In a stack of
 * its own, it reaches the page's bucket and no books.
 */
export class PageStack extends Stack {
  constructor(scope: Construct, id: string, { page, identity, pageDir }: PageStackProps) {
    super(scope, id, { description: 'InMail credits: the files of the page' });
    if (pageDir !== undefined && !existsSync(pageDir)) {
      throw new Error(`there is no page in ${pageDir}: run npm run build`);
    }
    const config = {
      authorizeUrl: `${identity.signInUrl}/oauth2/authorize`,
      tokenUrl: `${identity.signInUrl}/oauth2/token`,
      revokeUrl: `${identity.signInUrl}/oauth2/revoke`,
      signOutUrl: `${identity.signInUrl}/logout`,
      clientId: identity.clients.members.userPoolClientId,
      operatorsClientId: identity.clients.operators.userPoolClientId,
    };
    // Old files stay, because an open page goes on loading the views of its own build.
    const shared = {
      destinationBucket: Bucket.fromBucketName(this, 'Files', page.bucketName),
      prune: false,
      retainOnDelete: false,
    };
    const named = new BucketDeployment(this, 'Named', {
      ...shared,
      sources: [
        ...(pageDir === undefined ? [] : [Source.asset(pageDir, { exclude: ['assets'] })]),
        Source.jsonData('config.json', config),
      ],
      cacheControl: [CacheControl.fromString(CACHE_CONTROL.named)],
    });
    if (pageDir !== undefined) {
      const hashed = new BucketDeployment(this, 'Hashed', {
        ...shared,
        sources: [Source.asset(join(pageDir, 'assets'))],
        destinationKeyPrefix: 'assets',
        cacheControl: [CacheControl.fromString(CACHE_CONTROL.hashed)],
      });
      // index.html comes last, because it names the other files. The dependency is between resources, because the two
      // constructs share one function.
      named.node.findChild('CustomResource').node.addDependency(hashed.node.findChild('CustomResource'));
    }
    for (const finding of CDK_FINDINGS) {
      Validations.of(this).acknowledge({
        id: `AwsSolutions-${finding}`,
        reason: "CDK's own function fills the bucket. The function and its role reach only public files.",
      });
    }
  }
}

/** The checks' findings on CDK's function. They are named one by one, because a new finding must show. */
const CDK_FINDINGS = [
  'L1',
  'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
  'IAM5[Action::s3:Abort*]',
  'IAM5[Action::s3:DeleteObject*]',
  'IAM5[Action::s3:GetBucket*]',
  'IAM5[Action::s3:GetObject*]',
  'IAM5[Action::s3:List*]',
  'IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]',
  'IAM5[Resource::arn:<AWS::Partition>:s3:::inmail-credits-page-<AWS::AccountId>-<AWS::Region>/*]',
];

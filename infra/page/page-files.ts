import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { RemovalPolicy, Token, Validations } from 'aws-cdk-lib/core';
import { CACHE_CONTROL } from '../../shared/contract/page-policy.ts';
import { logGroupOf } from '../names.ts';
import type { StageStack } from '../stage-stack.ts';
import type { PageClients } from './page-clients.ts';

export type PageFilesParts = {
  readonly bucket: Bucket;
  readonly signInUrl: string;
  readonly clients: PageClients;
  /** The folder of the built page and its documents. Without it, only the page's configuration is put in place. */
  readonly pageDir: string | undefined;
};

/**
 * Puts the page where CloudFront finds it. CDK's own function does this under a role that we cannot narrow. It reaches the
 * page's bucket and no books.
 */
export function createPageFiles(scope: StageStack, { bucket, signInUrl, clients, pageDir }: PageFilesParts): void {
  if (pageDir !== undefined && !existsSync(pageDir))
    throw new Error(`there is no page in ${pageDir}: run npm run build`);
  const config = {
    authorizeUrl: `${signInUrl}/oauth2/authorize`,
    tokenUrl: `${signInUrl}/oauth2/token`,
    revokeUrl: `${signInUrl}/oauth2/revoke`,
    signOutUrl: `${signInUrl}/logout`,
    clientId: clients.members.userPoolClientId,
    operatorsClientId: clients.operators.userPoolClientId,
  };
  // Old files stay, because an open page goes on loading the views of its own build.
  const shared = {
    destinationBucket: bucket as IBucket,
    prune: false,
    retainOnDelete: false,
    logGroup: createLogs(scope),
  };
  const named = new BucketDeployment(scope, 'Named', {
    ...shared,
    sources: [
      ...(pageDir === undefined ? [] : [Source.asset(pageDir, { exclude: ['assets'] })]),
      Source.jsonData('config.json', config),
    ],
    cacheControl: [CacheControl.fromString(CACHE_CONTROL.named)],
  });
  if (pageDir !== undefined) {
    const hashed = new BucketDeployment(scope, 'Hashed', {
      ...shared,
      sources: [Source.asset(join(pageDir, 'assets'))],
      destinationKeyPrefix: 'assets',
      cacheControl: [CacheControl.fromString(CACHE_CONTROL.hashed)],
    });
    // index.html comes last, because it names the other files. The dependency is between resources, because the two
    // constructs share one function.
    named.node.findChild('CustomResource').node.addDependency(hashed.node.findChild('CustomResource'));
  }
  for (const finding of findingsOf(scope)) {
    Validations.of(scope).acknowledge({
      id: `AwsSolutions-${finding}`,
      reason: "CDK's own function fills the bucket. The function and its role reach only public files.",
    });
  }
}

const createLogs = (scope: StageStack): LogGroup =>
  new LogGroup(scope, 'FilesLogs', {
    logGroupName: logGroupOf(scope.stage, 'page-files'),
    retention: scope.stage.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });

/** The checks' findings on CDK's function. They are named one by one, because a new finding must show. */
function findingsOf(scope: StageStack): string[] {
  const [partition, region] = [shown(scope.partition, 'Partition'), shown(scope.region, 'Region')];
  return [
    'L1',
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    'IAM5[Action::s3:Abort*]',
    'IAM5[Action::s3:DeleteObject*]',
    'IAM5[Action::s3:GetBucket*]',
    'IAM5[Action::s3:GetObject*]',
    'IAM5[Action::s3:List*]',
    `IAM5[Resource::arn:${partition}:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-${region}/*]`,
    'IAM5[Resource::<Files8E6940B8.Arn>/*]',
  ];
}

/** Only CloudFormation knows them in a stage without a region of its own. */
const shown = (value: string, name: string): string => (Token.isUnresolved(value) ? `<AWS::${name}>` : value);

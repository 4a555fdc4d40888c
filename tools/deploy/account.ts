/** The account and the region that a stage is deployed to, and the clients that look at them. */
import { ACMClient } from '@aws-sdk/client-acm';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Stage } from '../../infra/stages.ts';
import { LocalFailure } from '../../local/failure.ts';
import { clientSettings } from '../aws/clients.ts';
import { cloudFormationOf } from '../aws/deployed.ts';

/** CloudFront takes certificates of this region only. */
export const CERTIFICATE_REGION = 'us-east-1';

type AccountClients = {
  readonly acm: ACMClient;
  readonly cloudFormation: CloudFormationClient;
  readonly cloudFront: CloudFrontClient;
  readonly lambda: LambdaClient;
  readonly ses: SESv2Client;
  readonly ssm: SSMClient;
};

export type Account = {
  readonly stage: Stage;
  readonly accountId: string;
  readonly region: string;
  readonly clients: AccountClients;
};

/** Throws a LocalFailure where the shell has no credentials. */
export async function accountOf(stage: Stage, sts = new STSClient(clientSettings(stage))): Promise<Account> {
  const region = await sts.config.region();
  const accountId = await accountIdOf(sts);
  const settings = clientSettings(stage);
  const clients = {
    acm: new ACMClient({ ...settings, region: CERTIFICATE_REGION }),
    cloudFormation: cloudFormationOf(stage),
    cloudFront: new CloudFrontClient(settings),
    lambda: new LambdaClient(settings),
    ses: new SESv2Client({ ...settings, region: stage.signIn.mail?.region ?? region }),
    ssm: new SSMClient(settings),
  };
  return { stage, accountId, region, clients };
}

/** AWS's words for credentials that are missing, too old or unknown. */
const IS_WITHOUT_CREDENTIALS = /^(CredentialsProviderError|ExpiredToken|ExpiredTokenException|InvalidClientTokenId)$/;

async function accountIdOf(sts: STSClient): Promise<string> {
  try {
    const { Account: accountId } = await sts.send(new GetCallerIdentityCommand({}));
    if (accountId === undefined) throw new Error('STS names no account');
    return accountId;
  } catch (error) {
    const { name, message } = error as Error;
    if (!IS_WITHOUT_CREDENTIALS.test(name)) throw error;
    throw new LocalFailure(
      `AWS takes no credentials of this shell (${message}): sign in with aws login or aws sso login, and set AWS_PROFILE`,
    );
  }
}

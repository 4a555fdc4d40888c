/** The checks of an account before a deployment, a row for each. */
import { DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { DescribeTypeCommand } from '@aws-sdk/client-cloudformation';
import { ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { GetAccountCommand, GetEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { jobsAtOnce, requestsAtOnce, UNRESERVABLE } from '../../infra/concurrency.ts';
import { type Account, CERTIFICATE_REGION } from './account.ts';

export type Finding = {
  /** `stops`: the deployment would fail, or the stage would be of no use. `says`: it works, and people should know. */
  readonly weight: 'stops' | 'says';
  readonly what: string;
  readonly remedy: string;
  /** The arguments of the CDK CLI that mend it. */
  readonly mend?: readonly string[];
};

export type Check = {
  /** Of the check in a line of its own: `Lambda's limit`. */
  readonly name: string;
  readonly look: (account: Account) => Promise<readonly Finding[]>;
};

/** The version of the bootstrap stack, under CDK's usual qualifier. */
const BOOTSTRAP_PARAMETER = '/cdk-bootstrap/hnb659fds/version';

async function lookAtBootstrap({ accountId, region, clients }: Account): Promise<Finding[]> {
  try {
    await clients.ssm.send(new GetParameterCommand({ Name: BOOTSTRAP_PARAMETER }));
    return [];
  } catch (error) {
    if ((error as Error).name !== 'ParameterNotFound') throw error;
    const environment = `aws://${accountId}/${region}`;
    return [
      {
        weight: 'stops',
        what: `CDK has not been set up in account ${accountId}, region ${region}`,
        remedy: `run npx cdk bootstrap ${environment}, once for each account and region`,
        mend: ['bootstrap', environment],
      },
    ];
  }
}

async function lookAtConcurrency({ stage, clients }: Account): Promise<Finding[]> {
  const { AccountLimit } = await clients.lambda.send(new GetAccountSettingsCommand({}));
  const limit = AccountLimit?.ConcurrentExecutions ?? 0;
  const jobs = jobsAtOnce();
  const wanted = requestsAtOnce(stage) + jobs;
  const remedy = `ask AWS for ${wanted} in Service Quotas (Lambda, "Concurrent executions")`;
  const least = jobs + UNRESERVABLE;
  if (stage.reservesConcurrency && limit < least) {
    const reserved = `the stage reserves ${jobs} for its sweeps and events, and Lambda keeps ${UNRESERVABLE} for all else`;
    const until = 'or set reservesConcurrency to false in infra/stages.ts until then';
    return [
      { weight: 'stops', what: `Lambda runs ${limit} functions at once: ${reserved}`, remedy: `${remedy}, ${until}` },
    ];
  }
  if (limit >= wanted) return [];
  const what = `Lambda runs ${limit} functions at once, and the stage may need ${wanted}: requests fail beyond it`;
  return [{ weight: 'says', what, remedy }];
}

/** Cognito's own mailer, for each account. */
const COGNITO_MAILS_A_DAY = 50;

async function lookAtMail({ stage: { signIn }, clients }: Account): Promise<Finding[]> {
  const { mail } = signIn;
  if (!mail) {
    const what = `Cognito itself sends at most ${COGNITO_MAILS_A_DAY} mails a day: invitations and new passwords`;
    return [{ weight: 'says', what, remedy: 'name an SES identity under signIn.mail in infra/stages.ts' }];
  }
  const place = `${mail.verifiedDomain} in SES, region ${mail.region}`;
  if (!(await isVerified(clients, mail.verifiedDomain))) {
    return [
      {
        weight: 'stops',
        what: `nobody has verified ${place}`,
        remedy: 'create the identity there, and set its DNS records',
      },
    ];
  }
  const { ProductionAccessEnabled } = await clients.ses.send(new GetAccountCommand({}));
  if (ProductionAccessEnabled) return [];
  const what = `SES in ${mail.region} is in its sandbox: only addresses that are verified one by one get mail`;
  return [{ weight: 'says', what, remedy: 'ask AWS for production access in the console of SES' }];
}

async function isVerified({ ses }: Account['clients'], domain: string): Promise<boolean> {
  try {
    const { VerifiedForSendingStatus } = await ses.send(new GetEmailIdentityCommand({ EmailIdentity: domain }));
    return VerifiedForSendingStatus === true;
  } catch (error) {
    if ((error as Error).name === 'NotFoundException') return false;
    throw error;
  }
}

async function lookAtCertificate({ stage: { page }, clients }: Account): Promise<Finding[]> {
  if (page === 'none' || !page.domain) return [];
  const { name, certificate } = page.domain;
  const stops = (what: string, remedy: string): Finding[] => [{ weight: 'stops', what, remedy }];
  if (certificate.split(':')[3] !== CERTIFICATE_REGION) {
    return stops(
      `CloudFront cannot use ${certificate}`,
      `request it in ${CERTIFICATE_REGION}, and name that one in infra/stages.ts`,
    );
  }
  const found = await clients.acm.send(new DescribeCertificateCommand({ CertificateArn: certificate }));
  const { Status, SubjectAlternativeNames: names = [] } = found.Certificate ?? {};
  if (Status !== 'ISSUED') {
    return stops(
      `the certificate of ${name} is ${Status ?? 'missing'}`,
      'set the DNS records that its page in ACM shows, and wait',
    );
  }
  if (names.some((one) => covers(one, name))) return [];
  return stops(`the certificate covers ${names.join(', ')}, not ${name}`, `request one that names ${name}`);
}

/** `*.example.org` covers one further label: `credits.example.org`, but neither `example.org` nor `a.b.example.org`. */
const covers = (pattern: string, domain: string): boolean =>
  pattern.toLowerCase() === domain.toLowerCase() ||
  (pattern.startsWith('*.') && pattern.slice(1).toLowerCase() === domain.slice(domain.indexOf('.')).toLowerCase());

async function lookAtCloudFront({ stage, clients }: Account): Promise<Finding[]> {
  if (stage.page === 'none') return [];
  const { DistributionList } = await clients.cloudFront.send(new ListDistributionsCommand({ MaxItems: 1 }));
  if ((DistributionList?.Items ?? []).length > 0) return [];
  return [
    {
      weight: 'says',
      what: 'the account has no CloudFront distribution yet, and AWS lets only verified accounts make one',
      remedy:
        "if the stack of the page fails by that, ask AWS support to verify the account. Until then set page: 'none' in infra/stages.ts. The books are in another stack, and stay",
    },
  ];
}

/** CloudFormation refuses a whole template for one type of resource that its region does not have. */
const BUDGET_TYPE = 'AWS::Budgets::Budget';

async function lookAtBudget({ stage, region, clients }: Account): Promise<Finding[]> {
  if (stage.monthlyBudget === 'none') return [];
  try {
    await clients.cloudFormation.send(new DescribeTypeCommand({ Type: 'RESOURCE', TypeName: BUDGET_TYPE }));
    return [];
  } catch (error) {
    if ((error as Error).name !== 'TypeNotFoundException') throw error;
    const remedy = "set monthlyBudget: 'none' in infra/stages.ts, and make a budget by hand, or choose another region";
    return [{ weight: 'stops', what: `CloudFormation cannot make a budget in ${region}`, remedy }];
  }
}

async function lookAtAlarms({ stage: { alarmsTo } }: Account): Promise<Finding[]> {
  if (alarmsTo.length > 0) return [];
  const what = 'alarms and the budget reach nobody';
  return [{ weight: 'says', what, remedy: 'name mail addresses under alarmsTo in infra/stages.ts' }];
}

export const CHECKS: readonly Check[] = [
  { name: 'CDK', look: lookAtBootstrap },
  { name: 'Lambda', look: lookAtConcurrency },
  { name: 'mail', look: lookAtMail },
  { name: 'certificate', look: lookAtCertificate },
  { name: 'CloudFront', look: lookAtCloudFront },
  { name: 'budget', look: lookAtBudget },
  { name: 'alarms', look: lookAtAlarms },
];

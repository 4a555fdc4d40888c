/** The checks before a deployment, on accounts that lack one thing each. */
import { ACMClient } from '@aws-sdk/client-acm';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { jobsAtOnce, requestsAtOnce, UNRESERVABLE } from '../../infra/concurrency.ts';
import { type Stage, stageNamed } from '../../infra/stages.ts';
import { accountOf } from '../../tools/deploy/account.ts';
import { linesOf, preflight } from '../../tools/deploy/preflight.ts';
import { type Answers, answering, awsError } from '../support/fake-aws.ts';

const REGION = { region: 'eu-central-1' };
const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/one';
const MAIL = { from: 'credits@example.org', verifiedDomain: 'example.org', region: 'eu-central-1' };

/** A stage that lacks nothing, in an account that lacks nothing. */
const WHOLE: Stage = {
  ...stageNamed('prod'),
  region: 'eu-central-1',
  page: { domain: { name: 'credits.example.org', certificate: CERTIFICATE } },
  signIn: { plan: 'PLUS', secondFactor: 'required', mail: MAIL },
  alarmsTo: ['team@example.org'],
};

const certificate = (Status: string, ...SubjectAlternativeNames: string[]) => ({
  DescribeCertificate: () => ({ Certificate: { Status, SubjectAlternativeNames } }),
});
const limit = (ConcurrentExecutions: number) => ({
  GetAccountSettings: () => ({ AccountLimit: { ConcurrentExecutions } }),
});
const failing = (command: string, error: Error): Answers => ({
  [command]: () => {
    throw error;
  },
});

const READY: Answers = {
  GetParameter: () => ({ Parameter: { Value: '30' } }),
  ...limit(1_000),
  ListDistributions: () => ({ DistributionList: { Items: [{ Id: 'E1' }] } }),
  DescribeType: () => ({ TypeName: 'AWS::Budgets::Budget' }),
  ...certificate('ISSUED', 'credits.example.org'),
  GetEmailIdentity: () => ({ VerifiedForSendingStatus: true }),
  GetAccount: () => ({ ProductionAccessEnabled: true }),
};

/** What the checks find where the account differs from one that lacks nothing. */
async function findings(changes: { readonly stage?: Partial<Stage>; readonly answers?: Answers } = {}) {
  const answers = { ...READY, ...changes.answers };
  const of = <Client extends { send: unknown }>(client: Client): Client => answering(client, answers).client;
  return preflight({
    stage: { ...WHOLE, ...changes.stage },
    accountId: '123456789012',
    region: 'eu-central-1',
    clients: {
      acm: of(new ACMClient(REGION)),
      cloudFormation: of(new CloudFormationClient(REGION)),
      cloudFront: of(new CloudFrontClient(REGION)),
      lambda: of(new LambdaClient(REGION)),
      ses: of(new SESv2Client(REGION)),
      ssm: of(new SSMClient(REGION)),
    },
  });
}

const briefly = (found: Awaited<ReturnType<typeof findings>>) => found.map(({ weight, check }) => `${weight} ${check}`);

/** A test of the infrastructure holds these figures to the templates. */
const REQUESTS = requestsAtOnce({ rateFactor: 1 });
const JOBS = jobsAtOnce();
const NEEDED = REQUESTS + JOBS;
const RESERVED = JOBS + UNRESERVABLE;

describe('the checks of a deployment', () => {
  it('the checks find nothing in an account and a stage that lack nothing', async () => {
    expect(await findings()).toEqual([]);
  });

  it('an account that CDK has not been set up in stops the deployment, and the CLI can mend it', async () => {
    const found = await findings({ answers: failing('GetParameter', awsError('ParameterNotFound')) });
    expect(briefly(found)).toEqual(['stops CDK']);
    expect(found[0]?.mend).toEqual(['bootstrap', 'aws://123456789012/eu-central-1']);
    expect(found[0]?.remedy).toContain('npx cdk bootstrap aws://123456789012/eu-central-1');
  });

  it.each([
    { has: 10, reserves: true, finds: ['stops Lambda'] },
    { has: RESERVED - 1, reserves: true, finds: ['stops Lambda'] },
    { has: RESERVED, reserves: true, finds: ['says Lambda'] },
    { has: NEEDED - 1, reserves: true, finds: ['says Lambda'] },
    { has: NEEDED, reserves: true, finds: [] },
    { has: 10, reserves: false, finds: ['says Lambda'] },
    { has: NEEDED - 1, reserves: false, finds: ['says Lambda'] },
    { has: NEEDED, reserves: false, finds: [] },
  ])(
    'an account of $has functions at once, in a stage whose reserving is $reserves, leads to $finds',
    async ({ has, reserves, finds }) => {
      const found = await findings({ stage: { reservesConcurrency: reserves }, answers: limit(has) });
      expect(briefly(found)).toEqual(finds);
      for (const { remedy } of found) expect(remedy).toContain(String(NEEDED));
    },
  );

  it('a stage with twice the rates needs twice the functions for its requests', async () => {
    const [found] = await findings({ stage: { rateFactor: 2 } });
    expect(found?.remedy).toContain(String(2 * REQUESTS + JOBS));
  });

  it('a stage without an identity of SES is told how few mails a day Cognito sends', async () => {
    const [found, ...more] = await findings({ stage: { signIn: { plan: 'PLUS', secondFactor: 'required' } } });
    expect([found?.weight, found?.what, more]).toEqual(['says', expect.stringContaining('50 mails a day'), []]);
  });

  it.each([
    [
      'an identity that is not verified',
      { GetEmailIdentity: () => ({ VerifiedForSendingStatus: false }) },
      'stops mail',
    ],
    ['an identity that is not there', failing('GetEmailIdentity', awsError('NotFoundException')), 'stops mail'],
    ['an account in the sandbox', { GetAccount: () => ({ ProductionAccessEnabled: false }) }, 'says mail'],
  ])('SES with %s is found', async (_, answers, expected) => {
    expect(briefly(await findings({ answers }))).toEqual([expected]);
  });

  it.each([
    ['that waits for its validation', certificate('PENDING_VALIDATION', 'credits.example.org')],
    ['of another name', certificate('ISSUED', 'example.org', '*.www.example.org')],
    ['for one label too few', certificate('ISSUED', '*.org')],
  ])('a certificate %s stops the deployment', async (_, answers) => {
    expect(briefly(await findings({ answers }))).toEqual(['stops certificate']);
  });

  it.each(['*.example.org', 'CREDITS.example.org'])('a certificate of %s covers the domain', async (name) => {
    expect(await findings({ answers: certificate('ISSUED', name) })).toEqual([]);
  });

  it('a certificate of another region stops the deployment, because CloudFront cannot use it', async () => {
    const domain = { name: 'credits.example.org', certificate: CERTIFICATE.replace('us-east-1', 'eu-central-1') };
    const [found] = await findings({ stage: { page: { domain } } });
    expect([found?.weight, found?.remedy]).toEqual(['stops', expect.stringContaining('us-east-1')]);
  });

  it('an account without a distribution is told of the way to go without one', async () => {
    const [found, ...more] = await findings({ answers: { ListDistributions: () => ({ DistributionList: {} }) } });
    expect([found?.weight, found?.remedy, more]).toEqual(['says', expect.stringContaining("page: 'none'"), []]);
  });

  it('a stage without a page needs no distribution and no certificate', async () => {
    const answers = { ListDistributions: () => ({}), ...certificate('FAILED') };
    expect(await findings({ stage: { page: 'none' }, answers })).toEqual([]);
  });

  it('a region without budgets stops the deployment, unless the stage has none', async () => {
    const answers = failing('DescribeType', awsError('TypeNotFoundException'));
    const [found, ...more] = await findings({ answers });
    expect([found?.weight, found?.remedy, more]).toEqual([
      'stops',
      expect.stringContaining("monthlyBudget: 'none'"),
      [],
    ]);
    expect(await findings({ stage: { monthlyBudget: 'none' }, answers })).toEqual([]);
  });

  it('a stage whose alarms reach nobody is told so', async () => {
    expect(briefly(await findings({ stage: { alarmsTo: [] } }))).toEqual(['says alarms']);
  });

  it.each(['AccessDeniedException', 'ServiceException'])(
    'a check that AWS refuses by %s is said, and the others go on',
    async (name) => {
      const answers = failing('GetAccountSettings', awsError(name));
      const found = await findings({ answers });
      expect(briefly(found)).toEqual(['says Lambda']);
      expect(found[0]?.what).toContain('not checked');
    },
  );

  it('a check that no service has answered ends the command', async () => {
    const answers = failing('GetAccountSettings', new Error('no network'));
    await expect(findings({ answers })).rejects.toThrow('no network');
  });

  it('each finding is told in two lines, the weight first and what to do below', async () => {
    const lines = linesOf(await findings({ stage: { alarmsTo: [] } }));
    expect(lines).toEqual([
      expect.stringMatching(/^says {3}alarms: .*\.$/),
      expect.stringMatching(/^ +name mail .*\.$/),
    ]);
  });
});

describe('the account of a deployment', () => {
  it('the account and the region are those of the credentials and the stage', async () => {
    const { client } = answering(new STSClient(REGION), { GetCallerIdentity: () => ({ Account: '123456789012' }) });
    const account = await accountOf(WHOLE, client);
    expect(account).toMatchObject({ accountId: '123456789012', region: 'eu-central-1' });
    expect(await account.clients.acm.config.region()).toBe('us-east-1');
    expect(await account.clients.ses.config.region()).toBe('eu-central-1');
  });

  it.each(['CredentialsProviderError', 'ExpiredToken', 'InvalidClientTokenId'])(
    'credentials that fail by %s are told with the way to sign in',
    async (name) => {
      const { client } = answering(new STSClient(REGION), failing('GetCallerIdentity', awsError(name)));
      await expect(accountOf(WHOLE, client)).rejects.toThrow(/sign in .* AWS_PROFILE/);
    },
  );
});

/** The steps of a deployment, and what it tells at its end. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from 'vitest';
import { type Stage, stageNamed } from '../../infra/stages.ts';
import { outputsOf } from '../../tools/aws/deployed.ts';
import type { Account } from '../../tools/deploy/account.ts';
import { deployStage } from '../../tools/deploy/deploy-stage.ts';
import { deployedOf, told } from '../../tools/deploy/deployed.ts';
import type { Deployed, smokeTest } from '../../tools/deploy/smoke.ts';
import { type Answers, answering, awsError } from '../support/fake-aws.ts';

const REGION = { region: 'eu-central-1' };
const DEV = stageNamed('dev');

const OUTPUTS = {
  ApiUrl: 'https://api.example.org',
  UserPoolId: 'eu-central-1_pool',
  SignInUrl: 'https://sign-in.example.org',
  PageUrl: 'https://d1.cloudfront.net/',
  DistributionDomain: 'd1.cloudfront.net',
  MembersClientId: 'members',
  OperatorsClientId: 'operators',
  BillingClientId: 'billing',
  SupportClientId: 'support',
};

const cognito = () =>
  answering(new CognitoIdentityProviderClient(REGION), {
    DescribeUserPoolClient: ({ UserPoolId, ClientId }) => ({
      UserPoolClient: { ClientSecret: `secret of ${ClientId} in ${UserPoolId}` },
    }),
  });

const READY: Answers = {
  GetParameter: () => ({}),
  GetAccountSettings: () => ({ AccountLimit: { ConcurrentExecutions: 1_000 } }),
  ListDistributions: () => ({ DistributionList: { Items: [{}] } }),
  DescribeType: () => ({}),
};

type World = {
  readonly stage?: Stage;
  readonly answers?: Answers;
  readonly confirms?: (question: string) => boolean;
  readonly smoke?: typeof smokeTest;
};

/** What a deployment does and says, in order. */
async function played({ stage = DEV, answers = {}, confirms = () => true, smoke = async () => true }: World = {}) {
  const done: string[] = [];
  const said: string[] = [];
  const { client } = answering({ send: undefined }, { ...READY, ...answers });
  const clients = { acm: client, cloudFormation: client, cloudFront: client, lambda: client, ses: client, ssm: client };
  const verdict = await deployStage(stage, {
    cdk: async (args) => void done.push(`cdk ${args.join(' ')}`),
    account: async () => ({ stage, accountId: '1', region: 'eu-central-1', clients }) as unknown as Account,
    buildPage: async () => void done.push('page'),
    isConfirmed: async (question) => {
      done.push(question);
      return confirms(question);
    },
    outputs: async () => OUTPUTS,
    deployed: (outputs) => deployedOf(stage, outputs, cognito().client),
    say: (line) => void said.push(line),
    smoke,
  });
  return { verdict, done, said: said.join('\n') };
}

const WHOLE_WAY = [
  'page',
  'cdk synth --quiet -c stage=dev --output cdk.out/dev',
  'cdk diff --app cdk.out/dev',
  'Deploy this to the stage dev?',
  'cdk deploy --app cdk.out/dev --all --require-approval never',
];

describe('a deployment', () => {
  it('a deployment builds, shows what would change, asks, and deploys what it has shown', async () => {
    const { verdict, done, said } = await played();
    expect([verdict, done]).toEqual(['done', WHOLE_WAY]);
    expect(said).toContain('The stage dev is deployed.');
  });

  it('a deployment that is declined deploys nothing', async () => {
    const { verdict, done, said } = await played({ confirms: () => false });
    expect([verdict, done]).toEqual(['done', WHOLE_WAY.slice(0, 4)]);
    expect(said).toContain('Nothing was deployed.');
  });

  const missing = {
    GetParameter: () => {
      throw awsError('ParameterNotFound');
    },
  };

  it('a deployment offers to set up CDK, and goes on after it', async () => {
    const { verdict, done } = await played({ answers: missing });
    const bootstrap = 'bootstrap aws://1/eu-central-1';
    expect([verdict, done]).toEqual(['done', [`Run cdk ${bootstrap} now?`, `cdk ${bootstrap}`, ...WHOLE_WAY]]);
  });

  it('a deployment builds nothing where CDK is not set up and the offer is declined', async () => {
    const { verdict, done, said } = await played({ answers: missing, confirms: () => false });
    expect([verdict, done]).toEqual(['found', ['Run cdk bootstrap aws://1/eu-central-1 now?']]);
    expect(said).toContain('stops  CDK: ');
  });

  it('a deployment builds nothing where a check stops it', async () => {
    const few = { GetAccountSettings: () => ({ AccountLimit: { ConcurrentExecutions: 10 } }) };
    const { verdict, done } = await played({ stage: { ...DEV, reservesConcurrency: true }, answers: few });
    expect([verdict, done]).toEqual(['found', []]);
  });

  it('a stage without a page deploys without building one', async () => {
    const { done } = await played({ stage: { ...DEV, page: 'none' } });
    expect(done).toEqual(WHOLE_WAY.slice(1));
  });

  it('a deployment whose smoke test finds a fault says so, and still tells the addresses', async () => {
    const smoke: typeof smokeTest = async (_, { onProbe }) => {
      onProbe('the API refuses', 'it answered 200');
      onProbe('the page is there', undefined);
      return false;
    };
    const { verdict, said } = await played({ smoke });
    expect(verdict).toBe('found');
    expect(said).toContain('fault  the API refuses: it answered 200\n  ok     the page is there\n');
    expect(said).toContain('https://api.example.org');
  });

  it('the smoke test gets the addresses, the clients and the secret of the stage', async () => {
    let given: Deployed | undefined;
    await played({
      smoke: async (deployed) => {
        given = deployed;
        return true;
      },
    });
    expect(given).toEqual({
      apiUrl: OUTPUTS.ApiUrl,
      signInUrl: OUTPUTS.SignInUrl,
      machine: { clientId: 'billing', secret: 'secret of billing in eu-central-1_pool', scope: 'billing' },
      page: { url: 'https://d1.cloudfront.net/', membersClientId: 'members', operatorsClientId: 'operators' },
    });
  });
});

describe('the words at the end of a deployment', () => {
  it('the words name the addresses, and the commands for the first people', () => {
    const text = told(DEV, { ...OUTPUTS, DashboardUrl: 'https://console.example.org/dashboard' }).join('\n');
    for (const url of [OUTPUTS.PageUrl, OUTPUTS.ApiUrl, OUTPUTS.SignInUrl, 'https://console.example.org/dashboard']) {
      expect(text).toContain(url);
    }
    expect(text).toContain('npm run operator -- --stage dev invite');
    expect(text).toContain('npm run client -- --stage dev secret billing');
    expect(text).not.toContain('CNAME');
  });

  it('the words tell what only the owner of an address or of the account can do', () => {
    const text = told({ ...DEV, alarmsTo: ['team@example.org'] }, OUTPUTS).join('\n');
    expect(text).toContain('team@example.org: agree to the mail');
    expect(text).toContain('cost allocation tag application');
    expect(told({ ...DEV, monthlyBudget: 'none' }, OUTPUTS).join('\n')).not.toMatch(
      /agree to the mail|cost allocation/,
    );
  });

  it('a stage with a domain is told the DNS record to set (D6)', () => {
    const page = { domain: { name: 'credits.example.org', certificate: 'arn' } };
    expect(told({ ...DEV, page }, OUTPUTS)).toContain('  credits.example.org  CNAME  d1.cloudfront.net');
  });
});

describe('the outputs of a stage', () => {
  it('the outputs are those of all its stacks, and a stack that is not there has none', async () => {
    const stacks: Readonly<Record<string, Record<string, string>>> = {
      'inmail-credits-dev-data': { ApiUrl: 'one' },
      'inmail-credits-dev-service': { BillingClientId: 'two' },
    };
    const { client, asked } = answering(new CloudFormationClient(REGION), {
      DescribeStacks: ({ StackName }: { StackName: string }) => {
        const outputs = stacks[StackName];
        if (!outputs) throw awsError('ValidationError', `Stack with id ${StackName} does not exist`);
        const Outputs = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
        return { Stacks: [{ Outputs }] };
      },
    });
    expect(await outputsOf(client, DEV)).toEqual({ ApiUrl: 'one', BillingClientId: 'two' });
    expect(asked).toHaveLength(4);
  });

  it('an output that is missing is told with the stack and the command that makes it', async () => {
    const { UserPoolId: _, ...others } = OUTPUTS;
    await expect(deployedOf(DEV, others, cognito().client)).rejects.toThrow(
      'the stack inmail-credits-dev-data has no output UserPoolId: npm run deploy -- --stage dev makes it',
    );
  });
});

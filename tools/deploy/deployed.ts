/** Reads the outputs of the stacks, for the smoke test and in words for people. */
import { machineOutputOf } from '../../infra/names.ts';
import type { Stage } from '../../infra/stages.ts';
import { type Outputs, outputIn, type UserPool } from '../aws/deployed.ts';
import { secretOf } from '../client/machines.ts';
import type { Deployed, MachineAccess, PageAccess } from './smoke.ts';

export async function deployedOf(stage: Stage, outputs: Outputs, client: UserPool['client']): Promise<Deployed> {
  const inData = { stage, part: 'data' } as const;
  return {
    apiUrl: outputIn(outputs, 'ApiUrl', inData),
    signInUrl: outputIn(outputs, 'SignInUrl', inData),
    machine: await machineOf(stage, outputs, client),
    page: pageOf(stage, outputs),
  };
}

function pageOf(stage: Stage, outputs: Outputs): PageAccess | undefined {
  if (stage.page === 'none') return undefined;
  const of = (name: string): string => outputIn(outputs, name, { stage, part: 'page' });
  return {
    url: `https://${of('DistributionDomain')}/`,
    membersClientId: of('MembersClientId'),
    operatorsClientId: of('OperatorsClientId'),
  };
}

/** The first machine stands for all, because they differ only in their scope. */
async function machineOf(
  stage: Stage,
  outputs: Outputs,
  client: UserPool['client'],
): Promise<MachineAccess | undefined> {
  const [machine] = stage.machines;
  if (!machine) return undefined;
  const clientId = outputIn(outputs, machineOutputOf(machine.name), { stage, part: 'service' });
  const userPoolId = outputIn(outputs, 'UserPoolId', { stage, part: 'data' });
  const secret = await secretOf({ client, userPoolId }, clientId);
  return { clientId, secret, scope: machine.scope };
}

/** The addresses of a stage and the next steps, one a line. */
export function told(stage: Stage, outputs: Outputs): string[] {
  const { page } = stage;
  const call = (command: string): string => `npm run ${command} -- --stage ${stage.name}`;
  const row = (name: string, value: string): string => `  ${name.padEnd(20)}${value}`;
  const known = (name: string, output: string): string[] => (outputs[output] ? [row(name, outputs[output])] : []);
  return [
    `The stage ${stage.name} is deployed.`,
    ...known('page', 'PageUrl'),
    ...known('API', 'ApiUrl'),
    ...known('sign-in', 'SignInUrl'),
    ...known('dashboard', 'DashboardUrl'),
    ...(page !== 'none' && page.domain ? dnsLines(page.domain.name, outputs) : []),
    '',
    'Next:',
    row('the first operator', `${call('operator')} invite ada@example.org --group billing`),
    row('the first member', `${call('member')} invite bob@example.org`),
    row("a member's id", `${call('find')} --email bob@example.org`),
    ...watchLines(stage, row),
    ...(stage.machines[0] ? [row("a machine's secret", `${call('client')} secret ${stage.machines[0].name}`)] : []),
  ];
}

/** Only the owners of an address and of the account can do these. */
const watchLines = ({ alarmsTo, monthlyBudget }: Stage, row: (name: string, value: string) => string): string[] => [
  ...(alarmsTo.length > 0 ? [row('the alarms', `${alarmsTo.join(', ')}: agree to the mail of AWS Notifications`)] : []),
  ...(monthlyBudget === 'none'
    ? []
    : [row('the budget', 'activate the cost allocation tag application, in Billing, once')]),
];

/** CloudFront's addresses change, so the record names a name. An apex needs an alias record. */
const dnsLines = (domain: string, outputs: Outputs): string[] => [
  '',
  'The page needs this DNS record, and nothing else of it needs your hand:',
  `  ${domain}  CNAME  ${outputs.DistributionDomain ?? ''}`,
  '  (an ALIAS record in Route 53, and wherever the name is the top of its zone)',
];

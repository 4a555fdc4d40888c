/** The stacks of a stage, put in place and taken away by the CDK CLI, and what their outputs say. */
import * as z from 'zod';
import { nameIn, type StackPart } from '../../infra/names.ts';
import { aws, cdk } from './programs.ts';
import { hold, type Rehearsal } from './rehearsal.ts';

/** Everything that people and machines need to know of a deployment. */
export type Deployment = {
  readonly stage: string;
  readonly userPoolId: string;
  readonly apiId: string;
  readonly pageUrl: string;
  readonly clients: Readonly<Record<ClientName, string>>;
};

export type ClientName = 'members' | 'operators' | 'billing' | 'support';

export const stackOf = (stage: string, part: StackPart): string => nameIn({ name: stage }, part);

/** All stacks of the stage, or those that are named. */
export async function deploy(rehearsal: Rehearsal, stage: string, assembly = rehearsal.assembly): Promise<string> {
  return await cdk(rehearsal, 'deploy', stackOf(stage, '*' as StackPart), ...options(assembly), ...UNATTENDED);
}

export async function destroy(rehearsal: Rehearsal, ...stacks: readonly string[]): Promise<string> {
  return await cdk(rehearsal, 'destroy', ...stacks, ...options(rehearsal.assembly), '--force');
}

const options = (assembly: string) => ['--app', assembly];

/** There is no person to ask. */
const UNATTENDED = ['--require-approval', 'never'];

const stacks = z.object({
  Stacks: z.array(
    z.object({
      StackName: z.string(),
      StackStatus: z.string(),
      Outputs: z.array(z.object({ OutputKey: z.string(), OutputValue: z.string() })).default([]),
    }),
  ),
});

export async function stacksOf(rehearsal: Rehearsal, stage: string) {
  const { Stacks } = stacks.parse(await aws(rehearsal, 'cloudformation', 'describe-stacks'));
  return Stacks.filter(({ StackName }) => StackName.startsWith(stackOf(stage, '' as StackPart)));
}

export async function deploymentOf(rehearsal: Rehearsal, stage: string): Promise<Deployment> {
  const found = await stacksOf(rehearsal, stage);
  const unfinished = found.filter(({ StackStatus }) => !/^(CREATE|UPDATE)_COMPLETE$/.test(StackStatus));
  hold(unfinished.length === 0, `not deployed: ${JSON.stringify(unfinished)}`);
  const outputs = new Map(
    found.flatMap(({ Outputs }) => Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue] as const)),
  );
  const output = (name: string): string => {
    const value = outputs.get(name);
    hold(value !== undefined, `${stage} has no output ${name}, only ${[...outputs.keys()].join(', ')}`);
    return value;
  };
  return {
    stage,
    userPoolId: output('UserPoolId'),
    apiId: new URL(output('ApiUrl')).hostname.split('.')[0] ?? '',
    pageUrl: output('PageUrl'),
    clients: {
      members: output('MembersClientId'),
      operators: output('OperatorsClientId'),
      billing: output('BillingClientId'),
      support: output('SupportClientId'),
    },
  };
}

/** A host name of its own has no DNS entry here, so MiniStack serves an API under a path as well. */
export const baseUrlOf = ({ emulator }: Pick<Rehearsal, 'emulator'>, { apiId }: Deployment): string =>
  `${emulator.endpoint}/_aws/execute-api/${apiId}/$default`;

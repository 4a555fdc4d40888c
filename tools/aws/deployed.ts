/** The outputs of a stage's stacks tell commands which resources are deployed. */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { nameIn, STACK_PARTS, type StackPart } from '../../infra/names.ts';
import type { Stage } from '../../infra/stages.ts';
import { LocalFailure } from '../../local/failure.ts';
import { clientSettings } from './clients.ts';

export const cloudFormationOf = (stage: Stage): CloudFormationClient => new CloudFormationClient(clientSettings(stage));
export const cognitoOf = (stage: Stage): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient(clientSettings(stage));

/** By the names that the stacks give them, such as `ApiUrl`. A stack that is not there has none. */
export type Outputs = Readonly<Record<string, string>>;

export async function outputsOf(client: CloudFormationClient, stage: Stage): Promise<Outputs> {
  const outputs = await Promise.all(STACK_PARTS.map((part) => outputsOfStack(client, nameIn(stage, part))));
  return Object.assign({}, ...outputs);
}

async function outputsOfStack(client: CloudFormationClient, name: string): Promise<Outputs> {
  const stack = await stackNamed(client, name);
  return Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}

/** Undefined where there is none. */
export async function stackNamed(client: CloudFormationClient, name: string) {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks?.[0];
  } catch (error) {
    if (/ does not exist$/.test((error as Error).message)) return undefined;
    throw error;
  }
}

/** Throws a LocalFailure where the stack that tells it is not deployed. */
export function outputIn(outputs: Outputs, name: string, { stage, part }: Place): string {
  const value = outputs[name];
  if (value !== undefined) return value;
  throw new LocalFailure(
    `the stack ${nameIn(stage, part)} has no output ${name}: npm run deploy -- --stage ${stage.name} makes it`,
  );
}

type Place = { readonly stage: Stage; readonly part: StackPart };

export type UserPool = { readonly client: CognitoIdentityProviderClient; readonly userPoolId: string };

export type DeployedPool = UserPool & { readonly outputs: Outputs };

/** The user pool of a deployed stage. Throws a LocalFailure where the stage is not deployed. */
export async function userPoolOf(stage: Stage): Promise<DeployedPool> {
  const outputs = await outputsOf(cloudFormationOf(stage), stage);
  const userPoolId = outputIn(outputs, 'UserPoolId', { stage, part: 'data' });
  return { client: cognitoOf(stage), userPoolId, outputs };
}

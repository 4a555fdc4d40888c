/** The machines of a stage. They are rows of infra/stages.ts, because the API lets in the clients that its stack names. */
import {
  AddUserPoolClientSecretCommand,
  type ClientSecretDescriptorType,
  DeleteUserPoolClientSecretCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientSecretsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { machineOutputOf } from '../../infra/names.ts';
import type { Machine, Stage } from '../../infra/stages.ts';
import { LocalFailure } from '../../local/failure.ts';
import { type DeployedPool, outputIn, type UserPool } from '../aws/deployed.ts';

export const ACTS = ['add', 'secret', 'rotate', 'finish'] as const;

/** The lines that a person reads, and the secret if the act tells one. */
export type Told = { readonly words: readonly string[]; readonly secret?: string };

/** `name` is that of a row of the stage, but for `add`. */
type Target = { readonly stage: Stage; readonly name: string; readonly scope: Machine['scope'] | undefined };

/** The row that a new machine needs. Throws a LocalFailure where there is such a row, or the name does not fit. */
export function rowFor({ stage, name, scope }: Target): Told {
  if (machineNamed(stage, name)) {
    throw new LocalFailure(`${name} is a machine of ${stage.name} already: secret ${name} tells its secret`);
  }
  if (!/^[a-z]+(-[a-z]+)*$/.test(name)) throw new LocalFailure('a name has small letters, and dashes between them');
  if (TAKEN.includes(name)) throw new LocalFailure(`people sign in through the client ${name}: choose another name`);
  if (scope === undefined) throw new LocalFailure('add wants --scope billing or --scope support');
  return {
    words: [
      `Add this row to the machines of ${stage.name} in infra/stages.ts:`,
      `  { name: '${name}', scope: '${scope}' },`,
      `Then deploy it, and get its secret:`,
      `  npm run deploy -- --stage ${stage.name}`,
      `  npm run client -- --stage ${stage.name} secret ${name}`,
    ],
  };
}

/** The clients of the page have these names. */
const TAKEN = ['members', 'operators'];

const machineNamed = ({ machines }: Stage, name: string): Machine | undefined =>
  machines.find((machine) => machine.name === name);

/** A machine's client. Throws a LocalFailure that says which machines there are, or that it is not deployed. */
export function clientIdOf(stage: Stage, name: string, { outputs }: Pick<DeployedPool, 'outputs'>): string {
  if (machineNamed(stage, name)) return outputIn(outputs, machineOutputOf(name), { stage, part: 'service' });
  const names = stage.machines.map((machine) => machine.name).join(', ') || 'none';
  throw new LocalFailure(`${stage.name} has no machine ${JSON.stringify(name)}, only ${names} (see add)`);
}

export async function tellSecret(pool: UserPool, clientId: string): Promise<Told> {
  const secrets = await secretsOf(pool, clientId);
  const second =
    secrets.length > 1
      ? ['It has a second secret, because a rotation is not finished. Only rotate has told that one.']
      : [];
  return { words: [`The client id is ${clientId}.`, ...second], secret: await secretOf(pool, clientId) };
}

/** The secret that Cognito tells of a client. */
export async function secretOf({ client, userPoolId }: UserPool, clientId: string): Promise<string> {
  const command = new DescribeUserPoolClientCommand({ UserPoolId: userPoolId, ClientId: clientId });
  const { UserPoolClient } = await client.send(command);
  if (UserPoolClient?.ClientSecret === undefined) throw new LocalFailure(`Cognito tells no secret of ${clientId}`);
  return UserPoolClient.ClientSecret;
}

/** Throws a LocalFailure where a rotation is under way, because a client has at most two secrets. */
export async function rotate(pool: UserPool, clientId: string): Promise<Told> {
  const secrets = await secretsOf(pool, clientId);
  if (secrets.length > 1) throw new LocalFailure('a rotation is under way: finish removes the old secret');
  const { client, userPoolId } = pool;
  const command = new AddUserPoolClientSecretCommand({ UserPoolId: userPoolId, ClientId: clientId });
  const { ClientSecretDescriptor } = await client.send(command);
  const secret = ClientSecretDescriptor?.ClientSecretValue;
  if (secret === undefined) throw new Error('Cognito has not told the secret that it made');
  const words = ['Both secrets work now. Give the machine the new one, which follows, and then run finish.'];
  return { words, secret };
}

/** Removes the older of two secrets. Throws a LocalFailure where there is only one. */
export async function finish(pool: UserPool, clientId: string): Promise<Told> {
  const [old, ...newer] = (await secretsOf(pool, clientId)).toSorted(olderFirst);
  if (!old || newer.length === 0) throw new LocalFailure('there is no old secret: rotate makes a new one first');
  const { client, userPoolId } = pool;
  const { ClientSecretId } = old;
  await client.send(
    new DeleteUserPoolClientSecretCommand({ UserPoolId: userPoolId, ClientId: clientId, ClientSecretId }),
  );
  const made = old.ClientSecretCreateDate?.toISOString() ?? 'before';
  return { words: [`The secret of ${made} is gone. A machine that still has it gets no token.`] };
}

const olderFirst = (one: ClientSecretDescriptorType, other: ClientSecretDescriptorType): number =>
  (one.ClientSecretCreateDate?.getTime() ?? 0) - (other.ClientSecretCreateDate?.getTime() ?? 0);

async function secretsOf({ client, userPoolId }: UserPool, clientId: string): Promise<ClientSecretDescriptorType[]> {
  const command = new ListUserPoolClientSecretsCommand({ UserPoolId: userPoolId, ClientId: clientId });
  return (await client.send(command)).ClientSecrets ?? [];
}

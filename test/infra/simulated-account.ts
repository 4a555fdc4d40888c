/** AWS's decisions on requests, simulated: the policies of a role and of a resource, as the templates have them. */
import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { Template } from 'aws-cdk-lib/assertions';
import type { StackPart } from '../../infra/names.ts';
import type { Stage } from '../../infra/stages.ts';
import { ACCOUNT, arnOf, resolver, roleArnOf } from './resolved.ts';

type Document = { readonly Version: string; readonly Statement: readonly unknown[] };

/** The principal of a request: a role's name, and the policies that it carries. */
export type Caller = { readonly role: string; readonly policies: readonly Document[] };

export type Request = { readonly action: string; readonly resource: string };
type Decision = 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied';

export type Account = {
  /** By the name of a function. */
  readonly callerOf: (functionName: string) => Caller;
  readonly roleNamed: (name: string) => Caller;
  /** By their logical ids' beginnings, such as `RenewWalletsScheduleRole`. */
  readonly rolesLike: (beginning: string) => readonly Caller[];
  /** `without` leaves the resource's own policy out, as if it were not there. */
  readonly decide: (caller: Caller, request: Request, without?: 'resource policy') => Promise<Decision>;
};

/** May do everything that no other policy forbids. */
export const ADMINISTRATOR: Caller = {
  role: 'Administrator',
  policies: [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }],
};

export function simulatedAccount(stage: Stage, templates: Readonly<Partial<Record<StackPart, Template>>>): Account {
  const { all, resolve, nameOf } = resolver(stage, templates);
  const policies = all('AWS::IAM::Policy').map(({ stack, properties }) => ({
    roles: resolve(properties.Roles, stack) as string[],
    document: resolve(properties.PolicyDocument, stack) as Document,
  }));
  const roleNamed = (role: string): Caller => ({
    role,
    policies: policies.filter(({ roles }) => roles.includes(role)).map(({ document }) => document),
  });
  const roles = all('AWS::IAM::Role').map(({ id, stack }) => ({ id, name: nameOf(id, stack) }));
  const functions = all('AWS::Lambda::Function').map(({ stack, properties }) => ({
    name: resolve(properties.FunctionName, stack),
    role: String(resolve(properties.Role, stack)).replace(/^.*:role\//, ''),
  }));
  const ofResources = resourcePolicies(stage, templates);
  return {
    roleNamed,
    rolesLike: (beginning) => roles.filter(({ id }) => id.startsWith(beginning)).map(({ name }) => roleNamed(name)),
    callerOf: (functionName) => {
      const found = functions.find(({ name }) => name === functionName);
      if (!found) throw new Error(`no function is named ${functionName}`);
      return roleNamed(found.role);
    },
    decide: (caller, request, without) =>
      decide(caller, request, without ? undefined : ofResources.get(request.resource)),
  };
}

/** By the ARN of a table, a queue or a bus: the policy of its own. */
function resourcePolicies(
  stage: Stage,
  templates: Readonly<Partial<Record<StackPart, Template>>>,
): ReadonlyMap<string, Document> {
  const { all, resolve } = resolver(stage, templates);
  const tables = all('AWS::DynamoDB::GlobalTable').flatMap(({ stack, properties }) => {
    const { TableName, Replicas } = resolve(properties, stack) as {
      TableName: string;
      Replicas: { ResourcePolicy?: { PolicyDocument: Document } }[];
    };
    const document = Replicas[0]?.ResourcePolicy?.PolicyDocument;
    return document ? [[arnOf('dynamodb', `table/${TableName}`), document] as const] : [];
  });
  const queues = all('AWS::SQS::QueuePolicy').flatMap(({ stack, properties }) =>
    // A `Ref` of a queue is its address, which ends with its name.
    (resolve(properties.Queues, stack) as string[]).map(
      (name) => [arnOf('sqs', name), resolve(properties.PolicyDocument, stack) as Document] as const,
    ),
  );
  const buses = all('AWS::Events::EventBus').flatMap(({ stack, properties }) => {
    const { Name, Policy } = resolve(properties, stack) as { Name: string; Policy?: Document };
    return Policy ? [[arnOf('events', `event-bus/${Name}`), Policy] as const] : [];
  });
  return new Map([...tables, ...queues, ...buses]);
}

async function decide({ role, policies }: Caller, { action, resource }: Request, resourcePolicy?: Document) {
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/session`,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: {
          'aws:PrincipalArn': roleArnOf(role),
          'aws:PrincipalIsAWSService': 'false',
          'aws:SecureTransport': 'true',
        },
      },
      identityPolicies: policies.map((policy, index) => ({ name: `policy ${index}`, policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourcePolicy && { resourcePolicy }),
    },
    {},
  );
  // A request that AWS knows no such action or resource for would look like one that is denied.
  if (result.resultType === 'error') {
    throw new Error(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
  }
  return result.overallResult as Decision;
}

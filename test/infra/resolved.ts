/** The templates as AWS would see them: every reference to a resource is its ARN or its name, in one account. */
import type { Template } from 'aws-cdk-lib/assertions';
import { nameIn, type StackPart } from '../../infra/names.ts';
import type { Stage } from '../../infra/stages.ts';

export const ACCOUNT = '111122223333';
const REGION = 'us-east-1';

type Properties = Readonly<Record<string, unknown>>;
type Resource = { readonly Type: string; readonly Properties?: Properties };
type Json = {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>;
};

export type Resolved = { readonly id: string; readonly stack: string; readonly properties: Properties };

/** `arn:aws:sqs:us-east-1:111122223333:jobs`. */
export const arnOf = (service: string, resource: string, region = REGION): string =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;

export const roleArnOf = (name: string): string => arnOf('iam', `role/${name}`, '');

/** By type: its name, and the value of each attribute that our policies ask for. */
const IDENTITIES: Readonly<
  Record<string, { readonly named: string; readonly attributes: Readonly<Record<string, (name: string) => string>> }>
> = {
  'AWS::DynamoDB::GlobalTable': {
    named: 'TableName',
    attributes: {
      Arn: (name) => arnOf('dynamodb', `table/${name}`),
      StreamArn: (name) => arnOf('dynamodb', `table/${name}/stream/2026-01-01T00:00:00.000`),
    },
  },
  'AWS::SQS::Queue': { named: 'QueueName', attributes: { Arn: (name) => arnOf('sqs', name) } },
  'AWS::IAM::Role': { named: 'RoleName', attributes: { Arn: roleArnOf } },
  'AWS::Lambda::Function': {
    named: 'FunctionName',
    attributes: { Arn: (name) => arnOf('lambda', `function:${name}`) },
  },
  'AWS::Logs::LogGroup': { named: 'LogGroupName', attributes: { Arn: (name) => arnOf('logs', `log-group:${name}:*`) } },
  'AWS::Events::EventBus': { named: 'Name', attributes: { Arn: (name) => arnOf('events', `event-bus/${name}`) } },
};

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Region': REGION,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** All resources of a type in these stacks, with their references resolved as far as policies need them. */
export function resolver(stage: Stage, templates: Readonly<Partial<Record<StackPart, Template>>>) {
  const stacks = Object.entries(templates).map(([part, template]) => ({
    name: nameIn(stage, part),
    json: template.toJSON() as Json,
  }));
  const exported = new Map(
    stacks.flatMap(({ name, json }) =>
      Object.values(json.Outputs ?? {}).flatMap(({ Value, Export }) =>
        Export ? [[Export.Name, { stack: name, value: Value }] as const] : [],
      ),
    ),
  );

  function resolve(value: unknown, stack: string): unknown {
    if (Array.isArray(value)) return value.map((one) => resolve(one, stack));
    if (typeof value !== 'object' || value === null) return value;
    const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::ImportValue': imported } = value as Properties;
    if (typeof Ref === 'string') return PSEUDO[Ref] ?? nameOf(Ref, stack);
    if (attribute) return attributeOf(attribute as [string, string], stack);
    if (join) return (resolve((join as [string, unknown[]])[1], stack) as unknown[]).join((join as [string])[0]);
    if (imported) return resolveExport(imported as string);
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one, stack)]));
  }

  function resolveExport(name: string): unknown {
    const found = exported.get(name);
    if (!found) throw new Error(`no stack exports ${name}`);
    return resolve(found.value, found.stack);
  }

  function resourceOf(id: string, stack: string): Resource {
    const found = stacks.find(({ name }) => name === stack)?.json.Resources[id];
    if (!found) throw new Error(`${stack} has no resource ${id}`);
    return found;
  }

  /** CloudFormation makes up a name from stack and id where there is none. */
  function nameOf(id: string, stack: string): string {
    const { Type, Properties } = resourceOf(id, stack);
    const name = Properties?.[IDENTITIES[Type]?.named ?? 'Name'];
    return name === undefined ? `${stack}-${id}` : String(resolve(name, stack));
  }

  function attributeOf([id, attribute]: [string, string], stack: string): string {
    const { Type } = resourceOf(id, stack);
    const toValue = IDENTITIES[Type]?.attributes[attribute];
    if (!toValue) throw new Error(`the attribute ${attribute} of a ${Type} is not known here`);
    return toValue(nameOf(id, stack));
  }

  const all = (type: string): Resolved[] =>
    stacks.flatMap(({ name, json }) =>
      Object.entries(json.Resources)
        .filter(([, { Type }]) => Type === type)
        .map(([id, { Properties = {} }]) => ({ id, stack: name, properties: Properties })),
    );
  return { all, resolve, nameOf };
}

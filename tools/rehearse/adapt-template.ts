/** Changes a copy of a template where MiniStack differs from AWS. The templates of the product stay as they are. */

export type Resource = {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DependsOn?: string | readonly string[];
  readonly [attribute: string]: unknown;
};
export type Template = { readonly Resources: Readonly<Record<string, Resource>>; readonly [section: string]: unknown };

type Statement = { readonly Action: string | readonly string[] };

/** Types that MiniStack does not know. A change set with one of them fails. Nothing of the story needs them. */
const UNKNOWN_TYPES: readonly string[] = [
  'AWS::Budgets::Budget',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::Cognito::LogDeliveryConfiguration',
  'AWS::Cognito::ManagedLoginBranding',
  'AWS::Events::EventBusPolicy',
  'AWS::Logs::QueryDefinition',
];

/** CloudFormation waits for an hour. Here a custom resource that has not answered by then never will. */
const CUSTOM_RESOURCE_SECONDS = 60;

const adaptations: readonly ((resource: Resource) => Resource)[] = [
  // CloudFormation waits for the answer of a custom resource.
  (resource) =>
    resource.Type.startsWith('Custom::')
      ? withProperties(resource, { ServiceTimeout: String(CUSTOM_RESOURCE_SECONDS) })
      : resource,
  // On AWS, the right to send a message covers a batch of messages. MiniStack asks for a right that does not exist.
  (resource) => (resource.Type === 'AWS::IAM::Policy' ? allowingBatches(resource) : resource),
  // MiniStack reads over what a replica says, and reads the same setting at the table.
  (resource) => (resource.Type === 'AWS::DynamoDB::GlobalTable' ? withReplicaProtection(resource) : resource),
];

export function adaptTemplate(template: Template): Template {
  const isLeftOut = ({ Type, Properties }: Resource) =>
    UNKNOWN_TYPES.includes(Type) || (Type === 'AWS::CloudWatch::Alarm' && Properties?.Metrics !== undefined);
  const resources = Object.entries(template.Resources);
  const leftOut = resources.flatMap(([id, resource]) => (isLeftOut(resource) ? [id] : []));
  const kept = resources.flatMap(([id, resource]) => {
    if (leftOut.includes(id)) return [];
    return [[id, adaptations.reduce((one, adapt) => adapt(one), withoutDependencies(resource, leftOut))] as const];
  });
  return { ...template, Resources: Object.fromEntries(kept) };
}

const withProperties = (resource: Resource, properties: Record<string, unknown>): Resource => ({
  ...resource,
  Properties: { ...resource.Properties, ...properties },
});

function withoutDependencies(resource: Resource, leftOut: readonly string[]): Resource {
  if (resource.DependsOn === undefined) return resource;
  return { ...resource, DependsOn: [resource.DependsOn].flat().filter((id) => !leftOut.includes(id)) };
}

function allowingBatches(resource: Resource): Resource {
  const document = resource.Properties?.PolicyDocument as { readonly Statement: readonly Statement[] };
  const statements = document.Statement.map((statement) => {
    const actions = [statement.Action].flat();
    return actions.includes('sqs:SendMessage')
      ? { ...statement, Action: [...actions, 'sqs:SendMessageBatch'] }
      : statement;
  });
  return withProperties(resource, { PolicyDocument: { ...document, Statement: statements } });
}

function withReplicaProtection(resource: Resource): Resource {
  const replicas = resource.Properties?.Replicas as readonly Record<string, unknown>[] | undefined;
  return withProperties(resource, { DeletionProtectionEnabled: replicas?.[0]?.DeletionProtectionEnabled });
}

import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { TableName } from '../../shared/contract/tables.ts';
import { type FunctionName, PERMISSIONS, type Permissions, type Place } from './permissions.ts';
import type { Tables } from './tables-in-use.ts';

export type RoleProps = {
  readonly name: FunctionName;
  /** Needed if the function may touch a table. */
  readonly tables?: Tables | undefined;
  readonly logGroup: LogGroup;
};

/** The role may do what `permissions.ts` says and write its own log. AWS's managed policy would allow any log. */
export function createRole(scope: Construct, id: string, { name, tables, logGroup }: RoleProps): Role {
  const role = new Role(scope, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grants.write(role);
  for (const statement of statementsOf(PERMISSIONS[name], tables)) role.addToPolicy(statement);
  return role;
}

/** One statement for each place. CDK's `grant*` would allow `index/*` on a table with indexes. */
function statementsOf(permissions: Permissions, tables: Tables | undefined): PolicyStatement[] {
  return (Object.keys(permissions) as Place[]).map(
    (place) =>
      new PolicyStatement({
        actions: (permissions[place] ?? []).map((action) => `dynamodb:${action}`),
        resources: [arnOf(place, tables)],
      }),
  );
}

function arnOf(place: Place, tables: Tables | undefined): string {
  const [table, index] = place.split('/') as [TableName, string?];
  if (!tables) throw new Error(`a role names the table ${table}, and was given none`);
  const { tableArn } = tables[table];
  return index ? `${tableArn}/index/${index}` : tableArn;
}

import {
  AccountRootPrincipal,
  CompositePrincipal,
  type IPrincipal,
  type PolicyStatement,
  Role,
} from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import type { StageStack } from './stage-stack.ts';

export type PersonRoleProps = {
  /** `break-glass` becomes `inmail-credits-prod-break-glass`. */
  readonly name: string;
  readonly description: string;
  readonly statements: readonly PolicyStatement[];
};

/** The roles that IAM Identity Center makes. It asks people for their second factor by itself, and AWS notes none. */
const OF_IDENTITY_CENTER = 'aws-reserved/sso.amazonaws.com/*';

/**
 * A role that people of this account take on, if their own permissions let them. Each time is an event `AssumeRole` in
 * CloudTrail. A protected stage asks for a second factor, or for a sign-in through IAM Identity Center.
 */
export function createPersonRole(
  scope: StageStack,
  id: string,
  { name, description, statements }: PersonRoleProps,
): Role {
  const role = new Role(scope, id, {
    roleName: scope.nameOf(name),
    description,
    assumedBy: peopleOf(scope),
    maxSessionDuration: Duration.hours(1), // IAM's minimum, because such work should be done and over
  });
  for (const statement of statements) role.addToPolicy(statement);
  return role;
}

function peopleOf(scope: StageStack): IPrincipal {
  const account = new AccountRootPrincipal();
  if (!scope.stage.isProtected) return account;
  const identityCenter = scope.formatArn({
    service: 'iam',
    region: '',
    resource: 'role',
    resourceName: OF_IDENTITY_CENTER,
  });
  return new CompositePrincipal(
    account.withConditions({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    account.withConditions({ ArnLike: { 'aws:PrincipalArn': identityCenter } }),
  );
}

import { AccountRootPrincipal, type PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import type { StageStack } from './stage-stack.ts';

export type PersonRoleProps = {
  /** `break-glass` becomes `inmail-credits-prod-break-glass`. */
  readonly name: string;
  readonly description: string;
  readonly statements: readonly PolicyStatement[];
};

/**
 * A role that people of this account take on, if their own permissions let them. Each time is an event `AssumeRole` in
 * CloudTrail. A stage that holds what people own asks for a second factor. AWS notes it in the sessions of IAM users only, so
 * people of an identity provider need a user for this.
 */
export function createPersonRole(
  scope: StageStack,
  id: string,
  { name, description, statements }: PersonRoleProps,
): Role {
  const account = new AccountRootPrincipal();
  const role = new Role(scope, id, {
    roleName: scope.nameOf(name),
    description,
    assumedBy: scope.stage.isProtected
      ? account.withConditions({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } })
      : account,
    maxSessionDuration: Duration.hours(1), // IAM's minimum, because such work should be done and over
  });
  for (const statement of statements) role.addToPolicy(statement);
  return role;
}

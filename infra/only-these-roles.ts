import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StageStack } from './stage-stack.ts';

export type Denial = {
  readonly sid: string;
  readonly actions: readonly string[];
  /** The ARN that the policy is attached to. */
  readonly resource: string;
  /** The ARNs of the roles that the denial leaves out. */
  readonly roles: readonly string[];
  /** Whether AWS's own services are left out as well, when they act for themselves and under no role of ours. */
  readonly leavesOutServices?: true;
};

/**
 * A statement of a resource's own policy that denies something to everybody but some roles. It allows nothing, so each of
 * these roles still needs a permission. It holds for administrators as well, who could only take the policy itself away.
 * AWS advises this condition in place of `NotPrincipal` (docs.aws.amazon.com, reference_policies_elements_notprincipal).
 */
export const denyToOthers = ({ sid, actions, resource, roles, leavesOutServices }: Denial): PolicyStatement =>
  new PolicyStatement({
    sid,
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: [...actions],
    resources: [resource],
    conditions: {
      // A function's session carries the ARN of its role here, and not that of the session.
      ArnNotLike: { 'aws:PrincipalArn': [...roles] },
      ...(leavesOutServices && { Bool: { 'aws:PrincipalIsAWSService': 'false' } }),
    },
  });

/** The ARN of a role of this stage, by its name. So a policy can name a role without a reference to its resource. */
export const roleArnIn = (scope: StageStack, name: string): string =>
  scope.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: scope.nameOf(name) });

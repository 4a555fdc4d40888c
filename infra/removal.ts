import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Stage } from './stages.ts';

/** Tables and identities of a protected stage outlive their stack. A first deployment that fails leaves nothing behind, because it holds nothing yet. */
export const removalPolicyOf = ({ isProtected }: Stage): RemovalPolicy =>
  isProtected ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;

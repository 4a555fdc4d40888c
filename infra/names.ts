/** The physical names, which people read and sort in the console, and which the commands find things by. */
import { pascalCaseOf } from '../shared/contract/pascal-case.ts';
import type { Stage } from './stages.ts';

const PROJECT = 'inmail-credits';

/** `inmail-credits-dev-ledger`: unique within an account and a region. */
export const nameIn = (stage: Pick<Stage, 'name'>, part: string): string => `${applicationOf(stage)}-${part}`;

/** `inmail-credits-dev`: a deployment as a whole. */
export const applicationOf = ({ name }: Pick<Stage, 'name'>): string => `${PROJECT}-${name}`;

/** The log group of a function. */
export const logGroupOf = (stage: Pick<Stage, 'name'>, functionName: string): string =>
  `/aws/lambda/${nameIn(stage, functionName)}`;

/** AWS writes these logs itself. Groups under this prefix need no words in the account's one policy about logs. */
const vendedLogOf = (stage: Pick<Stage, 'name'>, part: string): string => `/aws/vendedlogs/${nameIn(stage, part)}`;

export const accessLogOf = (stage: Pick<Stage, 'name'>): string => vendedLogOf(stage, 'access');
export const signInLogOf = (stage: Pick<Stage, 'name'>): string => vendedLogOf(stage, 'sign-in');

/** Of our own metrics. */
export const METRICS_NAMESPACE = 'InMailCredits';

/** The stacks of a stage, in the order of their deployment. Each one refers only to those before it. */
export const STACK_PARTS = ['data', 'page', 'service', 'watch'] as const;
export type StackPart = (typeof STACK_PARTS)[number];

/** `BillingClientId`: the output of the service's stack that names the Cognito client of a machine. */
export const machineOutputOf = (machine: string): string => `${pascalCaseOf(machine)}ClientId`;

/** The physical names, which people read and sort in the console, and which the commands find things by. */
import type { Stage } from './stages.ts';

const PROJECT = 'inmail-credits';

/** `inmail-credits-dev-ledger`: unique within an account and a region. */
export const nameIn = (stage: Pick<Stage, 'name'>, part: string): string => `${applicationOf(stage)}-${part}`;

/** `inmail-credits-dev`: a deployment as a whole. */
export const applicationOf = ({ name }: Pick<Stage, 'name'>): string => `${PROJECT}-${name}`;

/** The log group of a function. */
export const logGroupOf = (stage: Pick<Stage, 'name'>, functionName: string): string =>
  `/aws/lambda/${nameIn(stage, functionName)}`;

/** The API's access log. A group under this prefix needs no words in the account's one policy about logs. */
export const accessLogOf = (stage: Pick<Stage, 'name'>): string => `/aws/vendedlogs/${nameIn(stage, 'access')}`;

/** Of our own metrics. */
export const METRICS_NAMESPACE = 'InMailCredits';

/** The stacks of a stage, in the order of their deployment. Each one refers only to those before it. */
export type StackPart = 'data' | 'page' | 'service' | 'watch';

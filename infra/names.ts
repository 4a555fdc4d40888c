/** The physical names, which people read and sort in the console, and which the commands find things by. */
import type { Stage } from './stages.ts';

export const PROJECT = 'inmail-credits';

/** `inmail-credits-dev-ledger`: unique within an account and a region. */
export const nameIn = ({ name }: Pick<Stage, 'name'>, part: string): string => `${PROJECT}-${name}-${part}`;

/** The stacks of a stage, in the order of their deployment. Each one refers only to those before it. */
export type StackPart = 'data' | 'page' | 'service' | 'watch';

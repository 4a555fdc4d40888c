/** The physical names, which people read and sort in the console, and which the commands find things by. */
import type { Stage } from './stages.ts';

export const PROJECT = 'inmail-credits';

/** `inmail-credits-dev-ledger`: unique within an account and a region. */
export const nameIn = ({ name }: Pick<Stage, 'name'>, part: string): string => `${PROJECT}-${name}-${part}`;

/** In the order of their deployment. Each one refers only to those before it. */
export const STACK_PARTS = ['data', 'page', 'service', 'watch'] as const;
export type StackPart = (typeof STACK_PARTS)[number];

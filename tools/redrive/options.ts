/** The options of `npm run redrive`. */
import { STAGE_OPTION } from '../aws/stage-option.ts';
import { YES_OPTION } from '../confirm.ts';
import { type OptionTable, oneOf, type ValuesOf } from '../options.ts';
import { FAILURE_QUEUES } from './failures.ts';

export const OPTIONS = {
  queue: {
    takes: 'QUEUE',
    kind: oneOf(FAILURE_QUEUES),
    does: 'only the failures of this queue. Without it, those of all queues but publish-events',
  },
  stage: STAGE_OPTION,
  yes: YES_OPTION,
} as const satisfies OptionTable;

export type RedriveOptions = ValuesOf<typeof OPTIONS>;

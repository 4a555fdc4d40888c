/** The options of `npm run republish`. */
import { STAGE_OPTION } from '../aws/stage-option.ts';
import { YES_OPTION } from '../confirm.ts';
import { ENGINE_OPTION } from '../engine-option.ts';
import { zonedInstant } from '../instant-option.ts';
import type { OptionTable, ValuesOf } from '../options.ts';

export const OPTIONS = {
  from: { takes: 'INSTANT', kind: zonedInstant, needed: true, does: 'the `at` of the first event' },
  to: { takes: 'INSTANT', kind: zonedInstant, needed: true, does: 'the `at` of the last event' },
  stage: STAGE_OPTION,
  engine: ENGINE_OPTION,
  yes: YES_OPTION,
} as const satisfies OptionTable;

export type RepublishOptions = ValuesOf<typeof OPTIONS>;

/** The options of `npm run restore`. */
import { STAGE_OPTION } from '../aws/stage-option.ts';
import { YES_OPTION } from '../confirm.ts';
import { zonedInstant } from '../instant-option.ts';
import { type OptionTable, text, type ValuesOf } from '../options.ts';

export const OPTIONS = {
  to: { takes: 'INSTANT', kind: zonedInstant, needed: true, does: 'the last instant at which the books were right' },
  stage: STAGE_OPTION,
  out: { takes: 'DIR', kind: text, does: 'gets the restored books on this machine. The default is beside DATA_DIR' },
  yes: YES_OPTION,
} as const satisfies OptionTable;

export type RestoreOptions = ValuesOf<typeof OPTIONS>;

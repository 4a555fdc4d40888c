/** The options of `npm run sweep`. */
import { SWEEPS } from '../../shared/contract/sweeps.ts';
import { STAGE_OPTION } from '../aws/stage-option.ts';
import { YES_OPTION } from '../confirm.ts';
import { zonedInstant } from '../instant-option.ts';
import { type OptionTable, oneOf, type ValuesOf, wholeNumber } from '../options.ts';

export const OPTIONS = {
  sweep: {
    takes: 'SWEEP',
    kind: oneOf(SWEEPS.map(({ name }) => name)),
    needed: true,
    does: 'the sweep that was missed',
  },
  scheduledAt: {
    takes: 'INSTANT',
    kind: zonedInstant,
    needed: true,
    does: 'the last instant whose work is made up for. A later one than now counts as now',
  },
  lookBackHours: {
    takes: 'HOURS',
    kind: wholeNumber(0),
    does: "how far it looks back beyond the sweep's own period. The default is that of the schedules",
  },
  stage: STAGE_OPTION,
  yes: YES_OPTION,
} as const satisfies OptionTable;

export type SweepOptions = ValuesOf<typeof OPTIONS>;

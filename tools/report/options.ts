/** The options of `npm run report:renewals`. */
import { dateOf, instant, monthOf } from '../../shared/domain/instant.ts';
import { STAGE_OPTION } from '../aws/stage-option.ts';
import { ENGINE_OPTION } from '../engine-option.ts';
import type { Kind, OptionTable, ValuesOf } from '../options.ts';

/** Counts from January 1970, as `monthOf` does. */
const month: Kind<number> = {
  wants: 'a month such as 2026-11',
  read: (name) => {
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(name)) return undefined;
    try {
      return monthOf(dateOf(instant(`${name}-01T00:00:00Z`)));
    } catch {
      return undefined;
    }
  },
};

export const OPTIONS = {
  month: {
    takes: 'YYYY-MM',
    kind: month,
    does: "the month. Without it, the current one by the system's clock, judged up to now",
  },
  stage: STAGE_OPTION,
  engine: ENGINE_OPTION,
  json: { does: 'writes the report as JSON' },
} as const satisfies OptionTable;

export type ReportOptions = ValuesOf<typeof OPTIONS>;

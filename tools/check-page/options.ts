/** The options of `npm run check:page`. */
import { type OptionTable, text, type ValuesOf, wholeNumber } from '../options.ts';

export const OPTIONS = {
  runs: { takes: 'N', kind: wholeNumber(1, 25), default: '3', does: 'how often on each screen' },
  reports: { takes: 'DIR', kind: text, does: 'gets the last report of each screen, as a page' },
} as const satisfies OptionTable;

export type CheckOptions = ValuesOf<typeof OPTIONS>;

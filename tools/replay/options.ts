/** The options of `npm run replay`. */
import { ENGINE_OPTION } from '../engine-option.ts';
import { zonedInstant } from '../instant-option.ts';
import { type OptionTable, text, type ValuesOf, wholeNumber } from '../options.ts';

export const OPTIONS = {
  messages: {
    takes: 'FILE',
    kind: text,
    needed: true,
    does: 'lines "sender recipient unixSeconds" in time order, with blanks or tabs between the fields',
  },
  subscriptions: {
    takes: 'FILE',
    kind: text,
    needed: true,
    does: 'rows "at,memberId,product,plan" in time order, with commas or tabs. A row without a plan cancels',
  },
  asOf: { takes: 'INSTANT', kind: zonedInstant, needed: true, does: 'the instant of the books' },
  out: { takes: 'DIR', kind: text, needed: true, does: 'gets summary.json, wallets.csv and ledger.csv' },
  engine: ENGINE_OPTION,
  queues: { does: 'sends the sweeps through queues, as on AWS. Without it listers call workers directly' },
  limit: {
    takes: 'N',
    kind: wholeNumber(1),
    does: 'replays only the first N messages. Subscriptions and time go on to the end',
  },
} as const satisfies OptionTable;

export type ReplayOptions = ValuesOf<typeof OPTIONS>;
